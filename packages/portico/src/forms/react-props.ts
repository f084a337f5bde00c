import type { FieldAttributes, FieldProps } from './form-types.ts';

const NAMES: Readonly<Record<string, string>> = {
  minlength: 'minLength',
  maxlength: 'maxLength',
  checked: 'defaultChecked',
};

/** HTML attributes by React's names. What the visitor may change becomes a default; `chosen` is the choice of a select. */
export function reactProps(
  attributes: FieldAttributes,
  chosen: string | readonly string[] | undefined,
): FieldProps {
  const isCheckbox = attributes.type === 'checkbox';
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(attributes)) {
    props[name === 'value' && !isCheckbox ? 'defaultValue' : (NAMES[name] ?? name)] = value;
  }
  if (chosen !== undefined) props['defaultValue'] = chosen;
  return props as unknown as FieldProps;
}
