import type { EntryState } from './entry.ts';

/** What an entry was after a save. Never changes. */
export interface EntryRevision {
  readonly entryId: number;
  /** Counts from 1 within the entry; never given out twice. */
  readonly num: number;
  /** Who saved it; null for guests, server code, and users who are gone. */
  readonly creatorId: number | null;
  readonly notes: string | null;
  readonly state: EntryState;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface EntryRevisionStore {
  find(entryId: number, num: number): Promise<EntryRevision | undefined>;
  /** Newest first, without their states. */
  listOf(
    entryId: number,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<{ readonly revisions: ReadonlyArray<Omit<EntryRevision, 'state'>>; readonly total: number }>;
  /** Adds one with the next number, and removes the oldest beyond `keep`. To be called with the entry locked. */
  add(revision: Omit<EntryRevision, 'num' | 'createdAt'>, keep: number, now: number): Promise<EntryRevision>;
}
