import type { EntryState } from './entry.ts';

/** A user's own unpublished changes to an entry: at most one a user and entry. Craft calls it provisional. */
export interface EntryDraft {
  readonly entryId: number;
  readonly creatorId: number;
  /** The version of the entry that it was begun from. */
  readonly baseVersion: number;
  readonly notes: string | null;
  readonly state: EntryState;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface EntryDraftStore {
  find(entryId: number, creatorId: number): Promise<EntryDraft | undefined>;
  /** Of everybody, newest first. */
  listOf(entryId: number): Promise<readonly EntryDraft[]>;
  /** Of one user, newest first, whether or not their entries are deleted. */
  listBy(creatorId: number, limit: number): Promise<readonly EntryDraft[]>;
  /** Makes it or puts it in the place of the one there is, which keeps its `createdAt`. */
  save(draft: Omit<EntryDraft, 'createdAt' | 'updatedAt'>, now: number): Promise<EntryDraft>;
  delete(entryId: number, creatorId: number): Promise<void>;
  /** Removes those that were last saved before then. */
  purge(before: number): Promise<number>;
}
