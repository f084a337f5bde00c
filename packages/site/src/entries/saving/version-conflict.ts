import { ActionError } from 'portico';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { entryView, type EntryView } from '../entry-view.ts';
import { withState } from '../entry-state.ts';
import type { Entry, EntryState } from '../entry.ts';

/** The data of a 409 `CONFLICT`: what was sent, and what there is by now. */
export interface EntryConflict {
  /** As it was wanted. */
  readonly entry: EntryView;
  /** As it is. */
  readonly current: EntryView;
  /** The `version` to send in order to save over it. */
  readonly currentVersion: number;
}

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
  const conflict: EntryConflict = {
    entry: entryView(withState(former, state), viewing),
    current: entryView(former, viewing),
    currentVersion: former.version,
  };
  throw new ActionError({
    code: 'CONFLICT',
    message: 'Somebody saved this entry while you were writing. Nothing of yours was saved yet.',
    data: conflict,
  });
}
