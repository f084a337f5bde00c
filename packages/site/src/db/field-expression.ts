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
    return as === 'number' ? value : `substr(${value}, 1, ${COMPARED_CHARACTERS})`;
  }
  const value = `fields -> '${handle}'`;
  const text = `fields ->> '${handle}'`;
  return as === 'number'
    ? `(case jsonb_typeof(${value}) when 'number' then (${text})::double precision ` +
        `when 'boolean' then (${text})::boolean::int::double precision end)`
    : `(substr(${text}, 1, ${COMPARED_CHARACTERS}) collate "C")`;
}
