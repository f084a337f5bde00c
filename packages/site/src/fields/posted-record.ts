/** A record of what was posted; `undefined` for lists, files, dates and all else that is no plain object. */
export function postedRecord(posted: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof posted !== 'object' || posted === null || Array.isArray(posted)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(posted);
  return prototype === Object.prototype || prototype === null
    ? (posted as Readonly<Record<string, unknown>>)
    : undefined;
}

const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** The values of a record whose keys are all numbers, in their order, with their keys: `rows[0]`, `rows[1]` of a form. */
export function numberedItems(
  record: Readonly<Record<string, unknown>>,
): ReadonlyArray<readonly [key: string, item: unknown]> | undefined {
  const entries = Object.entries(record);
  if (!entries.every(([key]) => NUMBER.test(key))) return undefined;
  return entries.sort(([a], [b]) => Number(a) - Number(b));
}

/** What was posted under that very name, whatever the record inherits. */
export function ownValue(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether nothing was filled in: what a form sends for a control without a value. */
export function isBlankPost(posted: unknown): boolean {
  return posted === undefined || posted === null || (typeof posted === 'string' && posted.trim() === '');
}

/** What was posted, for a message: a client may send as much as it likes. */
export function shownPost(posted: unknown): string {
  const text = typeof posted === 'string' || typeof posted === 'number' ? String(posted) : typeof posted;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
