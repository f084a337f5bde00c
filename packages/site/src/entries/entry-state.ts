import type { Entry, EntryState } from './entry.ts';

/** What people write of an entry, without what the database says of it: for drafts, revisions and copies. */
export function entryState({
  type,
  enabled,
  postAt,
  expiresAt,
  authorIds,
  parentId,
  sites,
}: EntryState): EntryState {
  return { type, enabled, postAt, expiresAt, authorIds, parentId, sites };
}

/** An entry with another state, as if it were saved: for showing a draft or a revision of it. */
export function withState(entry: Entry, state: EntryState): Entry {
  return { ...entry, ...entryState(state) };
}
