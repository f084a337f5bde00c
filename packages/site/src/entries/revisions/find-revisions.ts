import { ActionError } from 'portico';
import type { Stores } from '../../database.ts';
import type { Field } from '../../fields/field.ts';
import type { Services } from '../../services.ts';
import type { User } from '../../users/user.ts';
import type { Editor } from '../editor.ts';
import type { EntryState } from '../entry.ts';
import { findKnownEntry, type KnownEntry } from '../lifecycle/known-entry.ts';
import { requireEntry } from '../require-entry.ts';
import type { EntryRevision } from '../revision-store.ts';
import { compareStates, type Difference } from './compare-states.ts';
import { stateOfRevision } from './state-of-revision.ts';

type Reading = Pick<Services, 'database' | 'settings' | 'content' | 'now'>;

/** A revision without its state, with who made it; null for guests, server code, and users who are gone. */
export type ListedRevision = Omit<EntryRevision, 'state'> & { readonly creator: User | null };

export interface RevisionPage {
  /** Newest first. */
  readonly revisions: readonly ListedRevision[];
  readonly total: number;
}

/** A revision with who made it; null for guests, server code, and users who are gone. */
type MadeRevision = EntryRevision & { readonly creator: User | null };

export interface FoundRevision extends KnownEntry {
  readonly revision: MadeRevision;
  /** What it is compared with; null: the entry as it is today. */
  readonly other: MadeRevision | null;
  /**
   * What the other one, or the entry of today, has in the place of what a revert to `revision` would bring back, of the fields
   * that forms may write.
   */
  readonly differences: readonly Difference[];
}

/** An entry whose revisions the editor may see: one he may save. Throws 404 and 403. */
export async function entryWithRevisions(
  services: Reading,
  editor: Editor,
  entryId: number,
): Promise<KnownEntry> {
  const { settings, content, database } = services;
  const known = await findKnownEntry(services, database, editor, entryId);
  requireEntry({ act: 'save', editor, ...known, settings, content });
  return known;
}

/** A page of the revisions of an entry. Asks nobody's permission. */
export async function listRevisions(
  { entryRevisions, users }: Pick<Stores, 'entryRevisions' | 'users'>,
  entryId: number,
  page: { readonly limit: number; readonly offset: number },
): Promise<RevisionPage> {
  const { revisions, total } = await entryRevisions.listOf(entryId, page);
  const creatorIds = revisions.flatMap(({ creatorId }) => creatorId ?? []);
  const creators = new Map((await users.findMany(creatorIds)).map((user) => [user.id, user]));
  return {
    revisions: revisions.map((revision) => ({
      ...revision,
      creator: creators.get(revision.creatorId ?? 0) ?? null,
    })),
    total,
  };
}

/**
 * A revision of an entry and what became of it since, or until another revision. Throws 404 where there is none of these
 * numbers.
 */
export async function findRevision(
  { content, database }: Pick<Services, 'content' | 'database'>,
  { entry, section }: KnownEntry,
  num: number,
  otherNum?: number,
): Promise<FoundRevision> {
  const revision = await madeRevision(database, entry.id, num);
  const other = otherNum === undefined ? null : await madeRevision(database, entry.id, otherNum);
  const asToday = ({ state }: EntryRevision): EntryState =>
    stateOfRevision(entry, state, content, section, { trusted: false }) ?? state;
  const after = other === null ? entry : asToday(other);
  return {
    entry,
    section,
    revision,
    other,
    differences: compareStates(asToday(revision), after, content, section, isShown),
  };
}

async function madeRevision(
  { entryRevisions, users }: Pick<Stores, 'entryRevisions' | 'users'>,
  entryId: number,
  num: number,
): Promise<MadeRevision> {
  const revision = await entryRevisions.find(entryId, num);
  if (revision === undefined) throw revisionNotFound();
  const { creatorId } = revision;
  const creator = creatorId === null ? undefined : await users.find(creatorId);
  return { ...revision, creator: creator ?? null };
}

function isShown({ options }: Field): boolean {
  return options.frontend === true;
}

export function revisionNotFound(): ActionError {
  return new ActionError({ code: 'NOT_FOUND', message: 'Revision not found' });
}
