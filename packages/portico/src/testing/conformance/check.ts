import { inspect, isDeepStrictEqual } from 'node:util';

/** What a case found wrong: what was expected, and what came. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

/** Thrown by a case that only finds out while it runs that it does not apply; the table says the reason. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** Both the same all the way down. */
export function equal(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) differ(what, actual, expected);
}

/** `actual` has what `expected` has, and may have more, at every level. */
export function has(what: string, actual: unknown, expected: Readonly<Record<string, unknown>>): void {
  if (!contains(actual, expected)) differ(what, actual, expected);
}

export function matches(what: string, actual: string | undefined, pattern: RegExp): void {
  if (actual === undefined || !pattern.test(actual)) differ(what, actual, pattern);
}

export function isTrue(what: string, actual: boolean): void {
  if (!actual) throw new ConformanceError(`${what}: expected so, but it is not.`);
}

function contains(actual: unknown, expected: unknown): boolean {
  if (!isPlain(expected)) return isDeepStrictEqual(actual, expected);
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([name, value]) =>
    contains((actual as Record<string, unknown>)[name], value),
  );
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function differ(what: string, actual: unknown, expected: unknown): never {
  const show = (value: unknown): string =>
    inspect(value, { depth: 6, breakLength: Infinity, maxStringLength: 600 });
  throw new ConformanceError(`${what}: expected ${show(expected)}, got ${show(actual)}.`);
}
