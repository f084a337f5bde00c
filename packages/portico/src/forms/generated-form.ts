import { exchangeOf } from '../context/request-context.ts';
import type { ActionObject } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { PorticoContext } from '../define/context.ts';
import { emptyOutcome } from '../define/outcome.ts';
import type { Entry } from '../define/submission.ts';
import { showEditedForm } from '../outcome/edited-form.ts';
import { decodeForm } from '../schema/decode-form.ts';
import { element, type Attributes } from './attributes.ts';
import { describedForm } from './described-form.ts';
import { renderFields } from './generated-fields.ts';
import { hiddenInputs } from './render-form.ts';
import { html, markupOf, raw, type SafeHtml } from './safe-html.ts';

export interface GeneratedFormOptions {
  /** Tells this form from another one of the same action on the page; starts the fields' ids. */
  readonly id?: string;
  /** What the fields show before anything was submitted. */
  readonly values?: unknown;
  /** Shows what was sent, without secrets and files, as the button of a list changed it: `add:items`, `remove:items:0`. */
  readonly submitted?: { readonly entries: readonly Entry[]; readonly listIntent?: string };
  /** Whether it carries a CSRF token, as of `form()`. */
  readonly csrf?: boolean;
  /** Text of the button. Default: `Send`. */
  readonly submitLabel?: string;
  /** More attributes of the `<form>`, or others in their place. */
  readonly formAttributes?: Attributes;
}

/**
 * A whole form made of an action's schema: a labelled control for each field, with its constraints, description and errors;
 * fieldsets for objects; rows with buttons for lists; what a form has no control for (records, `unknown`) is a `<textarea>`
 * of JSON, marked `data-json` with the field's path (empty for the input as a whole).
 *
 * After a failed submission of this form the values are kept, without secrets and files. An action that takes no forms is
 * described as well; sending it as JSON is then up to the page. Nothing is styled, and nothing inline: the page's style sheet
 * hides `.visually-hidden`. Throws for an action that no app has mounted.
 */
export function renderGeneratedForm(
  ctx: PorticoContext,
  action: ActionObject,
  options: GeneratedFormOptions = {},
): SafeHtml {
  const { submitLabel = 'Send', formAttributes, submitted } = options;
  const values = submitted ? showSubmitted(ctx, action, submitted) : options.values;
  const described = describedForm(ctx, action, {
    ...(options.id !== undefined && { id: options.id }),
    ...(values !== undefined && { values }),
    ...(options.csrf !== undefined && { csrf: options.csrf }),
  });
  const { message, errors } = described;
  const failure =
    message === undefined
      ? html`<div class="form-errors" role="alert"></div>`
      : html`<div class="form-errors" role="alert">
          <p>${message}</p>
          ${errors.length > 0 && html`<ul>${errors.map((error) => html`<li>${error}</li>`)}</ul>`}
        </div>`;
  const content = [
    hiddenInputs(described, { style: null, class: 'visually-hidden' }),
    failure,
    renderFields(described, action.definition.plan, values),
    html`<p class="form-actions"><button type="submit">${submitLabel}</button></p>`,
  ];
  return raw(element('form', { ...described.attributes, ...formAttributes }, markupOf(content)));
}

/** Has the fields show what was sent. Returns it as a value, for the fields that are JSON. */
function showSubmitted(
  ctx: PorticoContext,
  action: ActionObject,
  { entries, listIntent }: NonNullable<GeneratedFormOptions['submitted']>,
): unknown {
  const submission = { kind: 'form', entries, listIntent } as const;
  showEditedForm(exchangeOf(ctx), { ...emptyOutcome(actionName(action), action), submission });
  const decoded = decodeForm(action.definition.plan, entries);
  return decoded.ok ? decoded.value : undefined;
}
