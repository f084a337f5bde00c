import type { Services } from '../services.ts';
import { lockedAfter } from './login/lockout.ts';
import type { UserPage, UserSearch } from './user-store.ts';

/** A page of the users that a search finds, newest first. `locked` are those who are locked now. */
export function findUsers(
  { database, settings, now }: Pick<Services, 'database' | 'settings' | 'now'>,
  search: Omit<UserSearch, 'lockedAfter'>,
): Promise<UserPage> {
  return database.users.list({ ...search, lockedAfter: lockedAfter(settings, now()) });
}
