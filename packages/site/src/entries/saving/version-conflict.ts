import { ActionError } from 'portico';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { entryView } from '../entry-view.ts';
import { withState } from '../entry-state.ts';
import type { Entry, EntryState } from '../entry.ts';

/**
 * Throws 409 `CONFLICT` where the entry was saved since the `version` that a form was made from, with both in its data: `entry`
 * as it was wanted, `current` as it is.
 */
export async function requireVersion(
  { content, settings, now }: Pick<Services, 'content' | 'settings' | 'now'>,
  { users }: Pick<Stores, 'users'>,
  former: Entry | undefined,
  version: number | undefined,
  { state, site }: { readonly state: EntryState; readonly site: string },
): Promise<void> {
  if (former === undefined || version === undefined || version === former.version) return;
  const authors = await users.findMany([...new Set([...former.authorIds, ...state.authorIds])]);
  const viewing = { site, users: authors, content, settings, now: now() };
  throw new ActionError({
    code: 'CONFLICT',
    message: 'Somebody saved this entry while you were writing. Nothing of yours was saved yet.',
    data: {
      entry: entryView(withState(former, state), viewing),
      current: entryView(former, viewing),
      currentVersion: former.version,
    },
  });
}
