import {
  html,
  renderErrors,
  renderInput,
  type Attributes,
  type FormField,
  type SafeHtml,
} from 'portico/html';

/** A label, the input with its constraints and what was typed, and what is wrong with it. */
export function field(of: FormField, label: string, extra: Attributes = {}): SafeHtml {
  return html`<div class="field">
    <label for="${of.id}">${label}</label>
    ${renderInput(of, extra)}
    ${renderErrors(of, { class: 'errors' }, { keepPlace: true })}
  </div>`;
}
