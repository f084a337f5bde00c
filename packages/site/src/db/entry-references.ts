import type { Kysely } from 'kysely';
import type { EntryDerived } from '../entries/entry-store.ts';
import { chunks } from './chunks.ts';
import type { Tables } from './tables.ts';

/** Puts what the entry's fields refer to in the place of what they did. */
export async function replaceReferences(
  db: Kysely<Tables>,
  entryId: number,
  derived: EntryDerived,
): Promise<void> {
  await db.deleteFrom('entry_references').where('entry_id', '=', entryId).execute();
  const rows = Object.entries(derived.sites).flatMap(([site, { references }]) =>
    references.map(({ field, target, position }) => ({ entry_id: entryId, site, field, position, target })),
  );
  for (const some of chunks(rows))
    await db
      .insertInto('entry_references')
      .values(some)
      // A field may name the same element twice in one place.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
