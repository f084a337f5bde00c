import type { EntryDerived, NewEntry } from '../../packages/site/src/entries/entry-store.ts';
import type { ContentSite } from './content-model.ts';

const NOTHING: EntryDerived = {
  sites: { default: { keywords: 'some words of a text that is searched', references: [] } },
};

/** Microseconds that a new entry and a change of it take, in a transaction, at the median. */
export async function timeSave({ services }: ContentSite, at: number): Promise<number> {
  const { database } = services;
  const now = services.now();
  const state = (title: string): NewEntry => ({
    ...{ section: 'posts', type: 'post', draft: false, creatorId: null, enabled: true, authorIds: [] },
    ...{ postAt: now, expiresAt: null, parentId: null },
    sites: {
      default: {
        ...{ title, slug: `saved-${at}`, uri: `posts/saved-${at}`, enabled: true },
        fields: { body: 'Some words.', rating: 50, colour: 'red', featured: true },
      },
    },
  });
  const start = performance.now();
  await database.transaction(async (stores) => {
    await stores.entries.lockSection('posts');
    const place = { section: 'posts', site: 'default', exceptId: null };
    await stores.entries.takenSlugs(place, [`saved-${at}`]);
    const { id } = await stores.entries.insert(state('Made'), NOTHING, 'end', now);
    await stores.entries.update(id, state('Changed'), NOTHING, now);
  });
  return 1000 * (performance.now() - start);
}
