import { createHash } from 'node:crypto';
import type { DatabaseKind } from './connect.ts';

// PostgreSQL takes no row of an index beyond 2,700 bytes, and a letter has four at most.
export const COMPARED_CHARACTERS = 200;

/**
 * SQL for what queries compare of a custom field, on a row of `entry_sites`: written the same way in the index and in every
 * query, or neither database would use the one for the other. A text by its first 200 characters, a switch as 1 or 0; NULL
 * where the value is of another type than the field has today. Handles are letters, digits and `_`.
 */
export function fieldExpression(kind: DatabaseKind, handle: string, as: 'text' | 'number'): string {
  if (!/^[a-zA-Z]\w*$/.test(handle)) throw new TypeError(`“${handle}” is no handle of a field.`);
  if (kind === 'sqlite') {
    const value = `json_extract(fields, '$.${handle}')`;
    const type = `json_type(fields, '$.${handle}')`;
    return as === 'number'
      ? `(case when ${type} in ('integer', 'real', 'true', 'false') then ${value} end)`
      : `(case ${type} when 'text' then substr(${value}, 1, ${COMPARED_CHARACTERS}) end)`;
  }
  const type = `jsonb_typeof(fields -> '${handle}')`;
  const text = `(fields ->> '${handle}')`;
  return as === 'number'
    ? `(case ${type} when 'number' then ${text}::double precision ` +
        `when 'boolean' then ${text}::boolean::int::double precision end)`
    : `(case ${type} when 'string' then substr(${text}, 1, ${COMPARED_CHARACTERS}) end collate "C")`;
}

/** SQL for the whole of a text, of which `fieldExpression` is the beginning. */
export function wholeText(kind: DatabaseKind, handle: string): string {
  if (!/^[a-zA-Z]\w*$/.test(handle)) throw new TypeError(`“${handle}” is no handle of a field.`);
  return kind === 'sqlite' ? `json_extract(fields, '$.${handle}')` : `((fields ->> '${handle}') collate "C")`;
}

/** The name of the index that `fieldIndex` makes: no two fields, and no two ways to compare one, have the same. */
export function fieldIndexName(section: string, handle: string, as: 'text' | 'number'): string {
  // PostgreSQL cuts off what is beyond 63 characters, SQLite takes no notice of capitals, and `a_b` + `c` reads as `a` + `b_c`.
  const hash = createHash('sha256').update(`${section}.${handle}.${as}`).digest('hex').slice(0, 12);
  return `${`entry_field_${section}_${handle}`.slice(0, 50)}_${hash}`;
}

/**
 * SQL that makes the index for filtering and sorting entries of a section by a custom field. In the order of the value, then
 * of the post date, as `orderBy` sorts; with all that tells which entries are live, so that counting reads nothing else.
 */
export function fieldIndex(
  kind: DatabaseKind,
  section: string,
  handle: string,
  as: 'text' | 'number',
): string {
  if (!/^[a-zA-Z]\w*$/.test(section)) throw new TypeError(`“${section}” is no handle of a section.`);
  // SQLite places NULL first, and PostgreSQL last unless it is told.
  const value = `${fieldExpression(kind, handle, as)}${kind === 'postgres' ? ' nulls first' : ''}`;
  return (
    `create index if not exists "${fieldIndexName(section, handle, as)}" on entry_sites ` +
    `(site, stage, ${value}, post_at, entry_id, expires_at) where section = '${section}'`
  );
}
