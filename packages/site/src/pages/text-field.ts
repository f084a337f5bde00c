import { html, input, type Attributes, type SafeHtml } from 'portico/html';

export interface TextField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly value?: string;
  readonly hint?: string;
  readonly errors: readonly string[];
  /** Invalid without a message of its own: the element of this id says why. */
  readonly describedBy?: string | undefined;
  readonly attributes: Attributes;
}

/** A labelled input with its hint and errors, tied to it for screen readers (WCAG 2.2, 3.3.1 and 3.3.2). */
export function textField(field: TextField): SafeHtml {
  const { name, label, type, value = '', hint, errors, describedBy } = field;
  const hintId = `${name}-hint`;
  const errorId = `${name}-error`;
  const described = [
    errors.length > 0 && errorId,
    describedBy !== undefined && describedBy,
    hint !== undefined && hintId,
  ].filter((id) => id !== false);
  const control = input(type, name, value === '' ? null : value, {
    id: name,
    required: true,
    ...field.attributes,
    aria: {
      invalid: errors.length > 0 || describedBy !== undefined ? 'true' : null,
      describedby: described.length > 0 ? described.join(' ') : null,
    },
  });
  return html`<div class="field">
<label for="${name}">${label}</label>
${control}
${errors.length > 0 && html`<p id="${errorId}" class="wrong">${errors.join(' ')}</p>`}
${hint !== undefined && html`<p id="${hintId}" class="hint">${hint}</p>`}
</div>`;
}
