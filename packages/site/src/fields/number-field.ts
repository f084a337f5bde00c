import type { Field, FieldOptions } from './field.ts';
import { postedText } from './posted-text.ts';

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

// ASCII digits only: no hexadecimal, no exponent, no separators of thousands, no Infinity.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;

/** A number in decimal notation. What is more precise than it may be is refused and not rounded. */
export function numberField(options: NumberOptions = {}): NumberField {
  const { min, max, decimals } = options;
  return {
    type: 'number',
    options,
    initial: null,
    normalize(posted, label) {
      const number = typeof posted === 'number' ? posted : numberOf(postedText(posted));
      if (number === null) return { value: null };
      if (number === undefined || !Number.isFinite(number)) return { error: `${label} must be a number.` };
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
    },
  };
}

function numberOf(text: string | null | undefined): number | null | undefined {
  if (text === null || text === undefined) return text;
  return DECIMAL.test(text) ? Number(text) : undefined;
}
