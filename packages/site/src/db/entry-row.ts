import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Entry, EntrySiteState } from '../entries/entry.ts';
import { chunks } from './chunks.ts';
import type { DatabaseKind } from './connect.ts';
import { isId } from './row-id.ts';
import { ofStoredJson } from './stored-json.ts';
import type { Flag } from './flag.ts';
import type { Tables } from './tables.ts';

/** An entry beside one of its sites. */
interface EntryRow {
  readonly id: number;
  readonly uid: string;
  readonly section: string;
  readonly type: string;
  readonly draft: Flag;
  readonly enabled: Flag;
  readonly post_at: number | null;
  readonly expires_at: number | null;
  readonly parent_id: number | null;
  readonly level: number;
  readonly creator_id: number | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  /** Ids with commas between them, in their order; NULL where there are none. */
  readonly author_ids: string | null;
  /** NULL, as what follows, where it is on no site. */
  readonly site: string | null;
  readonly site_enabled: Flag;
  readonly title: string | null;
  readonly slug: string | null;
  readonly uri: string | null;
  readonly fields: unknown;
}

/**
 * The entries for which `where` holds, a condition on `entries`, in the order of their trees. Everything is read by one
 * statement: nobody sees an entry of which half is from before a save.
 */
export async function readEntries(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  where: RawBuilder<unknown>,
): Promise<Entry[]> {
  const authorIds =
    kind === 'postgres'
      ? sql`string_agg(user_id::text, ',' order by position, user_id)`
      : sql`group_concat(user_id, ',' order by position, user_id)`;
  const { rows } = await sql<EntryRow>`
    select
      entries.id, entries.uid, entries.section, entries.type, entries.draft, entries.enabled, entries.post_at,
      entries.expires_at, entries.parent_id, entries.level, entries.creator_id, entries.version, entries.created_at,
      entries.updated_at, entry_sites.site, entry_sites.enabled as site_enabled, entry_sites.title, entry_sites.slug,
      entry_sites.uri, entry_sites.fields,
      (select ${authorIds} from entry_authors where entry_authors.entry_id = entries.id) as author_ids
    from entries left join entry_sites on entry_sites.entry_id = entries.id
    where ${where}
    order by entries.sort_key, entries.id, entry_sites.id
  `.execute(db);
  return [...Map.groupBy(rows, ({ id }) => id).values()].map(entryOfRows);
}

/** In the order of the ids; those that are not there, or deleted, are left out. */
export async function entriesByIds(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  ids: readonly number[],
): Promise<readonly Entry[]> {
  const found = new Map<number, Entry>();
  for (const some of chunks([...new Set(ids)].filter(isId)))
    for (const entry of await readEntries(
      db,
      kind,
      sql`entries.id in (${sql.join(some)}) and entries.deleted_at is null`,
    ))
      found.set(entry.id, entry);
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Throws where there is none. */
export async function entryById(db: Kysely<Tables>, kind: DatabaseKind, id: number): Promise<Entry> {
  const [entry] = await entriesByIds(db, kind, [id]);
  if (entry === undefined) throw new Error(`The entry ${id} does not exist (any more).`);
  return entry;
}

function entryOfRows(rows: readonly EntryRow[]): Entry {
  const [row] = rows as readonly [EntryRow, ...EntryRow[]];
  return {
    id: row.id,
    uid: row.uid,
    section: row.section,
    type: row.type,
    draft: row.draft === 1,
    enabled: row.enabled === 1,
    postAt: row.post_at,
    expiresAt: row.expires_at,
    authorIds: row.author_ids === null ? [] : row.author_ids.split(',').map(Number),
    parentId: row.parent_id,
    level: row.level,
    creatorId: row.creator_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    sites: Object.fromEntries(
      rows.flatMap(({ site, ...state }) => (site === null ? [] : [[site, siteStateOf(state)]])),
    ),
  };
}

function siteStateOf(
  row: Pick<EntryRow, 'title' | 'slug' | 'uri' | 'site_enabled' | 'fields'>,
): EntrySiteState {
  return {
    title: row.title,
    slug: row.slug,
    uri: row.uri,
    enabled: row.site_enabled === 1,
    fields: ofStoredJson(row.fields) as EntrySiteState['fields'],
  };
}
