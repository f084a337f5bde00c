import type { ChoicesOptions } from './choice.ts';
import { singleChoiceField, type ChoiceField, type ChoiceFieldOptions } from './single-choice-field.ts';

export type RadioOptions<Value extends string = string> = ChoiceFieldOptions<Value> & ChoicesOptions;
export type RadioField<Value extends string = string> = ChoiceField<'radio', Value>;

/** One of some values, like `field.dropdown`. With `customOptions` any other text of at most 255 characters is taken, too. */
export function radioField(options: RadioOptions & { readonly customOptions: true }): RadioField;
export function radioField<const Value extends string>(options: RadioOptions<Value>): RadioField<Value>;
export function radioField(options: RadioOptions): RadioField {
  return singleChoiceField('radio', options);
}
