import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { EntryStatus } from '../entries/entry.ts';
import type { EntryQuerySpec, EntryViewer } from '../entries/query/entry-query-spec.ts';
import type { DatabaseKind } from './connect.ts';
import { allOf, anyOf, type Condition } from './entry-conditions.ts';
import { unindexed } from './unindexed.ts';
import type { EntryStage } from './content-tables.ts';

const STAGES: Readonly<Record<EntryStatus, EntryStage>> = {
  live: 'listed',
  pending: 'listed',
  expired: 'listed',
  disabled: 'disabled',
  draft: 'draft',
};

type Shown = Pick<EntryQuerySpec, 'statuses' | 'viewer' | 'sections' | 'now'>;

/** Whether everything that is asked for has a post date: then no NULL need be thought of. */
export function hasPostDate({ statuses }: Pick<EntryQuerySpec, 'statuses'>): boolean {
  return statuses.every((status) => status === 'live' || status === 'expired');
}

/** Conditions on a row of `entry_sites`, `s`: of these statuses, and shown to who asks. All of them must hold. */
export function visibilitySql(
  { statuses, viewer, sections, now }: Shown,
  kind: DatabaseKind,
): readonly Condition[] {
  const stages = [...new Set(statuses.map((status) => STAGES[status]))];
  const conditions = [isStage(stages)];
  const [only] = statuses;
  const isLiveOnly = statuses.length === 1 && only === 'live';
  if (isLiveOnly) return [...conditions, ...live(now, kind)];
  const listed = statuses.filter((status) => STAGES[status] === 'listed');
  // All three of them are all there is of the stage.
  if (listed.length > 0 && listed.length < 3) {
    const other = stages.filter((stage) => stage !== 'listed');
    conditions.push(
      anyOf([
        ...listed.map((status) => allOf(ofStatus(status, now, kind))),
        ...(other.length > 0 ? [isStage(other)] : []),
      ]),
    );
  }
  if (viewer !== null) conditions.push(seenBy(viewer, { sections, now, kind }));
  return conditions;
}

function isStage(stages: readonly EntryStage[]): Condition {
  return sql`s.stage ${isOneOf(stages)}`;
}

/** As literals, which an index that holds for some rows only can be chosen by. */
export function isOneOf(names: readonly string[]): RawBuilder<unknown> {
  const [first] = names;
  return names.length === 1
    ? sql`= ${sql.lit(first)}`
    : sql`in (${sql.join(names.map((name) => sql.lit(name)))})`;
}

// Nearly everything is behind its post date: an index that begins with something else leaves out more.
function live(now: number, kind: DatabaseKind): readonly Condition[] {
  return [sql`${unindexed(kind)}s.post_at <= ${now}`, sql`(s.expires_at is null or s.expires_at > ${now})`];
}

function ofStatus(status: EntryStatus, now: number, kind: DatabaseKind): readonly Condition[] {
  const listed = isStage(['listed']);
  if (status === 'live') return [listed, ...live(now, kind)];
  if (status === 'pending') return [listed, sql`(s.post_at is null or s.post_at > ${now})`];
  return [listed, sql`s.post_at <= ${now}`, sql`s.expires_at <= ${now}`];
}

function seenBy(
  { userId, ownIn, peersIn, ownDraftsIn, draftsIn }: EntryViewer,
  { sections, now, kind }: Pick<Shown, 'sections' | 'now'> & { readonly kind: DatabaseKind },
): Condition {
  const written = sql<SqlBool>`s.entry_id in (select entry_id from entry_authors where user_id = ${userId})`;
  const made = sql<SqlBool>`s.entry_id in (select id from entries where creator_id = ${userId})`;
  const published = isStage(['listed', 'disabled']);
  const draft = isStage(['draft']);

  function within(handles: readonly string[], ...conditions: Condition[]): readonly Condition[] {
    const some = handles.filter((handle) => sections.includes(handle));
    return some.length === 0 ? [] : [allOf([sql`s.section ${isOneOf(some)}`, ...conditions])];
  }

  return anyOf([
    allOf(ofStatus('live', now, kind)),
    ...within(peersIn, published),
    ...within(ownIn, published, written),
    ...within(draftsIn, draft),
    ...within(ownDraftsIn, draft, made),
  ]);
}
