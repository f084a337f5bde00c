import { setTimeout } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** The transaction at hand, or one of its own. */
export function atomically<Result>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

const MAX_RETRIES = 3;
const PAUSE_MS = 20;

/** A new transaction, begun again up to three times after an error that may well not happen again. */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  isTransient: (error: unknown) => boolean,
  work: (transaction: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let retries = 0; ; retries++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (retries === MAX_RETRIES || !isTransient(error)) throw error;
    }
    // Or it might overtake the one it gave way to, and meet it again.
    await setTimeout(PAUSE_MS * 2 ** retries * (0.5 + Math.random()));
  }
}
