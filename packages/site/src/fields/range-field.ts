import { z } from 'zod';
import type { Field, FieldOptions } from './field.ts';
import { isNumberOrNone } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { normalizeNumber } from './number-field.ts';

export interface RangeOptions extends FieldOptions {
  /** Default: 0. */
  readonly min?: number;
  /** Default: 100. */
  readonly max?: number;
  /** How far apart its values are, counted from `min`. Default: 1. */
  readonly step?: number;
}

export interface RangeField extends Field<number> {
  readonly type: 'range';
  readonly options: FieldOptions & { readonly min: number; readonly max: number; readonly step: number };
}

/**
 * A number between two others, for `<input type="range">`: posted like `field.number`. Throws a `TypeError` where `max` is not
 * above `min`, or `step` not above 0.
 */
export function rangeField(options: RangeOptions = {}): RangeField {
  const { min = 0, max = 100, step = 1 } = options;
  if (!(max > min) || !(step > 0))
    throw new TypeError(
      `field.range: min is ${min}, max ${max} and step ${step}. Give a max above min and a step above 0.`,
    );
  return {
    type: 'range',
    options: { ...options, min, max, step },
    initial: null,
    isKept: isNumberOrNone,
    comparedAs: 'number',
    normalize(posted, label) {
      const normalized = normalizeNumber(posted, label, { min, max });
      if (!('value' in normalized) || normalized.value === null) return normalized;
      return isWhole((normalized.value - min) / step)
        ? normalized
        : { error: `${label} must go in steps of ${step} from ${min}.` };
    },
    formSchema() {
      const bounded = z.number().min(min).max(max);
      // A schema counts multiples from zero, a control steps from `min`.
      return formControl(isWhole(min / step) ? bounded.multipleOf(step) : bounded, options);
    },
  };
}

// Of 0.3 / 0.1 a double makes 2.9999999999999996.
function isWhole(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) < 1e-9;
}
