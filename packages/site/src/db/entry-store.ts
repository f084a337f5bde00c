import { sql, type Kysely } from 'kysely';
import type { EntryStore } from '../entries/entry-store.ts';
import { atomically } from './atomically.ts';
import type { DatabaseKind } from './connect.ts';
import { entriesByAuthor, inheritEntries } from './entry-authors.ts';
import { putInBin, putManyInBin, takeFromBin } from './entry-bin.ts';
import { orTaken, takenSlugs, takenUris } from './entry-claims.ts';
import { purgeDeleted, purgeDrafts } from './entry-purge.ts';
import { releaseUris, setPaths } from './entry-paths.ts';
import { entriesByIds, entryById, readEntries } from './entry-row.ts';
import { lockTree, treeBelow } from './entry-tree.ts';
import { insertEntry, updateEntry } from './entry-write.ts';
import { isId } from './row-id.ts';
import type { Tables } from './tables.ts';

export function createEntryStore(db: Kysely<Tables>, kind: DatabaseKind): EntryStore {
  return {
    async find(id) {
      return (await entriesByIds(db, kind, [id]))[0];
    },
    async findMany(ids) {
      return entriesByIds(db, kind, ids);
    },
    async findSingle(section) {
      const only = sql`
        select id from entries where section = ${section} and sort_key is not null order by sort_key limit 1
      `;
      return (await readEntries(db, kind, sql`entries.id = (${only})`))[0];
    },
    async unpublishedBy(creatorId, limit) {
      if (!isId(creatorId)) return [];
      const rows = await db
        .selectFrom('entries')
        .select('id')
        .where('creator_id', '=', creatorId)
        .where('draft', '=', 1)
        .where('deleted_at', 'is', null)
        .orderBy('updated_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return entriesByIds(
        db,
        kind,
        rows.map(({ id }) => id),
      );
    },
    async lock(id) {
      if (!isId(id)) return undefined;
      // Before it is read, and not with it: what PostgreSQL joins to a row it had to wait for is older than that row.
      if (kind === 'postgres')
        await sql`select id from entries where id = ${id} and deleted_at is null for update`.execute(db);
      return (await entriesByIds(db, kind, [id]))[0];
    },
    async lockSection(section) {
      await lockTree(db, kind, section);
    },
    async takenSlugs(place, slugs) {
      return takenSlugs(db, place, slugs);
    },
    async takenUris(place, uris) {
      return takenUris(db, place, uris);
    },
    async insert(entry, derived, placement, now) {
      return orTaken(
        atomically(db, async (transaction) => {
          const id = await insertEntry(transaction, kind, entry, derived, placement, now);
          return entryById(transaction, kind, id);
        }),
      );
    },
    async update(id, changes, derived, now) {
      return orTaken(
        atomically(db, async (transaction) => {
          await updateEntry(transaction, kind, id, changes, derived, now);
          return entryById(transaction, kind, id);
        }),
      );
    },
    async releaseUris(ids) {
      await releaseUris(db, ids);
    },
    async setPaths(paths) {
      await orTaken(atomically(db, (transaction) => setPaths(transaction, paths)));
    },
    async descendants(id) {
      const tree = isId(id) ? await treeBelow(db, id) : undefined;
      return tree === undefined ? [] : readEntries(db, kind, tree);
    },
    async delete(id, now) {
      await atomically(db, (transaction) => putInBin(transaction, kind, id, now));
    },
    async deleteMany(ids, now) {
      await atomically(db, (transaction) => putManyInBin(transaction, kind, ids, now));
    },
    async findDeleted(id) {
      if (!isId(id)) return undefined;
      const [entry] = await readEntries(db, kind, sql`entries.id = ${id} and entries.deleted_at is not null`);
      return entry;
    },
    async restore(id) {
      await atomically(db, (transaction) => takeFromBin(transaction, kind, id));
    },
    async purgeDeleted(before) {
      return purgeDeleted(db, kind, before);
    },
    async purgeDrafts(before) {
      return purgeDrafts(db, kind, before);
    },
    async byAuthor(userId) {
      return isId(userId) ? entriesByAuthor(db, userId) : [];
    },
    async replaceAuthor(userId, heirId) {
      await atomically(db, (transaction) => inheritEntries(transaction, userId, heirId));
    },
  };
}
