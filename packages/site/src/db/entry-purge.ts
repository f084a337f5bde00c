import type { Kysely } from 'kysely';
import { atomically } from './atomically.ts';
import type { DatabaseKind } from './connect.ts';
import { removeWords } from './entry-search.ts';
import { liftChildren, lockTree } from './entry-tree.ts';
import type { Tables } from './tables.ts';

// So that nobody waits for long who wants to write meanwhile.
const BATCH = 500;

interface Doomed {
  readonly id: number;
  readonly section: string;
}

/** Removes for good what was deleted before then; returns how many. */
export async function purgeDeleted(db: Kysely<Tables>, kind: DatabaseKind, before: number): Promise<number> {
  return inBatches(db, async (transaction) => {
    const doomed = await transaction
      .selectFrom('entries')
      .select(['id', 'section'])
      .where('deleted_at', '<', before)
      .orderBy('deleted_at')
      .limit(BATCH)
      .execute();
    return remove(transaction, kind, doomed);
  });
}

/** Removes unpublished drafts that were last saved before then, and nothing that somebody put below one. */
export async function purgeDrafts(db: Kysely<Tables>, kind: DatabaseKind, before: number): Promise<number> {
  return inBatches(db, async (transaction) => {
    const doomed = await transaction
      .selectFrom('entries')
      .select(['id', 'section'])
      .where('draft', '=', 1)
      .where('updated_at', '<', before)
      .where('deleted_at', 'is', null)
      .orderBy('updated_at')
      .limit(BATCH)
      .execute();
    await liftAll(transaction, kind, doomed);
    return remove(transaction, kind, doomed);
  });
}

async function liftAll(db: Kysely<Tables>, kind: DatabaseKind, doomed: readonly Doomed[]): Promise<void> {
  if (doomed.length === 0) return;
  const parents = await db
    .selectFrom('entries')
    .select('parent_id')
    .distinct()
    .where(
      'parent_id',
      'in',
      doomed.map(({ id }) => id),
    )
    .where('deleted_at', 'is', null)
    .execute();
  const ids = new Set(parents.map(({ parent_id }) => parent_id));
  for (const { id, section } of doomed) {
    if (!ids.has(id)) continue;
    await lockTree(db, kind, section);
    await liftChildren(db, kind, id);
  }
}

async function remove(db: Kysely<Tables>, kind: DatabaseKind, doomed: readonly Doomed[]): Promise<number> {
  if (doomed.length === 0) return 0;
  const ids = doomed.map(({ id }) => id);
  // SQLite's table of words has no foreign key.
  const rows = await db.selectFrom('entry_sites').select('id').where('entry_id', 'in', ids).execute();
  await removeWords(
    db,
    kind,
    rows.map(({ id }) => id),
  );
  const { numDeletedRows } = await db.deleteFrom('entries').where('id', 'in', ids).executeTakeFirst();
  return Number(numDeletedRows);
}

async function inBatches(
  db: Kysely<Tables>,
  removeSome: (transaction: Kysely<Tables>) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await atomically(db, removeSome);
    total += removed;
    if (removed < BATCH) return total;
  }
}
