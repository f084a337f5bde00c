import { knownLocale, plainText, remembered } from './locale-text.ts';
import { postedText } from './posted-text.ts';

// ASCII digits only: no hexadecimal, no exponent, no separators of thousands, no Infinity.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;

// No number is longer that is kept exactly: what is not one should cost no work.
const MAX_LENGTH = 100;

/** A number that was posted, as decimal notation; null for blank, undefined for what is none. */
export interface PostedDecimal {
  readonly text: string | null | undefined;
  /** Whether it stood in `{ value, locale }`. */
  readonly isLocalized: boolean;
}

/** Reads a number, a text in decimal notation, and `{ value, locale }` with the symbols of the locale. */
export function postedDecimal(posted: unknown): PostedDecimal {
  if (typeof posted !== 'object' || posted === null || Array.isArray(posted))
    return { text: decimalOf(posted), isLocalized: false };
  if (!Object.hasOwn(posted, 'value')) return { text: undefined, isLocalized: true };
  const { value, locale = null } = posted as { value: unknown; locale?: unknown };
  return { text: localizedDecimal(value, postedText(locale)), isLocalized: true };
}

function localizedDecimal(value: unknown, tag: string | null | undefined): string | null | undefined {
  const text = postedText(value);
  if (text === null) return null;
  if (tag === null || typeof value === 'number') return decimalOf(value);
  const locale = tag === undefined ? undefined : knownLocale(tag);
  if (text === undefined || text.length > MAX_LENGTH || locale === undefined) return undefined;
  return parseDecimal(text, locale);
}

function decimalOf(posted: unknown): string | null | undefined {
  if (typeof posted === 'number') return Number.isFinite(posted) ? plainNotation(posted) : undefined;
  const text = postedText(posted);
  return typeof text !== 'string' || isDecimal(text) ? text : undefined;
}

function isDecimal(text: string): boolean {
  return text.length <= MAX_LENGTH && DECIMAL.test(text);
}

// `String(1e-7)` has an exponent.
function plainNotation(number: number): string {
  const text = String(number);
  return DECIMAL.test(text) ? text : new Intl.NumberFormat('en', PLAIN).format(number);
}

const PLAIN = { useGrouping: false, maximumSignificantDigits: 17 } as const;

/** `1.234,5` of `de` as `1234.5`. Groups must stand where the locale has them: `1.5` is no 15. */
function parseDecimal(text: string, locale: string): string | undefined {
  const { group, decimal, size } = symbolsOf(locale);
  const plain = alike(plainText(text, locale)).trim();
  const sign = plain.startsWith('-') || plain.startsWith('+') ? plain.slice(0, 1) : '';
  const parts = plain.slice(sign.length).split(decimal);
  const [whole = '', fraction] = parts;
  if (parts.length > 2) return undefined;
  const groups = group === '' ? [whole] : whole.split(group);
  const isGrouped = groups.every((digits, index) => {
    if (index === 0) return groups.length === 1 || (digits.length > 0 && digits.length <= size);
    return digits.length === (index === groups.length - 1 ? 3 : size);
  });
  const written = `${sign}${groups.join('')}${fraction === undefined ? '' : `.${fraction}`}`;
  return isGrouped && isDecimal(written) ? written : undefined;
}

// Typographic and plain spellings of one symbol.
function alike(text: string): string {
  return text.replaceAll('−', '-').replaceAll('’', "'");
}

interface Symbols {
  readonly group: string;
  readonly decimal: string;
  /** Digits in the groups before the last, which has three. */
  readonly size: number;
}

const symbolsOf = remembered((locale): Symbols => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1_234_567_890.5);
  const valueOf = (name: string): string =>
    alike(plainText(parts.find(({ type }) => type === name)?.value ?? ''));
  const integers = parts.filter(({ type }) => type === 'integer');
  return { group: valueOf('group'), decimal: valueOf('decimal'), size: integers.at(-2)?.value.length ?? 3 };
});
