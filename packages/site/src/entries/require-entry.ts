import { ActionError } from 'portico';
import { forbidden } from '../users/forbidden.ts';
import { mayEntry, type EntryAsk } from './may-entry.ts';

/** Throws 401 or 403 unless `mayEntry` allows it. */
export function requireEntry(ask: EntryAsk): void {
  const verdict = mayEntry(ask);
  if (verdict === 'login') throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
  if (verdict === 'forbidden') throw forbidden();
}

/** The answer for an id that is no entry's, and for an entry the editor is not to know of. */
export function entryNotFound(): ActionError {
  return new ActionError({ code: 'NOT_FOUND', message: 'Entry not found' });
}
