import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { ENTRY_COLUMNS } from '../entries/query/entry-columns.ts';
import type { Comparable, EntryQuerySpec, OrderKey } from '../entries/query/entry-query-spec.ts';
import type { DatabaseKind } from './connect.ts';
import { sortExpression } from './entry-columns.ts';
import { allOf, anyOf, NEVER, type Condition } from './entry-conditions.ts';
import { hasPostDate } from './entry-visibility.ts';

/** A column to sort by. No value comes before every other, and last where the order is turned round. */
export interface OrderTerm {
  readonly expression: RawBuilder<unknown>;
  readonly direction: 'asc' | 'desc';
  readonly nullable: boolean;
}

/** All that a query sorts by: what it asks for, then the id, then the site. No two rows are equal in all of it. */
export function orderTerms(spec: EntryQuerySpec, kind: DatabaseKind): readonly OrderTerm[] {
  const direction = spec.order.at(-1)?.direction ?? 'asc';
  const asked = spec.order.map(({ key, direction: own }) => ({
    expression: expressionOf(key, kind),
    direction: own,
    nullable: isNullable(key, spec),
  }));
  const id = { expression: sql`s.entry_id`, direction, nullable: false };
  const site = {
    expression: kind === 'postgres' ? sql`(s.site collate "C")` : sql`s.site`,
    direction,
    nullable: false,
  };
  return spec.sites.length > 1 ? [...asked, id, site] : [...asked, id];
}

function expressionOf(key: OrderKey, kind: DatabaseKind): RawBuilder<unknown> {
  if (!('by' in key)) return sortExpression(kind, key);
  return key.by === 'tree' ? sql`e.sort_key` : sql`found.score`;
}

function isNullable(key: OrderKey, spec: EntryQuerySpec): boolean {
  if ('by' in key) return key.by === 'tree';
  if ('field' in key) return true;
  return ENTRY_COLUMNS[key.column].nullable && !(key.column === 'postDate' && hasPostDate(spec));
}

/** `order by`. SQLite has NULL lowest; PostgreSQL is told so. */
export function orderSql(terms: readonly OrderTerm[], kind: DatabaseKind): RawBuilder<unknown> {
  return sql.join(
    terms.map(({ expression, direction, nullable }) => {
      const nulls =
        kind === 'postgres' && nullable ? (direction === 'asc' ? ' nulls first' : ' nulls last') : '';
      return sql`${expression} ${sql.raw(direction + nulls)}`;
    }),
  );
}

/** The condition that a row comes after these values: one for each term. */
export function afterSql(terms: readonly OrderTerm[], values: readonly (Comparable | null)[]): Condition {
  const [first] = terms;
  const start = values[0] ?? null;
  const alternatives = terms.map((term, at) =>
    allOf([
      ...terms.slice(0, at).map((former, index) => isAt(former, values[index] ?? null)),
      isBehind(term, values[at] ?? null),
    ]),
  );
  const behind = anyOf(alternatives);
  // Said once more in a way that lets an index begin there.
  if (first === undefined || start === null || (first.nullable && first.direction === 'desc')) return behind;
  const sign = sql.raw(first.direction === 'asc' ? '>=' : '<=');
  return allOf([sql`${first.expression} ${sign} ${start}`, behind]);
}

function isAt({ expression }: OrderTerm, value: Comparable | null): Condition {
  return value === null ? sql`${expression} is null` : sql`${expression} = ${value}`;
}

function isBehind({ expression, direction, nullable }: OrderTerm, value: Comparable | null): Condition {
  if (value === null) return direction === 'asc' ? sql`${expression} is not null` : NEVER;
  if (direction === 'asc') return sql`${expression} > ${value}`;
  const below = sql<SqlBool>`${expression} < ${value}`;
  return nullable ? anyOf([below, sql`${expression} is null`]) : below;
}
