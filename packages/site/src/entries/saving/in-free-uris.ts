import type { Database, Stores } from '../../database.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import { TakenUriError } from '../entry-store.ts';

// Each time somebody else was faster.
const ATTEMPTS = 4;

/** The same database, whose transactions are those of `inFreeUris`. */
export function databaseInFreeUris(database: Database): Database {
  return { ...database, transaction: (work) => inFreeUris(database, work) };
}

/**
 * A transaction that saves entries. Sections are locked one by one, and their paths meet on a site: where an entry of another
 * section took a path in between, all is done again. Throws an input error at `slug` where that goes on.
 */
export async function inFreeUris<Result>(
  database: Pick<Database, 'transaction'>,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (!(error instanceof TakenUriError)) throw error;
      if (attempt === ATTEMPTS)
        throw inputErrors({ slug: 'Another entry was just saved under this slug. Please save once more.' });
    }
  }
}
