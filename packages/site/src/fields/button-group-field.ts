import { singleChoiceField, type ChoiceField, type ChoiceFieldOptions } from './single-choice-field.ts';

export type ButtonGroupOptions<Value extends string = string> = ChoiceFieldOptions<Value>;
export type ButtonGroupField<Value extends string = string> = ChoiceField<'buttonGroup', Value>;

/** One of some values, like `field.dropdown`, for a row of buttons. */
export function buttonGroupField<const Value extends string>(
  options: ButtonGroupOptions<Value>,
): ButtonGroupField<Value> {
  return singleChoiceField('buttonGroup', options);
}
