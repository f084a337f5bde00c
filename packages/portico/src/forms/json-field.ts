import { escapeHtml } from '../lib/escape-html.ts';
import { element } from './attributes.ts';
import type { FormField } from './form-types.ts';
import { renderErrors } from './render-field.ts';
import { html, raw, type SafeHtml } from './safe-html.ts';

const WHOLE_INPUT = 'json-input';

/** A field that no control of HTML has the shape of, as JSON text. Without a field: the input as a whole, which has no name. */
export function renderJsonField(
  field: FormField | undefined,
  label: string,
  value: unknown,
  description: string | undefined,
): SafeHtml {
  const id = field?.id ?? WHOLE_INPUT;
  const hint = `${id}-hint`;
  const attributes = {
    id,
    name: field?.name,
    rows: 5,
    spellcheck: 'false',
    class: 'json',
    'data-json': field?.name ?? '',
    'aria-invalid': field?.attributes['aria-invalid'],
    'aria-describedby': [hint, field?.attributes['aria-describedby']],
  };
  const typed = typeof field?.value === 'string' ? field.value : '';
  // The HTML parser drops a line break right after the tag.
  const text = `\n${escapeHtml(typed === '' ? jsonText(value) : typed)}`;
  return html`<div class="field" data-field="${field?.name}">
    <label for="${id}">${label}</label>
    <p class="hint" id="${hint}">${description} ${field && 'As JSON.'}</p>
    ${raw(element('textarea', attributes, text))}${field && renderErrors(field, { class: 'errors' }, { keepPlace: true })}
  </div>`;
}

function jsonText(value: unknown): string {
  if (value === undefined) return '';
  const shown: unknown = value instanceof Map ? Object.fromEntries(value) : value;
  try {
    return JSON.stringify(shown, null, 2) ?? '';
  } catch {
    // A cycle or a bigint: there is no JSON of it.
    return '';
  }
}
