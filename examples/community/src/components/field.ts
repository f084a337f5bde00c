import { html } from 'hono/html';
import { renderErrors, renderInput, type FormField } from 'portico/html';
import type { Markup } from './markup.ts';

export interface FieldOptions {
  readonly label: string;
  /** A line under the label; read out with the field. */
  readonly hint?: string;
  /** Another kind of input than the schema asks for, such as `textarea`. */
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** A label, a hint, the input with its constraints and value, and what is wrong with it. */
export function field(of: FormField, { label, hint, type, attributes = {} }: FieldOptions): Markup {
  const hintId = `${of.id}-hint`;
  const extra = { ...attributes, ...(type && { type }), ...(hint && { aria: { describedby: hintId } }) };
  return html`<div class="field">
    <label for="${of.id}">${label}</label>
    ${hint && html`<p class="hint" id="${hintId}">${hint}</p>`}
    ${renderInput(of, extra)} ${errors(of)}
  </div>`;
}

/** A checkbox beside its label. */
export function checkbox(
  of: FormField,
  label: Markup,
  attributes: Readonly<Record<string, string | boolean>> = {},
): Markup {
  return html`<div class="field">
    <div class="check">${renderInput(of, attributes)} <label for="${of.id}">${label}</label></div>
    ${errors(of)}
  </div>`;
}

// The place is there when nothing is wrong, so that `enhance()` finds it.
function errors(of: FormField): Markup {
  return of.errors.length > 0 ? renderErrors(of) : html`<p id="${of.id}-errors" hidden></p>`;
}
