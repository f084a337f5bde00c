import { expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED } from './entry-fixtures.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('authors of entries', ({ open }) => {
  async function opened() {
    const { database } = await open();
    const { entries, users } = database;
    const [ada, bob, cy] = (await Promise.all(
      ['ada', 'bob', 'cy'].map(async (name) => (await users.insert(userNamed(name), NOW)).id),
    )) as [number, number, number];
    const by = async (slug: string, ...authorIds: number[]): Promise<number> => {
      const given = entryNamed(slug, { authorIds, creatorId: authorIds[0] ?? null });
      return (await entries.insert(given, NO_DERIVED, 'end', NOW)).id;
    };
    const authorsOf = async (id: number) => (await entries.find(id))?.authorIds;
    return { ...database, ada, bob, cy, by, authorsOf };
  }

  it('are told with whether they are the only ones', async () => {
    const { entries, ada, bob, by } = await opened();
    const sole = await by('sole', ada);
    const shared = await by('shared', bob, ada);
    await by('other', bob);
    await entries.delete(await by('gone', ada), NOW);
    expect(await entries.byAuthor(ada)).toEqual([
      { id: sole, isSole: true },
      { id: shared, isSole: false },
    ]);
    expect(await entries.byAuthor(99)).toEqual([]);
  });

  it('find the drafts that they began and never published, last saved first', async () => {
    const { entries, ada, bob } = await opened();
    const begin = async (slug: string, creatorId: number, at: number) =>
      entries.insert(entryNamed(slug, { creatorId, draft: true }), NO_DERIVED, 'end', at);
    const first = await begin('first', ada, NOW);
    const second = await begin('second', ada, NOW + 1);
    const third = await begin('third', ada, NOW + 1);
    await begin('other', bob, NOW + 2);
    await entries.delete((await begin('gone', ada, NOW + 2)).id, NOW);
    const published = await begin('published', ada, NOW + 2);
    await entries.update(published.id, changesOf(published, { draft: false }), NO_DERIVED, NOW + 3);
    expect(await entries.unpublishedBy(ada, 10)).toEqual([third, second, first]);
    expect(await entries.unpublishedBy(ada, 2)).toEqual([third, second]);
    const saved = await entries.update(first.id, changesOf(first), NO_DERIVED, NOW + 9);
    expect(await entries.unpublishedBy(ada, 1)).toEqual([saved]);
    for (const nobody of [99, NaN]) expect(await entries.unpublishedBy(nobody, 10)).toEqual([]);
  });

  it('are put in the place of one another, and never twice', async () => {
    const { entries, entryRevisions, ada, bob, cy, by, authorsOf } = await opened();
    const sole = await by('sole', ada);
    const between = await by('between', cy, ada);
    const first = await by('first', ada, cy, bob);
    const last = await by('last', bob, cy, ada);
    const others = await by('others', cy);
    const deleted = await by('deleted', ada);
    await entries.delete(deleted, NOW);
    const state = (await entries.find(sole))!;
    const revision = { entryId: sole, creatorId: ada, notes: null, state };
    await entryRevisions.add(revision, 0, NOW);

    await entries.replaceAuthor(ada, bob);
    expect(await authorsOf(sole)).toEqual([bob]);
    expect(await authorsOf(between)).toEqual([cy, bob]);
    expect(await authorsOf(first)).toEqual([bob, cy]);
    expect(await authorsOf(last)).toEqual([bob, cy]);
    expect(await authorsOf(others)).toEqual([cy]);
    expect(await entries.findDeleted(deleted)).toMatchObject({ authorIds: [bob], creatorId: bob });
    expect(await entries.find(sole)).toMatchObject({ creatorId: bob });
    expect(await entryRevisions.find(sole, 1)).toMatchObject({ creatorId: bob });
    expect(await entries.byAuthor(ada)).toEqual([]);
    expect(await entries.find(others)).toMatchObject({ creatorId: cy });
  });

  it('are left out where there is no heir', async () => {
    const { entries, ada, bob, by, authorsOf } = await opened();
    const sole = await by('sole', ada);
    const shared = await by('shared', ada, bob);
    await entries.replaceAuthor(ada, null);
    expect(await entries.find(sole)).toMatchObject({ authorIds: [], creatorId: null });
    expect(await authorsOf(shared)).toEqual([bob]);
  });

  it('who inherit from themselves lose nothing', async () => {
    const { entries, ada, bob, by, authorsOf } = await opened();
    const id = await by('a', bob, ada);
    await entries.replaceAuthor(ada, ada);
    expect(await authorsOf(id)).toEqual([bob, ada]);
  });

  it('may be named twice, and are one', async () => {
    const { ada, bob, by, authorsOf, entries } = await opened();
    const id = await by('a', bob, ada, bob);
    expect(await authorsOf(id)).toEqual([bob, ada]);
    const changes = changesOf((await entries.find(id))!, { authorIds: [ada, ada] });
    expect((await entries.update(id, changes, NO_DERIVED, NOW)).authorIds).toEqual([ada]);
  });

  it('whose account goes leave their entries, and take their drafts along', async () => {
    const { entries, entryDrafts, entryRevisions, assets, users, ada, bob, by } = await opened();
    const id = await by('a', ada, bob);
    const entry = (await entries.find(id))!;
    for (const creatorId of [ada, bob])
      await entryDrafts.save({ entryId: id, creatorId, baseVersion: 1, notes: null, state: entry }, NOW);
    await entryRevisions.add({ entryId: id, creatorId: ada, notes: null, state: entry }, 0, NOW);
    const file = { volume: 'images', filename: 'a.png', kind: 'image' as const, mediaType: 'image/png' };
    const more = { bytes: 1, width: 1, height: 1, storageKey: 'x', uploaderId: ada, uid: 'u' };
    const asset = await assets.insert({ ...file, ...more }, NOW);

    await users.delete(ada);
    expect(await entries.find(id)).toEqual({ ...entry, authorIds: [bob], creatorId: null });
    expect((await entryDrafts.listOf(id)).map(({ creatorId }) => creatorId)).toEqual([bob]);
    expect(await entryRevisions.find(id, 1)).toMatchObject({ creatorId: null });
    expect(await assets.find(asset.id)).toMatchObject({ uploaderId: null });
  });
});
