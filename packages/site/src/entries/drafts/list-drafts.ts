import type { Services } from '../../services.ts';
import type { User } from '../../users/user.ts';
import type { EntryDraft } from '../draft-store.ts';
import { findKnownEntry, type KnownEntry } from '../lifecycle/known-entry.ts';
import { mayEntry } from '../may-entry.ts';

export interface ListedDraft {
  readonly draft: EntryDraft;
  /** Null for a user who is gone in this moment. */
  readonly creator: User | null;
}

export interface EntryDrafts extends KnownEntry {
  /** Last saved first. */
  readonly drafts: readonly ListedDraft[];
}

/**
 * The unpublished changes to an entry that a user may see: his own, and with `viewPeerEntryDrafts` those of others. Throws
 * 404 where he knows of no such entry.
 */
export async function listDrafts(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  user: User,
  entryId: number,
): Promise<EntryDrafts> {
  const { settings, content, database } = services;
  const editor = { kind: 'user', user } as const;
  const known = await findKnownEntry(services, database, editor, entryId);
  const drafts = (await database.entryDrafts.listOf(entryId)).filter(({ creatorId }) => {
    const ask = { editor, ...known, draftCreatorId: creatorId, settings, content };
    return mayEntry({ ...ask, act: 'viewDraft' }) === 'allow';
  });
  const creators = await database.users.findMany(drafts.map(({ creatorId }) => creatorId));
  const byId = new Map(creators.map((creator) => [creator.id, creator]));
  return {
    ...known,
    drafts: drafts.map((draft) => ({ draft, creator: byId.get(draft.creatorId) ?? null })),
  };
}
