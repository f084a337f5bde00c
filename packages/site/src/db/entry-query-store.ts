import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { EntryQuerySpec } from '../entries/query/entry-query-spec.ts';
import type { EntryQueryStore } from '../entries/query/entry-query-store.ts';
import type { DatabaseKind } from './connect.ts';
import { allOf, conditionSql, type Condition } from './entry-conditions.ts';
import { foundIds, foundScores } from './entry-found.ts';
import { afterSql, orderSql, orderTerms } from './entry-order.ts';
import { isOneOf, visibilitySql } from './entry-visibility.ts';
import type { Tables } from './tables.ts';
import { unindexed } from './unindexed.ts';

export function createEntryQueryStore(db: Kysely<Tables>, kind: DatabaseKind): EntryQueryStore {
  return {
    async find(spec) {
      if (findsNothing(spec)) return [];
      const { rows } = await findSql(spec, kind).execute(db);
      return rows.map(({ id, site, ...place }) => ({
        id: id as number,
        site: site as string,
        place: Object.values(place),
      }));
    },
    async count(spec) {
      if (findsNothing(spec)) return 0;
      const { rows } = await countSql(spec, kind).execute(db);
      return Number(rows[0]?.total ?? 0);
    },
    async countBy(spec, field) {
      if (findsNothing({ ...spec, limit: null })) return new Map();
      const { rows } = await countBySql(spec, field, kind).execute(db);
      return new Map(rows.map(({ target, total }) => [target, Number(total)]));
    },
  };
}

function findsNothing({ words, statuses, sections, sites, limit }: EntryQuerySpec): boolean {
  return [words, statuses, sections, sites].some((list) => list?.length === 0) || limit === 0;
}

type Row = Readonly<Record<string, string | number | null>>;

/** The statement that finds what a query asks for. */
export function findSql(spec: EntryQuerySpec, kind: DatabaseKind): RawBuilder<Row> {
  const terms = orderTerms(spec, kind);
  const isSortedBy = (by: 'tree' | 'score'): boolean =>
    spec.order.some(({ key }) => 'by' in key && key.by === by);
  const isScored = isSortedBy('score') && spec.words !== null;
  const place = terms.map(({ expression }, at) => sql`${expression} as ${sql.raw(`p${at}`)}`);
  const conditions = conditionsOf(spec, kind, isScored);
  if (spec.after !== null) conditions.push(afterSql(terms, spec.after));
  return sql<Row>`
    ${isScored ? sql`with found as materialized (${foundScores(kind, spec.words ?? [])})` : sql``}
    select s.entry_id as id, s.site as site, ${sql.join(place)}
    from ${isScored ? sql`found cross join entry_sites as s ${sql.raw(kind === 'sqlite' ? 'indexed by entry_sites_seen' : '')}` : sql`entry_sites as s`}
    ${isSortedBy('tree') ? sql`join entries as e on e.id = s.entry_id and e.section ${isOneOf(spec.sections)}` : sql``}
    where ${allOf(conditions)}
    order by ${orderSql(terms, kind)}
    ${pageSql(spec, kind)}
  `;
}

/** The statement that counts it. */
export function countSql(spec: EntryQuerySpec, kind: DatabaseKind): RawBuilder<{ total: number }> {
  return sql`select count(*) as total from entry_sites as s where ${allOf(conditionsOf(spec, kind, false))}`;
}

/** The statement that counts by what is named in a field. */
export function countBySql(
  spec: EntryQuerySpec,
  field: string,
  kind: DatabaseKind,
): RawBuilder<{ target: string; total: number }> {
  return sql`
    select r.target as target, count(*) as total
    from entry_sites as s
    join entry_references as r on r.entry_id = s.entry_id and r.site = s.site and r.field = ${field}
    where ${allOf(conditionsOf(spec, kind, false))}
    group by r.target
  `;
}

function conditionsOf(spec: EntryQuerySpec, kind: DatabaseKind, isScored: boolean): Condition[] {
  const place = { kind, sections: spec.sections, sites: spec.sites, statuses: spec.statuses };
  const [site] = spec.sites;
  return [
    // The index of a section is of no use where there are several.
    sql`${spec.sections.length > 1 ? unindexed(kind) : sql``}s.section ${isOneOf(spec.sections)}`,
    spec.sites.length === 1 ? sql`s.site = ${site}` : sql`s.site ${isOneOf(spec.sites)}`,
    ...visibilitySql(spec, kind),
    ...spec.where.map((condition) => conditionSql(condition, place)),
    ...(isScored ? [sql<boolean>`s.id = found.id`] : []),
    ...(spec.words !== null && !isScored
      ? [sql<boolean>`${unindexed(kind)}s.id in (${foundIds(kind, spec.words)})`]
      : []),
  ];
}

function pageSql({ limit, offset }: EntryQuerySpec, kind: DatabaseKind): RawBuilder<unknown> {
  if (limit === null && offset === 0) return sql``;
  // SQLite takes no offset without a limit.
  if (limit === null) return kind === 'sqlite' ? sql`limit -1 offset ${offset}` : sql`offset ${offset}`;
  return offset === 0 ? sql`limit ${limit}` : sql`limit ${limit} offset ${offset}`;
}
