import type { Kysely, Selectable } from 'kysely';
import type { VerificationCode, VerificationCodeStore } from '../users/codes/verification-code-store.ts';
import { isId } from './row-id.ts';
import type { Tables, VerificationCodesTable } from './tables.ts';

export function createVerificationCodeStore(db: Kysely<Tables>): VerificationCodeStore {
  return {
    async replace({ userId, purpose, hash, issuedAt, expiresAt }) {
      const code = { purpose, hash, issued_at: issuedAt, expires_at: expiresAt };
      await db
        .insertInto('verification_codes')
        .values({ user_id: userId, ...code })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(code))
        .execute();
    },
    async find(userId, hash) {
      if (!isId(userId)) return undefined;
      const row = await db
        .selectFrom('verification_codes')
        .selectAll()
        .where('user_id', '=', userId)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row && codeOfRow(row);
    },
    async consume(userId, hash) {
      if (!isId(userId)) return undefined;
      const row = await db
        .deleteFrom('verification_codes')
        .where('user_id', '=', userId)
        .where('hash', '=', hash)
        .returningAll()
        .executeTakeFirst();
      return row && codeOfRow(row);
    },
    async remove(userId) {
      await db.deleteFrom('verification_codes').where('user_id', '=', userId).execute();
    },
  };
}

function codeOfRow(row: Selectable<VerificationCodesTable>): VerificationCode {
  return {
    userId: row.user_id,
    purpose: row.purpose,
    hash: row.hash,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
  };
}
