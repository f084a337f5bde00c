import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { SessionRecord, SessionStore } from 'portico';
import type { Tables } from './tables.ts';

/** Where requests' sessions live. `now` gives epoch milliseconds. */
export function createSessionStore(db: Kysely<Tables>, now: () => number): SessionStore {
  return {
    async read(key) {
      const row = await db
        .selectFrom('sessions')
        .select(['data', 'version', 'created_at', 'expires_at', 'user_id'])
        .where('key', '=', key)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        data: JSON.parse(row.data) as SessionRecord['data'],
        version: row.version,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        userId: row.user_id ?? undefined,
      };
    },
    async write(key, record, expectedVersion) {
      const time = now();
      const columns = columnsOf(key, record, time);
      if (expectedVersion > 0) {
        const { numUpdatedRows } = await db
          .updateTable('sessions')
          .set(columns)
          .where('key', '=', key)
          .where('version', '=', expectedVersion)
          .where('expires_at', '>', time)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }
      const uid = randomUUID();
      // An expired record counts as none, and is written over.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('sessions')
        .values({ uid, ...columns })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ uid, ...columns })
            .where('sessions.expires_at', '<=', time),
        )
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async move(key, newKey, record, expectedVersion) {
      const time = now();
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set(columnsOf(newKey, record, time))
        .where('key', '=', key)
        .where('version', '=', expectedVersion)
        .where('expires_at', '>', time)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async destroy(key) {
      await db.deleteFrom('sessions').where('key', '=', key).execute();
    },
  };
}

function columnsOf(key: string, record: SessionRecord, time: number) {
  return {
    key,
    user_id: record.userId ?? null,
    data: JSON.stringify(record.data),
    version: record.version,
    created_at: Math.floor(record.createdAt),
    last_seen_at: Math.floor(time),
    expires_at: Math.floor(record.expiresAt),
  };
}
