import { isBlankPost, numberedItems, postedRecord } from './posted-record.ts';

/** A row as it was posted, with the number it had there. */
export type PostedRow = readonly [key: string, cells: Readonly<Record<string, unknown>>];

/**
 * What was posted as rows: a list, a record with numbers for keys, either of them as JSON text; blank is no rows. `undefined`
 * for anything else.
 */
export function postedRows(posted: unknown): readonly PostedRow[] | undefined {
  if (isBlankPost(posted)) return [];
  if (typeof posted === 'string') {
    const parsed = parsedJson(posted);
    return parsed === undefined ? undefined : rowsIn(parsed);
  }
  return rowsIn(posted);
}

function rowsIn(posted: unknown): readonly PostedRow[] | undefined {
  const record = postedRecord(posted);
  const items = Array.isArray(posted)
    ? posted.map((item: unknown, index) => [String(index), item] as const)
    : record && numberedItems(record);
  const rows = items
    ?.filter(([, item]) => !isBlankPost(item))
    .map(([key, item]): PostedRow | undefined => {
      const cells = postedRecord(item);
      return cells && [key, cells];
    });
  return rows?.every((row) => row !== undefined) === true ? rows : undefined;
}

// Not of text, or it would be read twice.
function parsedJson(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
