import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Puts these authors in the place of those the entry had. */
export async function replaceAuthors(
  db: Kysely<Tables>,
  entryId: number,
  authorIds: readonly number[],
): Promise<void> {
  await db.deleteFrom('entry_authors').where('entry_id', '=', entryId).execute();
  const rows = [...new Set(authorIds)].map((userId, position) => ({
    entry_id: entryId,
    user_id: userId,
    position,
  }));
  if (rows.length > 0) await db.insertInto('entry_authors').values(rows).execute();
}

/** See `EntryStore.byAuthor`. */
export async function entriesByAuthor(
  db: Kysely<Tables>,
  userId: number,
): Promise<ReadonlyArray<{ readonly id: number; readonly isSole: boolean }>> {
  const { rows } = await sql<{ id: number; others: number }>`
    select entries.id, (
      select count(*) from entry_authors as other
      where other.entry_id = entries.id and other.user_id <> ${userId}
    ) as others
    from entry_authors join entries on entries.id = entry_authors.entry_id
    where entry_authors.user_id = ${userId} and entries.deleted_at is null
    order by entries.id
  `.execute(db);
  return rows.map(({ id, others }) => ({ id, isSole: others === 0 }));
}

/** See `EntryStore.replaceAuthor`. Of all entries, deleted ones too. */
export async function inheritEntries(
  db: Kysely<Tables>,
  userId: number,
  heirId: number | null,
): Promise<void> {
  if (userId === heirId) return;
  if (heirId !== null) await putAuthor(db, userId, heirId);
  await db.deleteFrom('entry_authors').where('user_id', '=', userId).execute();
  await db.updateTable('entries').set({ creator_id: heirId }).where('creator_id', '=', userId).execute();
  await db
    .updateTable('entry_revisions')
    .set({ creator_id: heirId })
    .where('creator_id', '=', userId)
    .execute();
}

// Where the heir is an author already, the better place of the two counts.
async function putAuthor(db: Kysely<Tables>, userId: number, heirId: number): Promise<void> {
  await sql`
    insert into entry_authors (entry_id, user_id, position)
    select entry_id, cast(${heirId} as bigint), position from entry_authors where user_id = ${userId}
    on conflict (entry_id, user_id) do update set position =
      case when excluded.position < entry_authors.position then excluded.position else entry_authors.position end
  `.execute(db);
}
