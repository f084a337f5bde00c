import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { Entry } from '../entry.ts';
import { onSite } from '../on-site.ts';
import { settlePaths } from './settle-paths.ts';

/**
 * Gives the entries below one of a structure the paths that follow from its new one, see `settlePaths`. To be called with the
 * section locked.
 */
export async function moveDescendants(
  services: Pick<Services, 'settings' | 'content'>,
  stores: Pick<Stores, 'entries' | 'users'>,
  section: ContentSection,
  former: Entry,
  entry: Entry,
): Promise<void> {
  if (section.type !== 'structure' || samePaths(former, entry)) return;
  const below = await stores.entries.descendants(entry.id);
  await settlePaths(services, stores, section, new Map([[entry.id, entry]]), below);
}

function samePaths(one: Entry, other: Entry): boolean {
  return Object.keys({ ...one.sites, ...other.sites }).every(
    (site) => onSite(one, site)?.uri === onSite(other, site)?.uri,
  );
}
