import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { EntryChanges, EntryDerived, NewEntry } from '../entries/entry-store.ts';
import type { DatabaseKind } from './connect.ts';
import { replaceAuthors } from './entry-authors.ts';
import { writeSites } from './entry-sites.ts';
import { freePlace, lockTree, moveTree } from './entry-tree.ts';
import type { EntriesTable } from './content-tables.ts';
import type { Tables } from './tables.ts';

/** See `EntryStore.insert`. Returns its id. To be run in a transaction. */
export async function insertEntry(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  entry: NewEntry,
  derived: EntryDerived,
  placement: 'beginning' | 'end',
  now: number,
): Promise<number> {
  const { section } = entry;
  await lockTree(db, kind, section);
  const { parentId, level, sortKey } = await freePlace(db, section, entry.parentId, placement);
  const { id } = await db
    .insertInto('entries')
    .values({
      ...savedColumns(entry, now),
      uid: randomUUID(),
      section,
      parent_id: parentId,
      level,
      sort_key: sortKey,
      creator_id: entry.creatorId,
      version: 1,
      last_revision: 0,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await replaceAuthors(db, id, entry.authorIds);
  await writeSites(db, kind, { ...entry, id, createdAt: now }, derived, now);
  return id;
}

/** See `EntryStore.update`. Throws where there is no such entry. To be run in a transaction. */
export async function updateEntry(
  db: Kysely<Tables>,
  kind: DatabaseKind,
  id: number,
  changes: EntryChanges,
  derived: EntryDerived,
  now: number,
): Promise<void> {
  const row = await db
    .updateTable('entries')
    .set((eb) => ({ ...savedColumns(changes, now), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['section', 'parent_id', 'created_at'])
    .executeTakeFirst();
  if (row === undefined) throw new Error(`The entry ${id} does not exist (any more).`);
  const { section, parent_id: parentId, created_at: createdAt } = row;
  if (parentId !== changes.parentId) {
    await lockTree(db, kind, section);
    await moveTree(db, id, changes.parentId);
  }
  await replaceAuthors(db, id, changes.authorIds);
  await writeSites(db, kind, { ...changes, id, section, createdAt }, derived, now);
}

function savedColumns(
  { type, draft, enabled, postAt, expiresAt }: EntryChanges,
  now: number,
): Pick<EntriesTable, 'type' | 'draft' | 'enabled' | 'post_at' | 'expires_at' | 'updated_at'> {
  return {
    type,
    draft: draft ? 1 : 0,
    enabled: enabled ? 1 : 0,
    post_at: postAt,
    expires_at: expiresAt,
    updated_at: now,
  };
}
