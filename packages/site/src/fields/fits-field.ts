import type { Field, FieldValue, FieldValues } from './field.ts';

/**
 * Whether a stored value is of a shape that the field keeps: one that was written while it was of another kind may not be.
 * What may be chosen, and how long or large it may be, is not looked at.
 */
export function fitsField({ isKept, comparedAs, initial }: Field, value: FieldValue): boolean {
  if (isKept !== undefined) return isKept(value);
  if (Array.isArray(initial)) return Array.isArray(value);
  if (value === null || comparedAs === undefined) return true;
  return comparedAs === 'text' ? isText(value) : typeof value === 'number' || typeof value === 'boolean';
}

export function isText(value: FieldValue): value is string {
  return typeof value === 'string';
}

export function isRecord(value: FieldValue): value is FieldValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A check that takes null, too, for kinds that keep one value or none. */
export function orNone(check: (value: FieldValue) => boolean): (value: FieldValue) => boolean {
  return (value) => value === null || check(value);
}

export const isNumberOrNone = orNone((value) => typeof value === 'number');

/** A check of texts that are written in one way only, or null. */
export function textLike(pattern: RegExp): (value: FieldValue) => boolean {
  return orNone((value) => isText(value) && pattern.test(value));
}

/** A check of lists, each of whose items passes the other. */
export function listOf(check: (item: FieldValue) => boolean): (value: FieldValue) => boolean {
  return (value) => Array.isArray(value) && (value as readonly FieldValue[]).every(check);
}
