import { ABSENT } from './decoder.ts';

/** Forms send line breaks as CRLF (HTML standard, 4.10.21.8); everybody else writes LF. */
export function newlines(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** What an empty field says: null where null is allowed, else nothing where the field is optional, else `''`. */
export function emptyText(plan: { readonly nullable: boolean; readonly optional: boolean }): unknown {
  if (plan.nullable) return null;
  return plan.optional ? ABSENT : '';
}

/** What a missing field says: nothing, or null where the schema demands a value and takes null for one. */
export function missing(plan: { readonly nullable: boolean; readonly optional: boolean }): unknown {
  return plan.nullable && !plan.optional ? null : ABSENT;
}

const TRUE = new Set(['on', 'true', '1', 'yes']);
const FALSE = new Set(['false', '0', 'off', 'no', '']);

/** The boolean that a checkbox, a select or a hidden field says; other text stays as it is. */
export function booleanOf(text: string): boolean | string {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : text;
}
