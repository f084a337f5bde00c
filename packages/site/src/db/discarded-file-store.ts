import type { Kysely } from 'kysely';
import type { DiscardedFileStore } from '../files/discarded-file-store.ts';
import type { Tables } from './tables.ts';

export function createDiscardedFileStore(db: Kysely<Tables>): DiscardedFileStore {
  return {
    async discard(storageKey, dueAt) {
      await db
        .insertInto('discarded_files')
        .values({ storage_key: storageKey, due_at: dueAt })
        .onConflict((conflict) => conflict.column('storage_key').doUpdateSet({ due_at: dueAt }))
        .execute();
    },
    async keep(storageKey) {
      const { numDeletedRows } = await removal(storageKey).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('discarded_files')
        .select('storage_key')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('storage_key')
        .limit(limit)
        .execute();
      return rows.map(({ storage_key }) => storage_key);
    },
    async remove(storageKey) {
      await removal(storageKey).execute();
    },
  };

  function removal(storageKey: string) {
    return db.deleteFrom('discarded_files').where('storage_key', '=', storageKey);
  }
}
