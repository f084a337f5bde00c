import type { Field, FieldOptions } from './field.ts';
import { postedText } from './posted-text.ts';

export interface DropdownOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

export interface DropdownOptions<Value extends string = string> extends FieldOptions {
  /** In the order in which they are offered. A text alone is value and label at once. */
  readonly options: ReadonlyArray<Value | DropdownOption<Value>>;
}

export interface DropdownField<Value extends string = string> extends Field<Value> {
  readonly type: 'dropdown';
  readonly options: FieldOptions & { readonly options: ReadonlyArray<DropdownOption<Value>> };
}

/**
 * One of some values. Its type is the union of them: `field.dropdown({ options: ['red', 'blue'] })` keeps
 * `'red' | 'blue'`. Throws a `TypeError` where two options have one value.
 */
export function dropdownField<const Value extends string>(
  options: DropdownOptions<Value>,
): DropdownField<Value> {
  const offered = options.options.map((option) =>
    typeof option === 'string' ? { value: option, label: option } : option,
  );
  const values = new Map<string, Value>(offered.map(({ value }) => [value, value]));
  if (values.size !== offered.length)
    throw new TypeError('field.dropdown: two options have the same value. Give each a value of its own.');
  return {
    type: 'dropdown',
    options: { ...options, options: offered },
    initial: null,
    normalize(posted, label) {
      // As it is first: an option's value may be blank or have blanks around it.
      const known = typeof posted === 'string' ? values.get(posted) : undefined;
      if (known !== undefined) return { value: known };
      const text = postedText(posted);
      if (text === null) return { value: null };
      const trimmed = text === undefined ? undefined : values.get(text);
      return trimmed === undefined ? { error: `${label} is not one of its options.` } : { value: trimmed };
    },
  };
}
