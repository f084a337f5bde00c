import { sql, type RawBuilder } from 'kysely';
import type { EntryColumn } from '../entries/query/entry-columns.ts';
import type { Comparable, Operand } from '../entries/query/entry-query-spec.ts';
import type { DatabaseKind } from './connect.ts';
import { COMPARED_CHARACTERS, fieldExpression } from './field-expression.ts';

/** What queries read: `entry_sites` as `s`. Sorted and compared byte by byte, on every database. */
const OWN_COLUMNS: Readonly<Partial<Record<EntryColumn, string>>> = {
  id: 's.entry_id',
  title: 's.title',
  slug: 's.slug',
  uri: 's.uri',
  postDate: 's.post_at',
  expiryDate: 's.expires_at',
  dateCreated: 's.created_at',
  dateUpdated: 's.updated_at',
  enabledForSite: 's.enabled',
};

/** What only `entries` has. */
const ENTRY_ONLY: Readonly<Partial<Record<EntryColumn, string>>> = {
  uid: 'uid',
  creatorId: 'creator_id',
  parentId: 'parent_id',
  // PostgreSQL refuses numbers that its column cannot hold.
  level: 'cast(level as bigint)',
  enabled: 'enabled',
};

/** The column's name in `entries`; `undefined` of those that `entry_sites` has, too, and of authors. */
export function entryOnlyColumn(column: EntryColumn): RawBuilder<unknown> | undefined {
  const name = ENTRY_ONLY[column];
  return name === undefined ? undefined : sql.raw(name);
}

/** SQL by which an operand is sorted, and compared by `<` and its like. */
export function sortExpression(kind: DatabaseKind, operand: Operand): RawBuilder<unknown> {
  if ('field' in operand) return sql.raw(fieldExpression(kind, operand.field, operand.as));
  const { column } = operand;
  // As the index has it: by their beginning, A before b before C. Both databases know of ASCII letters only.
  if (column === 'title') return sql.raw(`lower(substr(s.title, 1, ${COMPARED_CHARACTERS}))`);
  return valueExpression(kind, operand);
}

/** SQL of the value itself; of a field's text its beginning. */
export function valueExpression(kind: DatabaseKind, operand: Operand): RawBuilder<unknown> {
  if ('field' in operand) return sql.raw(fieldExpression(kind, operand.field, operand.as));
  if (operand.column === 'type') return sql.raw(kind === 'postgres' ? '(s.type collate "C")' : 's.type');
  const name = OWN_COLUMNS[operand.column];
  if (name === undefined) throw new TypeError(`“${operand.column}” is no column to compare by.`);
  return sql.raw(name);
}

/** A value in the form of `sortExpression`. */
export function sortValue(operand: Operand, value: Comparable): Comparable {
  if (typeof value === 'number') return value;
  if ('field' in operand) return beginning(value);
  return operand.column === 'title'
    ? beginning(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    : value;
}

/** A text as far as indexes have it, in characters as databases count them. */
export function beginning(text: string): string {
  return text.length <= COMPARED_CHARACTERS ? text : [...text].slice(0, COMPARED_CHARACTERS).join('');
}
