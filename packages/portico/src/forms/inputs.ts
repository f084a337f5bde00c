import { element, type Attributes } from './attributes.ts';
import { formatValue } from './format-value.ts';
import { raw, type SafeHtml } from './safe-html.ts';

/** What an input can show as text. */
export type InputValue = string | number | bigint | boolean | Date | URL | null | undefined;

/**
 * An `<input>`. Name, value and attributes are escaped; `aria: {}` and `data: {}` are laid out as `aria-…` and `data-…`.
 * `null` and `undefined` leave the name or the value out, and a file input never has a value.
 */
export function input(
  type: string,
  name?: string | null,
  value?: InputValue,
  attributes: Attributes = {},
): SafeHtml {
  const text =
    value === null || value === undefined || type === 'file' ? undefined : formatValue(value, type);
  const own = { type, name, value: text };
  return raw(element('input', { ...own, ...attributes, ...own }));
}

/** A hidden `<input>`. */
export function hiddenInput(name: string, value: InputValue, attributes?: Attributes): SafeHtml {
  return input('hidden', name, value, attributes);
}
