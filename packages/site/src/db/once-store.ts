import type { Kysely } from 'kysely';
import type { OnceClaim, OnceState, OnceStore } from 'portico';
import type { Tables } from './tables.ts';

/** Outcomes of `once` actions that all processes share. */
export interface SqlOnceStore extends OnceStore {
  /** Removes what expired before `before` (epoch milliseconds). Returns how many. */
  purge(before: number): Promise<number>;
}

/** A row a key: taken as long as it has no outcome, and as good as gone once it has expired. `now` gives epoch milliseconds. */
export function createOnceStore(db: Kysely<Tables>, now: () => number): SqlOnceStore {
  async function read(key: string): Promise<OnceState | undefined> {
    const row = await db
      .selectFrom('once_results')
      .select(['fingerprint', 'outcome'])
      .where('key', '=', key)
      .where('expires_at', '>', now())
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { fingerprint, outcome } = row;
    return outcome === null ? { state: 'running', fingerprint } : { state: 'settled', fingerprint, outcome };
  }

  async function take(claim: OnceClaim, seconds: number): Promise<boolean> {
    const columns = { ...claim, outcome: null, expires_at: inSeconds(seconds) };
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('once_results')
      .values(columns)
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet(columns).where('once_results.expires_at', '<=', now()),
      )
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Of the claim that runs under its key; no other is touched. */
  async function change(
    claim: OnceClaim,
    columns: { outcome?: string; expires_at: number },
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('once_results')
      .set(columns)
      .where('key', '=', claim.key)
      .where('holder', '=', claim.holder)
      .where('outcome', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  function inSeconds(seconds: number): number {
    return Math.floor(now() + seconds * 1000);
  }

  return {
    async claim(claim, seconds) {
      for (;;) {
        // Who waits for another asks often: it writes nothing.
        const found = await read(claim.key);
        if (found) return found;
        if (await take(claim, seconds)) return { state: 'claimed' };
      }
    },
    renew: (claim, seconds) => change(claim, { expires_at: inSeconds(seconds) }),
    settle: (claim, outcome, seconds) => change(claim, { outcome, expires_at: inSeconds(seconds) }),
    async release(claim) {
      await db
        .deleteFrom('once_results')
        .where('key', '=', claim.key)
        .where('holder', '=', claim.holder)
        .where('outcome', 'is', null)
        .execute();
    },
    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('once_results')
        .where('expires_at', '<', before)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
