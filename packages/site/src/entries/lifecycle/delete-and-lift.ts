import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { Entry } from '../entry.ts';
import { settlePaths } from '../saving/settle-paths.ts';

/**
 * Deletes an entry of a structure and gives the entries that were below it, which move up, the paths they have there. To be
 * called with section and entry locked.
 */
export async function deleteAndLift(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Pick<Stores, 'entries' | 'users'>,
  section: ContentSection,
  entry: Entry,
): Promise<void> {
  const below = await stores.entries.descendants(entry.id);
  await stores.entries.delete(entry.id, services.now());
  if (below.length === 0) return;
  const lifted = await stores.entries.findMany(below.map(({ id }) => id));
  const parent = entry.parentId === null ? undefined : await stores.entries.find(entry.parentId);
  await settlePaths(services, stores, section, new Map([[entry.parentId, parent]]), lifted);
}
