import { z } from 'zod';
import {
  createChoices,
  type Choice,
  type Choices,
  type ChoicesOptions,
  type GivenChoices,
} from './choice.ts';
import type { FieldOptions, FieldValue, FilledField } from './field.ts';
import { isText, listOf } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { MOST_ITEMS, postedItems } from './relation-list.ts';

export interface MultiChoiceOptions<Value extends string = string> extends FieldOptions, ChoicesOptions {
  /** In the order in which they are offered. A text alone is value and label at once. */
  readonly options: GivenChoices<Value>;
}

export interface MultiChoiceField<Type extends string, Value extends string = string> extends FilledField<
  readonly Value[]
> {
  readonly type: Type;
  readonly options: FieldOptions & ChoicesOptions & { readonly options: ReadonlyArray<Choice<Value>> };
}

// Nobody writes more of their own; each is a row to find the entry by.
const MAX_CUSTOM = 100;

/**
 * What all kinds are that keep several of some values: each once, in the order of the options, custom ones behind them in the
 * order in which they came. Takes a list, one value alone, the list as JSON, and `''` for none; each member as
 * `field.dropdown` takes it.
 */
export function multiChoiceField<Type extends string, Value extends string>(
  type: Type,
  options: MultiChoiceOptions<Value>,
): MultiChoiceField<Type, Value> {
  const choices = createChoices(type, options.options, options);
  return {
    type,
    options: { ...options, options: choices.offered },
    initial: [],
    isKept: listOf(isText),
    isBlank: (value) => chosenOf(value).length === 0,
    normalize(posted, label) {
      const chosen = readAll(choices, posted);
      if (chosen === undefined)
        return {
          error:
            options.customOptions === true
              ? `${label} has a value that cannot be chosen.`
              : `${label} has a value that is not one of its options.`,
        };
      const ordered = choices.offered.map(({ value }) => value).filter((value) => chosen.delete(value));
      if (chosen.size > MAX_CUSTOM)
        return { error: `${label} should contain at most ${MAX_CUSTOM} values of your own.` };
      return { value: [...ordered, ...chosen] };
    },
    choices: chosenOf,
    keywords: (value) => chosenOf(value).map(choices.labelOf).join('\n'),
    formSchema() {
      const values = choices.offered.map(({ value }) => value);
      const items = z.array(
        options.customOptions === true
          ? z.string().max(255)
          : z.enum(values).meta({ labels: choices.labels }),
      );
      return formControl(options.required === true ? items.min(1) : items, options);
    },
  };
}

function readAll<Value extends string>(choices: Choices<Value>, posted: unknown): Set<Value> | undefined {
  const chosen = new Set<Value>();
  const items = postedItems(listInJson(posted) ?? posted);
  if (items === undefined || items.length > MOST_ITEMS) return undefined;
  for (const item of items) {
    const value = choices.read(item);
    if (value === undefined) return undefined;
    if (value !== null) chosen.add(value);
  }
  return chosen;
}

function listInJson(posted: unknown): readonly unknown[] | undefined {
  if (typeof posted !== 'string' || !posted.trimStart().startsWith('[')) return undefined;
  try {
    return JSON.parse(posted) as readonly unknown[];
  } catch {
    return undefined;
  }
}

function chosenOf(value: FieldValue): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
