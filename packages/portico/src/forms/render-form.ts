import { element, type Attributes } from './attributes.ts';
import type { Form } from './form-types.ts';
import { hiddenInput } from './inputs.ts';
import { markupOf, raw, type SafeHtml } from './safe-html.ts';

// Out of sight, but not `hidden`: Safari does not press a button that is not rendered.
const UNSEEN =
  'position:absolute;width:1px;height:1px;padding:0;border:0;overflow:hidden;clip-path:inset(50%)';

/**
 * The hidden inputs of a form; they come first in it. Where the schema has rows, an unseen submit button follows, so that
 * Enter submits the form and does not press the first button of a list. `button` changes its attributes: under a
 * Content-Security-Policy without inline styles, `{ style: null, class: 'visually-hidden' }`.
 */
export function hiddenInputs(form: Pick<Form, 'hidden' | 'hasRows'>, button: Attributes = {}): SafeHtml {
  const inputs = form.hidden.map(({ name, value }) => String(hiddenInput(name, value))).join('');
  const unseen = { type: 'submit', tabindex: -1, 'aria-hidden': 'true', style: UNSEEN, ...button };
  return raw(form.hasRows ? inputs + element('button', unseen, '') : inputs);
}

/** The `<form>` with its hidden inputs and then the content, which is escaped unless it is markup. */
export function renderForm(
  form: Pick<Form, 'attributes' | 'hidden' | 'hasRows'>,
  content: unknown,
  extra: Attributes = {},
): SafeHtml {
  return raw(
    element('form', { ...form.attributes, ...extra }, String(hiddenInputs(form)) + markupOf(content)),
  );
}
