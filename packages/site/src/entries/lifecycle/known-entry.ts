import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { Editor } from '../editor.ts';
import type { Entry } from '../entry.ts';
import { mayEntry } from '../may-entry.ts';
import { entryNotFound } from '../require-entry.ts';
import { lockEntry } from '../saving/lock-entry.ts';
import { statusOf } from '../status.ts';

type Knowing = Pick<Services, 'settings' | 'content' | 'now'>;

/** An entry that somebody asks for, with its section. */
export interface KnownEntry {
  readonly entry: Entry;
  readonly section: ContentSection;
}

/** Throws 404 where there is no such entry, and the very same for one that the editor is not to know of. */
export async function findKnownEntry(
  services: Knowing,
  { entries }: Pick<Stores, 'entries'>,
  editor: Editor,
  id: number,
): Promise<KnownEntry> {
  return known(services, editor, await entries.find(id));
}

/** As `findKnownEntry`, with section and entry locked. */
export async function lockKnownEntry(
  services: Knowing,
  stores: Pick<Stores, 'entries'>,
  editor: Editor,
  id: number,
): Promise<KnownEntry> {
  const { section } = await findKnownEntry(services, stores, editor, id);
  return known(services, editor, await lockEntry(stores, section, id));
}

/** Throws 404 unless the editor may see the entry on any of its sites. */
export function known(services: Knowing, editor: Editor, entry: Entry | undefined): KnownEntry {
  const section = entry && services.content.section(entry.section);
  if (entry === undefined || section === undefined) throw entryNotFound();
  if (visibleSites(services, editor, { entry, section }).length === 0) throw entryNotFound();
  return { entry, section };
}

/** Handles of the sites that the editor may see the entry on: all with the right to view it, else those where it is live. */
export function visibleSites(
  { settings, content, now }: Knowing,
  editor: Editor,
  { entry, section }: KnownEntry,
): readonly string[] {
  const time = now();
  return Object.keys(entry.sites).filter((site) => {
    const live = statusOf(entry, site, time) === 'live';
    return mayEntry({ act: 'view', editor, section, entry, live, settings, content }) === 'allow';
  });
}
