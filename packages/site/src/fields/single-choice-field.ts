import { z } from 'zod';
import { createChoices, type Choice, type ChoicesOptions, type GivenChoices } from './choice.ts';
import type { Field, FieldOptions } from './field.ts';
import { formControl } from './form-control.ts';

export interface ChoiceFieldOptions<Value extends string = string> extends FieldOptions {
  /** In the order in which they are offered. A text alone is value and label at once. */
  readonly options: GivenChoices<Value>;
}

export interface ChoiceField<Type extends string, Value extends string = string> extends Field<Value> {
  readonly type: Type;
  readonly options: FieldOptions & ChoicesOptions & { readonly options: ReadonlyArray<Choice<Value>> };
}

/**
 * What all kinds are that keep one of some values. Takes the value, `__blank__` for none, `base64:` with the value in base64,
 * and as JSON `"red"` or `{"value":"red"}`.
 */
export function singleChoiceField<Type extends string, Value extends string>(
  type: Type,
  options: ChoiceFieldOptions<Value> & ChoicesOptions,
): ChoiceField<Type, Value> {
  const choices = createChoices(type, options.options, options);
  return {
    type,
    options: { ...options, options: choices.offered },
    initial: null,
    comparedAs: 'text',
    normalize(posted, label) {
      const value = choices.read(posted);
      return value === undefined ? { error: `${label} is not one of its options.` } : { value };
    },
    keywords: (value) => (typeof value === 'string' ? choices.labelOf(value) : ''),
    formSchema() {
      const values = choices.offered.map(({ value }) => value);
      return formControl(
        options.customOptions === true
          ? z.string().max(255)
          : z.enum(values).meta({ labels: choices.labels }),
        options,
      );
    },
  };
}
