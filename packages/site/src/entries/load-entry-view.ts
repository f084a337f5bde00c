import type { Services } from '../services.ts';
import { entryView, type EntryView, type EntryViewing } from './entry-view.ts';
import type { Entry } from './entry.ts';

/** What answers show of an entry, with its authors fetched. Not to be called in a transaction. */
export async function loadEntryView(
  { database, content, settings, now }: Pick<Services, 'database' | 'content' | 'settings' | 'now'>,
  entry: Entry,
  shown: Pick<EntryViewing, 'site' | 'isProvisionalDraft'>,
): Promise<EntryView> {
  const users = entry.authorIds.length === 0 ? [] : await database.users.findMany(entry.authorIds);
  return entryView(entry, { ...shown, users, content, settings, now: now() });
}
