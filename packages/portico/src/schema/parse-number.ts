// ASCII digits only: no hexadecimal, no exponent, no separators, no Infinity.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const INTEGER = /^[+-]?\d+$/;
// Making a bigint takes time that grows faster than its digits.
const MAX_BIGINT_DIGITS = 1000;

/** A finite number in decimal notation, blanks around it allowed; `undefined` for any other text. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return undefined;
  const value = Number(trimmed);
  // `-0` is 0 to everybody who fills in a form.
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** As `parseDecimal`, but `undefined` also for whole numbers that a double cannot hold exactly. */
export function parseInteger(text: string): number | undefined {
  const value = parseDecimal(text);
  return value !== undefined && Math.abs(value) > Number.MAX_SAFE_INTEGER ? undefined : value;
}

/** A whole number of at most 1,000 digits. */
export function parseBigint(text: string): bigint | undefined {
  const trimmed = text.trim();
  if (trimmed.length > MAX_BIGINT_DIGITS || !INTEGER.test(trimmed)) return undefined;
  return BigInt(trimmed.startsWith('+') ? trimmed.slice(1) : trimmed);
}
