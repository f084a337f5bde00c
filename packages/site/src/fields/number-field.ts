import { z } from 'zod';
import { postedDecimal } from './decimal-text.ts';
import type { Field, FieldOptions, Normalized } from './field.ts';
import { isNumberOrNone } from './fits-field.ts';
import { formControl } from './form-control.ts';

export interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  /** The most digits after the decimal point; 0 asks for whole numbers. Default: as many as come. */
  readonly decimals?: number;
}

export interface NumberField extends Field<number> {
  readonly type: 'number';
  readonly options: NumberOptions;
}

/**
 * A number: in decimal notation, or `{ value, locale }` with the digits and symbols of the locale. What is more precise than
 * it may be is refused and not rounded.
 */
export function numberField(options: NumberOptions = {}): NumberField {
  const { min, max, decimals } = options;
  return {
    type: 'number',
    options,
    initial: null,
    isKept: isNumberOrNone,
    comparedAs: 'number',
    normalize: (posted, label) => normalizeNumber(posted, label, options),
    formSchema() {
      let schema = z.number();
      if (min !== undefined) schema = schema.min(min);
      if (max !== undefined) schema = schema.max(max);
      if (decimals !== undefined) schema = decimals === 0 ? schema.int() : schema.multipleOf(10 ** -decimals);
      return formControl(schema, options);
    },
  };
}

/** What fields of numbers keep of what was posted. */
export function normalizeNumber(
  posted: unknown,
  label: string,
  { min, max, decimals }: Pick<NumberOptions, 'min' | 'max' | 'decimals'>,
): Normalized<number> {
  const { text } = postedDecimal(posted);
  if (text === null) return { value: null };
  if (text === undefined) return { error: `${label} must be a number.` };
  const number = Number(text);
  // Beyond, a double would silently be another whole number than the one that was written.
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return { error: `${label} is too large a number.` };
  if (min !== undefined && number < min) return { error: `${label} must be no less than ${min}.` };
  if (max !== undefined && number > max) return { error: `${label} must be no greater than ${max}.` };
  if (decimals !== undefined && Number(number.toFixed(decimals)) !== number)
    return {
      error:
        decimals === 0
          ? `${label} must be a whole number.`
          : `${label} must have at most ${decimals} decimals.`,
    };
  // `-0` is 0 to everybody who fills in a form.
  return { value: number + 0 };
}
