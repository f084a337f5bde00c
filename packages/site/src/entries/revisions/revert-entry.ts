import { ActionError } from 'portico';
import type { Services } from '../../services.ts';
import { currentEditor } from '../current-editor.ts';
import { editorId, type Editor } from '../editor.ts';
import type { Entry } from '../entry.ts';
import { dropUnavailable } from '../lifecycle/drop-unavailable.ts';
import { lockKnownEntry } from '../lifecycle/known-entry.ts';
import { originOf } from '../lifecycle/origin.ts';
import type { EntryAsk } from '../may-entry.ts';
import { requireEntry } from '../require-entry.ts';
import { inFreeUris } from '../saving/in-free-uris.ts';
import { requireVersion } from '../saving/version-conflict.ts';
import { writeEntry } from '../saving/write-entry.ts';
import { revisionNotFound } from './find-revisions.ts';
import { presentState } from './present-state.ts';
import { stateOfRevision } from './state-of-revision.ts';

export interface Revert {
  readonly entryId: number;
  readonly num: number;
  /** Of the entry, as the form was made from it; none: whatever it is. */
  readonly version?: number | undefined;
}

export interface Reverted {
  readonly entry: Entry;
  /** Labels of what could not come back, since it names what is gone. */
  readonly dropped: readonly string[];
}

/**
 * Makes a former state of an entry the one of today, as if it were saved so: see `stateOfRevision` for what comes back. Asks
 * the rights of a save, those to change authors included. Throws 404 for an entry the editor may not know of and a revision
 * that is none, 403 without the rights, 409 where the entry was saved since the form was made or its entry type is no more.
 */
export function revertEntry(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  asker: Editor,
  { entryId, num, version }: Revert,
): Promise<Reverted> {
  const { settings, content, database } = services;
  return inFreeUris(database, async (stores) => {
    const editor = await currentEditor(stores, asker);
    const { entry, section } = await lockKnownEntry(services, stores, editor, entryId);
    const ask = { editor, section, entry, sites: Object.keys(entry.sites), settings, content } as const;
    requireEntry({ ...ask, act: 'save' });
    const revision = await stores.entryRevisions.find(entryId, num);
    if (revision === undefined) throw revisionNotFound();
    const type = content.type(section, revision.state.type);
    const trusted = editor.kind === 'server';
    const former = stateOfRevision(entry, revision.state, content, section, { trusted });
    if (type === undefined || former === undefined) throw typeIsGone(num, revision.state.type);
    const site = originOf(former, content);
    await requireVersion(services, stores, entry, version, { state: former, site });
    const { state, dropped } = await presentState(stores, entry, former);
    const rest = await dropUnavailable(services, stores, editor, type, state.sites, entry.sites);
    requireAuthors(ask, editor, entry, state.authorIds);
    const saved = await writeEntry(services, stores, {
      section,
      former: entry,
      state: { ...state, sites: rest.sites },
      origin: site,
      draft: entry.draft,
      editor,
      notes: `Reverted to revision ${num}.`,
    });
    return { entry: saved, dropped: [...dropped, ...rest.dropped] };
  });
}

/** As a save asks: nobody gives away what is not his, or writes in another's name. */
function requireAuthors(
  ask: Omit<EntryAsk, 'act'>,
  editor: Editor,
  entry: Entry,
  authorIds: readonly number[],
): void {
  if (authorIds.join() === entry.authorIds.join()) return;
  requireEntry({ ...ask, act: 'changeAuthor' });
  const selfId = editorId(editor);
  if (selfId !== null && authorIds.includes(selfId)) return;
  requireEntry({ ...ask, act: 'save', entry: { draft: false, creatorId: selfId, authorIds } });
}

function typeIsGone(num: number, type: string): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: `Revision ${num} is of the entry type “${type}”, which this section no longer has.`,
  });
}
