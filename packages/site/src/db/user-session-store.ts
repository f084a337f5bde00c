import type { Kysely } from 'kysely';
import type { UserSession, UserSessionStore } from '../sessions/user-session-store.ts';
import type { Tables } from './tables.ts';

export function createUserSessionStore(db: Kysely<Tables>): UserSessionStore {
  const removal = (userId: number) => db.deleteFrom('sessions').where('user_id', '=', String(userId));

  return {
    async listOf(userId, now) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('user_id', '=', String(userId))
        .where('expires_at', '>', now)
        .orderBy('last_seen_at', 'desc')
        .orderBy('created_at', 'desc')
        .execute();
      return rows.map((row) => ({
        uid: row.uid,
        userId,
        key: row.key,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
        expiresAt: row.expires_at,
        data: JSON.parse(row.data) as UserSession['data'],
      }));
    },
    async revoke(userId, uid) {
      const { numDeletedRows } = await removal(userId).where('uid', '=', uid).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async revokeAll(userId, exceptUid) {
      const { numDeletedRows } = await removal(userId)
        .$if(exceptUid !== undefined, (query) => query.where('uid', '!=', exceptUid ?? ''))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('sessions')
        .where('expires_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
