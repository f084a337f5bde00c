import { multiChoiceField, type MultiChoiceField, type MultiChoiceOptions } from './multi-choice-field.ts';

export type MultiSelectOptions<Value extends string = string> = MultiChoiceOptions<Value>;
export type MultiSelectField<Value extends string = string> = MultiChoiceField<'multiSelect', Value>;

/** Several of some values, like `field.checkboxes`, for a `<select multiple>`. */
export function multiSelectField(
  options: MultiSelectOptions & { readonly customOptions: true },
): MultiSelectField;
export function multiSelectField<const Value extends string>(
  options: MultiSelectOptions<Value>,
): MultiSelectField<Value>;
export function multiSelectField(options: MultiSelectOptions): MultiSelectField {
  return multiChoiceField('multiSelect', options);
}
