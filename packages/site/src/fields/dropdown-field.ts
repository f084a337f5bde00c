import { singleChoiceField, type ChoiceField, type ChoiceFieldOptions } from './single-choice-field.ts';

export type DropdownOptions<Value extends string = string> = ChoiceFieldOptions<Value>;
export type DropdownField<Value extends string = string> = ChoiceField<'dropdown', Value>;

/**
 * One of some values. Its type is the union of them: `field.dropdown({ options: ['red', 'blue'] })` keeps
 * `'red' | 'blue'`. Throws a `TypeError` where two options have one value.
 */
export function dropdownField<const Value extends string>(
  options: DropdownOptions<Value>,
): DropdownField<Value> {
  return singleChoiceField('dropdown', options);
}
