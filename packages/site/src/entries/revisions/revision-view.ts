import type { Settings } from '../../config.ts';
import { publicUserOf, type PublicUser } from '../../users/user-view.ts';
import type { ListedRevision } from './find-revisions.ts';

/** What answers show of a revision beside its state. */
export interface RevisionView {
  readonly num: number;
  readonly notes: string | null;
  /** Null for guests, server code, and users who are gone. */
  readonly creator: PublicUser | null;
  /** ISO string. */
  readonly dateCreated: string;
}

/** A revision by allow-list. */
export function revisionView(
  { num, notes, creator, createdAt }: ListedRevision,
  settings: Pick<Settings, 'base'>,
): RevisionView {
  return {
    num,
    notes,
    creator: creator && publicUserOf(creator, settings),
    dateCreated: new Date(createdAt).toISOString(),
  };
}
