import { isInputError } from 'portico';
import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { writeEntry } from './write-entry.ts';

/**
 * Sees that a single has its one entry on each of its sites: makes it, enabled and named like the section, or adds what a site
 * lacks. To be called in a transaction. Throws where another entry has its URI.
 */
export async function ensureSingle(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Stores,
  section: ContentSection,
): Promise<void> {
  await stores.entries.lockSection(section.handle);
  const former = await stores.entries.findSingle(section.handle);
  const sites = [...section.sites.keys()];
  const has = (site: string): boolean => former !== undefined && Object.hasOwn(former.sites, site);
  const missing = sites.filter((site) => !has(site));
  const origin = sites.find(has) ?? sites[0] ?? '';
  const [type] = section.types;
  if (missing.length === 0 || type === undefined) return;
  const first = former?.sites[origin];
  const made: EntrySiteState = {
    title: first?.title ?? section.name,
    slug: first?.slug ?? section.handle,
    uri: null,
    enabled: true,
    fields: first?.fields ?? {},
  };
  const state: EntryState = {
    ...(former ?? { type: type.handle, enabled: true, postAt: null, expiresAt: null }),
    authorIds: [],
    parentId: null,
    sites: { ...former?.sites, ...Object.fromEntries(missing.map((site) => [site, made])) },
  };
  try {
    await writeEntry(services, stores, {
      section,
      former,
      state,
      origin,
      draft: false,
      editor: { kind: 'server', userId: null },
      notes: null,
      checkComplete: false,
    });
  } catch (error) {
    if (!isInputError(error)) throw error;
    const reasons = Object.values(error.fields).flatMap((messages) => messages ?? []);
    throw new Error(
      `The entry of the single ${section.handle} cannot be made: ${reasons.join(' ')} ` +
        'Another entry may have its URI: change its slug, or the uriFormat of the single.',
      { cause: error },
    );
  }
}
