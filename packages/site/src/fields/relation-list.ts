import { isBlankPost, numberedItems, postedRecord } from './posted-record.ts';

/** How many are taken: each is looked for in the database, and no person selects more. */
export const MOST_ITEMS = 1000;

/**
 * What was posted to a field of several values, one by one: a list, a record with numbers for keys, or one value alone. Blank
 * ones, as the hidden input that clears the field, fall out. `undefined` for what is no list.
 */
export function postedItems(posted: unknown): readonly unknown[] | undefined {
  return listOf(posted)?.filter((item) => !isBlankPost(item));
}

export function tooManyItems(label: string): string {
  return `${label} should contain at most ${MOST_ITEMS.toLocaleString('en')} selections at once.`;
}

function listOf(posted: unknown): readonly unknown[] | undefined {
  if (Array.isArray(posted)) return posted;
  const record = postedRecord(posted);
  return record === undefined ? [posted] : numberedItems(record)?.map(([, item]) => item);
}

const DIGITS = /^[1-9]\d{0,15}$/;

/** The id that a number or its digits stand for; `undefined` for what is none. */
export function postedId(posted: unknown): number | undefined {
  const text = typeof posted === 'string' ? posted.trim() : posted;
  const id = typeof text === 'string' && DIGITS.test(text) ? Number(text) : text;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** The ids that are kept, whatever else stands there. Those below 0 stand for what was noted. */
export function keptIds(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter((id): id is number => Number.isSafeInteger(id) && id !== 0) : [];
}

/** What was noted, by its id. A new tag may be one that is selected already. */
export function withIds(value: unknown, idOf: (noted: number) => number): readonly number[] {
  return [...new Set(keptIds(value).map((id) => (id < 0 ? idOf(id) : id)))];
}
