import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Entry } from '../entry.ts';
import { entryNotFound } from '../require-entry.ts';

/**
 * Locks a section where its entries depend on one another: the tree of a structure, the one entry of a single. Those of a
 * channel do not, and are saved side by side: only who makes one waits for others, when it chooses a slug (`writeEntry`), and
 * who meets a taken one begins again (`inFreeUris`).
 */
export async function lockOrder(
  { entries }: Pick<Stores, 'entries'>,
  { type, handle }: ContentSection,
): Promise<void> {
  if (type !== 'channel') await entries.lockSection(handle);
}

/**
 * Locks the section, if need be, and the entry in it, in this order, for what is to be saved. Throws 404 where the entry is
 * gone, or in another section.
 */
export async function lockEntry(
  stores: Pick<Stores, 'entries'>,
  section: ContentSection,
  id: number,
): Promise<Entry> {
  await lockOrder(stores, section);
  const entry = await stores.entries.lock(id);
  if (entry === undefined || entry.section !== section.handle) throw entryNotFound();
  return entry;
}
