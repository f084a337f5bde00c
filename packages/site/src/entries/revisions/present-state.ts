import type { Stores } from '../../database.ts';
import type { User } from '../../users/user.ts';
import type { Entry, EntryState } from '../entry.ts';

export interface PresentState {
  readonly state: EntryState;
  /** What it had to leave out, for people. */
  readonly dropped: readonly string[];
}

/**
 * A former state of an entry without the authors and the parent that are gone since; an author who cannot sign in comes back
 * as little as he could be chosen. Where no author is left it has those of today; where its parent is gone, or would be below the entry itself, the one of today.
 */
export async function presentState(
  stores: Pick<Stores, 'entries' | 'users'>,
  entry: Entry,
  state: EntryState,
): Promise<PresentState> {
  const users = await stores.users.findMany(state.authorIds);
  const authors = users.filter((user) => entry.authorIds.includes(user.id) || canSignIn(user));
  const parentId = await presentParent(stores, entry, state.parentId);
  return {
    state: {
      ...state,
      authorIds: authors.length > 0 ? authors.map(({ id }) => id) : entry.authorIds,
      parentId,
    },
    dropped: [
      ...(authors.length < state.authorIds.length ? ['Authors'] : []),
      ...(parentId === state.parentId ? [] : ['Parent']),
    ],
  };
}

function canSignIn({ status, suspended }: User): boolean {
  return status === 'active' && !suspended;
}

async function presentParent(
  { entries }: Pick<Stores, 'entries'>,
  entry: Entry,
  parentId: number | null,
): Promise<number | null> {
  if (parentId === null || parentId === entry.parentId) return parentId;
  const parent = await entries.find(parentId);
  if (parent?.section !== entry.section || parent.draft || parent.id === entry.id) return entry.parentId;
  const below = await entries.descendants(entry.id);
  return below.some(({ id }) => id === parentId) ? entry.parentId : parentId;
}
