import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { currentEditor } from '../current-editor.ts';
import type { Editor } from '../editor.ts';
import { entryState } from '../entry-state.ts';
import type { Entry, EntrySiteState, EntryState } from '../entry.ts';
import { mayEntry } from '../may-entry.ts';
import { entryNotFound } from '../require-entry.ts';
import { inFreeUris } from '../saving/in-free-uris.ts';
import { lockEntry } from '../saving/lock-entry.ts';
import { writeEntry } from '../saving/write-entry.ts';
import { originOf } from './origin.ts';

/**
 * Takes a deleted entry back as it was, with another slug and URI where somebody else has got its own meanwhile, and at the
 * top of its structure where its parent is gone. Throws 404 where nothing deleted has this id, and the very same without the
 * right to delete it: nobody else knows what was.
 */
export function restoreEntry(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  asker: Editor,
  id: number,
): Promise<Entry> {
  const { content, now, database } = services;
  return inFreeUris(database, async (stores) => {
    const editor = await currentEditor(stores, asker);
    const found = await stores.entries.findDeleted(id);
    if (found !== undefined) await stores.entries.lockSection(found.section);
    // Somebody else may have restored it before the section was locked.
    const deleted = await stores.entries.findDeleted(id);
    const section = deleted && content.section(deleted.section);
    if (deleted === undefined || section === undefined || !mayRestore(services, editor, deleted, section)) {
      throw entryNotFound();
    }
    await stores.entries.restore(id, now());
    const former = await lockEntry(stores, section, id);
    return writeEntry(services, stores, {
      section,
      former: { ...former, sites: withoutSlugs(former) },
      state: { ...entryState(deleted), parentId: await presentParent(stores, section, deleted) },
      origin: originOf(deleted, content),
      draft: deleted.draft,
      editor,
      notes: 'Restored.',
      checkComplete: false,
    });
  });
}

function mayRestore(
  { settings, content }: Pick<Services, 'settings' | 'content'>,
  editor: Editor,
  entry: Entry,
  section: ContentSection,
): boolean {
  const sites = Object.keys(entry.sites);
  return mayEntry({ act: 'delete', editor, section, entry, sites, settings, content }) === 'allow';
}

// It has given them up when it was deleted: they are to be free once more.
function withoutSlugs({ sites }: EntryState): Readonly<Record<string, EntrySiteState>> {
  return Object.fromEntries(
    Object.entries(sites).map(([site, state]) => [site, { ...state, slug: null, uri: null }]),
  );
}

async function presentParent(
  { entries }: Pick<Stores, 'entries'>,
  { handle, maxLevels }: ContentSection,
  { parentId }: Entry,
): Promise<number | null> {
  const parent = parentId === null ? undefined : await entries.find(parentId);
  // It may have been moved further down meanwhile.
  const isPlace = parent?.section === handle && !parent.draft && parent.level < maxLevels;
  return isPlace ? parentId : null;
}
