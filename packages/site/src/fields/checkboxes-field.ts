import { multiChoiceField, type MultiChoiceField, type MultiChoiceOptions } from './multi-choice-field.ts';

export type CheckboxesOptions<Value extends string = string> = MultiChoiceOptions<Value>;
export type CheckboxesField<Value extends string = string> = MultiChoiceField<'checkboxes', Value>;

/**
 * Several of some values. Its type is a list of their union. With `customOptions` any other text of at most 255 characters is
 * taken, too. Throws a `TypeError` where two options have one value.
 */
export function checkboxesField(
  options: CheckboxesOptions & { readonly customOptions: true },
): CheckboxesField;
export function checkboxesField<const Value extends string>(
  options: CheckboxesOptions<Value>,
): CheckboxesField<Value>;
export function checkboxesField(options: CheckboxesOptions): CheckboxesField {
  return multiChoiceField('checkboxes', options);
}
