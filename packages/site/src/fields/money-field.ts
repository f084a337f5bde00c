import { z } from 'zod';
import { postedDecimal } from './decimal-text.ts';
import type { Field, FieldOptions } from './field.ts';
import { isNumberOrNone } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { ownValue, postedRecord } from './posted-record.ts';
import { postedText } from './posted-text.ts';

export interface MoneyOptions extends FieldOptions {
  /** ISO 4217: `EUR`. */
  readonly currency: string;
  /** In the currency's major unit: `10` or `'10.50'` euros. */
  readonly min?: number | string;
  readonly max?: number | string;
}

export interface MoneyField extends Field<number> {
  readonly type: 'money';
  readonly options: MoneyOptions;
}

/**
 * An amount in one currency, kept as a whole number of its minor units: 1234 is 12.34 euros. Takes `12.34`,
 * `{ value, locale, currency }`, always in major units, and, alone, a whole number or its digits, which are minor units, as it
 * is kept. Throws a `TypeError` for a currency that is none, and where `min` or `max` is no amount in it.
 */
export function moneyField(options: MoneyOptions): MoneyField {
  const currency = options.currency.toUpperCase();
  const digits = fractionDigits(currency);
  const from = bound('min', options.min, digits);
  const until = bound('max', options.max, digits);
  const example = digits === 0 ? '12' : `12.${'3'.padEnd(digits, '4')}`;
  return {
    type: 'money',
    options: { ...options, currency },
    initial: null,
    isKept: isNumberOrNone,
    comparedAs: 'number',
    normalize(posted, label) {
      const named = postedText(ownValue(postedRecord(posted) ?? {}, 'currency'));
      const { text, isLocalized } = postedDecimal(posted);
      if (text === null) return { value: null };
      if (named === undefined || (named !== null && named.toUpperCase() !== currency))
        return { error: `${label} must be in ${currency}.` };
      // 12.5 of JSON would be 12 euros and a half beside 12, which is 12 cents.
      if (text === undefined || (typeof posted === 'number' && !Number.isInteger(posted)))
        return { error: `${label} must be an amount of money. Write it like "${example}".` };
      const isMinor = !isLocalized && /^[+-]?\d+$/.test(text);
      const amount = isMinor ? Number(text) : minorUnits(text, digits);
      if (amount === undefined)
        return {
          error:
            digits === 0
              ? `${label} must be a whole amount: ${currency} has no smaller unit.`
              : `${label} must have at most ${digits} decimals.`,
        };
      if (!Number.isSafeInteger(amount)) return { error: `${label} is too large an amount.` };
      if (from !== undefined && amount < from)
        return { error: `${label} must be no less than ${options.min} ${currency}.` };
      if (until !== undefined && amount > until)
        return { error: `${label} must be no greater than ${options.max} ${currency}.` };
      return { value: amount + 0 };
    },
    formSchema() {
      // Whole numbers alone would be minor units, which nobody means who types 12.
      const pattern = digits === 0 ? /^[+\-]?\d+$/ : new RegExp(`^[+\\-]?\\d+\\.\\d{1,${digits}}$`);
      return formControl(z.string().regex(pattern), options);
    },
  };
}

function fractionDigits(currency: string): number {
  if (!Intl.supportedValuesOf('currency').includes(currency))
    throw new TypeError(`field.money: "${currency}" is no currency. Write an ISO 4217 code, like EUR.`);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 0;
}

function bound(name: string, given: number | string | undefined, digits: number): number | undefined {
  if (given === undefined) return undefined;
  const { text } = postedDecimal(given);
  const amount = typeof text === 'string' ? minorUnits(text, digits) : undefined;
  if (amount !== undefined) return amount;
  throw new TypeError(`field.money: ${name} is ${given}, which is no amount in its currency.`);
}

/** Digit by digit: a double would make 1998.9999999999998 of 19.99 × 100. */
function minorUnits(decimal: string, digits: number): number | undefined {
  const [whole = '', fraction = ''] = decimal.split('.');
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return undefined;
  return Number(`${whole}${significant.padEnd(digits, '0')}`);
}
