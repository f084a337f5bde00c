import type { Kysely } from 'kysely';
import { chunks } from './chunks.ts';
import type { DatabaseKind } from './connect.ts';
import { unlistSites } from './entry-sites.ts';
import { freePlace, liftChildren, lockTree } from './entry-tree.ts';
import { isId } from './row-id.ts';
import type { Tables } from './tables.ts';

/** See `EntryStore.delete`. Nothing happens where there is no such entry. To be run in a transaction. */
export async function putInBin(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  id: number,
  now: number,
): Promise<void> {
  if ((await lockedSection(db, kind, id, 'kept')) === undefined) return;
  await liftChildren(db, kind, id);
  await db.updateTable('entries').set({ deleted_at: now, sort_key: null }).where('id', '=', id).execute();
  await unlistSites(db, kind, [id], 'deleted');
}

/** See `EntryStore.deleteMany`. To be run in a transaction. */
export async function putManyInBin(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  ids: readonly number[],
  now: number,
): Promise<void> {
  const parts = chunks([...new Set(ids)].filter(isId));
  const sections = new Set<string>();
  for (const some of parts) {
    const rows = await db
      .selectFrom('entries')
      .select('section')
      .distinct()
      .where('id', 'in', some)
      .execute();
    for (const { section } of rows) sections.add(section);
  }
  for (const section of [...sections].toSorted()) await lockTree(db, kind, section);
  for (const some of parts) {
    const parents = await db
      .selectFrom('entries as parents')
      .innerJoin('entries as children', 'children.parent_id', 'parents.id')
      .select('parents.id')
      .distinct()
      .where('parents.id', 'in', some)
      .where('parents.deleted_at', 'is', null)
      .where('children.deleted_at', 'is', null)
      .execute();
    for (const { id } of parents) await liftChildren(db, kind, id);
    const gone = await db
      .updateTable('entries')
      .set({ deleted_at: now, sort_key: null })
      .where('id', 'in', some)
      .where('deleted_at', 'is', null)
      .returning('id')
      .execute();
    await unlistSites(
      db,
      kind,
      gone.map(({ id }) => id),
      'deleted',
    );
  }
}

/** See `EntryStore.restore`. Throws where there is no such deleted entry. To be run in a transaction. */
export async function takeFromBin(db: Kysely<Tables>, kind: DatabaseKind, id: number): Promise<void> {
  const section = await lockedSection(db, kind, id, 'deleted');
  if (section === undefined) throw new Error(`The entry ${id} is not among the deleted ones (any more).`);
  const { level, sortKey } = await freePlace(db, section, null, 'end');
  const { draft } = await db
    .updateTable('entries')
    .set({ deleted_at: null, parent_id: null, level, sort_key: sortKey })
    .where('id', '=', id)
    .returning('draft')
    .executeTakeFirstOrThrow();
  await unlistSites(db, kind, [id], draft === 1 ? 'draft' : 'disabled');
}

type Whereabouts = 'kept' | 'deleted';

/** The section of an entry, whose tree is locked. */
async function lockedSection(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  id: number,
  which: Whereabouts,
): Promise<string | undefined> {
  const section = await sectionOf(db, id, which);
  if (section === undefined) return undefined;
  await lockTree(db, kind, section);
  // Another may have deleted or restored it while we waited.
  return sectionOf(db, id, which);
}

async function sectionOf(db: Kysely<Tables>, id: number, which: Whereabouts): Promise<string | undefined> {
  if (!isId(id)) return undefined;
  const row = await db
    .selectFrom('entries')
    .select('section')
    .where('id', '=', id)
    .where('deleted_at', which === 'kept' ? 'is' : 'is not', null)
    .executeTakeFirst();
  return row?.section;
}
