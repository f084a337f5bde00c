import type { Kysely, Selectable } from 'kysely';
import type {
  ImpersonationToken,
  ImpersonationTokenStore,
} from '../users/administration/impersonation-token-store.ts';
import type { ImpersonationTokensTable, Tables } from './tables.ts';

export function createImpersonationTokenStore(db: Kysely<Tables>): ImpersonationTokenStore {
  return {
    async insert({ hash, issuerId, issuerStamp, userId, expiresAt }) {
      await db
        .insertInto('impersonation_tokens')
        .values({
          hash,
          issuer_id: issuerId,
          issuer_stamp: issuerStamp,
          user_id: userId,
          expires_at: expiresAt,
        })
        .execute();
    },
    async find(hash) {
      const row = await db
        .selectFrom('impersonation_tokens')
        .selectAll()
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row && tokenOfRow(row);
    },
    async consume(hash) {
      const row = await db
        .deleteFrom('impersonation_tokens')
        .where('hash', '=', hash)
        .returningAll()
        .executeTakeFirst();
      return row && tokenOfRow(row);
    },
    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('impersonation_tokens')
        .where('expires_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function tokenOfRow(row: Selectable<ImpersonationTokensTable>): ImpersonationToken {
  return {
    hash: row.hash,
    issuerId: row.issuer_id,
    issuerStamp: row.issuer_stamp,
    userId: row.user_id,
    expiresAt: row.expires_at,
  };
}
