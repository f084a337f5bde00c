import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import type { Entry } from '../entry.ts';
import { settlePaths } from '../saving/settle-paths.ts';

/**
 * Puts any number of entries aside, to be restored until they are purged; the entries below them move up, and get the paths
 * they have there. Whether anybody may is asked before. To be called in a transaction; those that are not there are left out.
 */
export async function discardEntries(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Pick<Stores, 'entries' | 'users'>,
  ids: readonly number[],
): Promise<void> {
  const { entries } = stores;
  const found = await entries.findMany(ids);
  const sections = new Set(found.map(({ section }) => section));
  for (const section of [...sections].toSorted()) await entries.lockSection(section);
  const structures = services.content.sections.filter(
    ({ handle, type }) => type === 'structure' && sections.has(handle),
  );
  const below = new Map<ContentSection, readonly number[]>();
  for (const section of structures)
    below.set(
      section,
      await allBelow(
        stores,
        found.filter(({ section: of }) => of === section.handle),
      ),
    );
  await entries.deleteMany(ids, services.now());
  for (const [section, belowIds] of below) {
    const lifted = await entries.findMany(belowIds);
    const parentIds = new Set(lifted.map(({ parentId }) => parentId));
    const parents = await entries.findMany([...parentIds].flatMap((id) => id ?? []));
    const own = new Set(lifted.map(({ id }) => id));
    const above = new Map<number | null, Entry | undefined>(
      parents.filter(({ id }) => !own.has(id)).map((parent) => [parent.id, parent]),
    );
    if (parentIds.has(null)) above.set(null, undefined);
    await settlePaths(services, stores, section, above, lifted);
  }
}

async function allBelow(
  { entries }: Pick<Stores, 'entries'>,
  gone: readonly Entry[],
): Promise<readonly number[]> {
  const below = new Set<number>();
  for (const { id } of gone.toSorted((one, other) => one.level - other.level))
    if (!below.has(id)) for (const entry of await entries.descendants(id)) below.add(entry.id);
  return [...below];
}
