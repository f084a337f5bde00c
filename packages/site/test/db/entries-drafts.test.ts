import { expect, it } from 'vitest';
import type { Entry, EntryState } from '../../src/entries/entry.ts';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED, siteState } from './entry-fixtures.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;
const NOWHERE = [0, 99, 1.5, NaN, 2 ** 60, 2 ** 40];

function stateOf(entry: Entry, more: Partial<EntryState> = {}): EntryState {
  const { draft: _, ...state } = changesOf(entry);
  return { ...state, ...more };
}

describeDatabases('drafts and revisions', ({ open }) => {
  async function opened() {
    const { database } = await open();
    const ada = (await database.users.insert(userNamed('ada'), NOW)).id;
    const bob = (await database.users.insert(userNamed('bob'), NOW)).id;
    const entry = await database.entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW);
    return { ...database, ada, bob, entry };
  }

  it('keep a user’s changes, and replace them by newer ones', async () => {
    const { entryDrafts, entry, ada, bob } = await opened();
    const sites = { en: siteState(null, { fields: { body: 'x', list: [1, { a: null }] } }) };
    const given = {
      entryId: entry.id,
      creatorId: ada,
      baseVersion: 3,
      notes: 'why',
      state: stateOf(entry, { sites }),
    };
    const first = await entryDrafts.save(given, NOW);
    expect(first).toEqual({ ...given, createdAt: NOW, updatedAt: NOW });
    expect(await entryDrafts.find(entry.id, ada)).toEqual(first);
    const newer = { ...given, baseVersion: 4, notes: null, state: stateOf(entry) };
    const second = await entryDrafts.save(newer, NOW + 1);
    expect(second).toEqual({ ...newer, createdAt: NOW, updatedAt: NOW + 1 });
    const bobs = await entryDrafts.save({ ...given, creatorId: bob }, NOW + 2);
    expect(await entryDrafts.listOf(entry.id)).toEqual([bobs, second]);
    await entryDrafts.delete(entry.id, ada);
    expect(await entryDrafts.find(entry.id, ada)).toBeUndefined();
    expect(await entryDrafts.listOf(entry.id)).toEqual([bobs]);
  });

  it('are listed by user, newest first', async () => {
    const { entries, entryDrafts, entry, ada, bob } = await opened();
    const other = await entries.insert(entryNamed('b'), NO_DERIVED, 'end', NOW);
    const begin = (entryId: number, creatorId: number, at: number) =>
      entryDrafts.save({ entryId, creatorId, baseVersion: 1, notes: null, state: stateOf(entry) }, at);
    await begin(entry.id, ada, NOW);
    const newer = await begin(other.id, ada, NOW + 1);
    await begin(other.id, bob, NOW + 2);
    const newest = await begin(entry.id, ada, NOW + 3);
    expect(await entryDrafts.listBy(ada, 10)).toEqual([newest, newer]);
    expect(await entryDrafts.listBy(ada, 1)).toEqual([newest]);
    await entries.delete(other.id, NOW);
    expect(await entryDrafts.listBy(ada, 10)).toEqual([newest, newer]);
    for (const nobody of [99, NaN]) expect(await entryDrafts.listBy(nobody, 10)).toEqual([]);
  });

  it('are not found where there are none', async () => {
    const { entryDrafts, entryRevisions, entry, ada } = await opened();
    for (const id of NOWHERE) {
      expect(await entryDrafts.find(id, ada)).toBeUndefined();
      expect(await entryDrafts.find(entry.id, id)).toBeUndefined();
      expect(await entryDrafts.listOf(id)).toEqual([]);
      expect(await entryRevisions.find(id, 1)).toBeUndefined();
      expect(await entryRevisions.find(entry.id, id)).toBeUndefined();
      expect(await entryRevisions.listOf(id, { limit: 5, offset: 0 })).toEqual({ revisions: [], total: 0 });
    }
    const revision = { entryId: 99, creatorId: null, notes: null, state: stateOf(entry) };
    await expect(entryRevisions.add(revision, 0, NOW)).rejects.toThrow('99 does not exist');
  });

  it('are purged when nobody went on with them', async () => {
    const { entryDrafts, entry, ada, bob } = await opened();
    const given = { entryId: entry.id, baseVersion: 1, notes: null, state: stateOf(entry) };
    await entryDrafts.save({ ...given, creatorId: ada }, NOW);
    await entryDrafts.save({ ...given, creatorId: bob }, NOW);
    await entryDrafts.save({ ...given, creatorId: bob }, NOW + 1);
    expect(await entryDrafts.purge(NOW)).toBe(0);
    expect(await entryDrafts.purge(NOW + 1)).toBe(1);
    expect((await entryDrafts.listOf(entry.id)).map(({ creatorId }) => creatorId)).toEqual([bob]);
  });

  it('are numbered from 1, and listed newest first, part by part', async () => {
    const { entryRevisions, entry, ada } = await opened();
    const given = { entryId: entry.id, creatorId: ada, notes: 'first', state: stateOf(entry) };
    const first = await entryRevisions.add(given, 0, NOW);
    expect(first).toEqual({ ...given, num: 1, createdAt: NOW });
    expect(await entryRevisions.find(entry.id, 1)).toEqual(first);
    for (let count = 2; count <= 5; count++)
      await entryRevisions.add({ ...given, creatorId: null, notes: null }, 0, NOW + count);
    const { revisions, total } = await entryRevisions.listOf(entry.id, { limit: 2, offset: 3 });
    expect(total).toBe(5);
    expect(revisions).toEqual([
      { entryId: entry.id, num: 2, creatorId: null, notes: null, createdAt: NOW + 2 },
      { entryId: entry.id, num: 1, creatorId: ada, notes: 'first', createdAt: NOW },
    ]);
  });

  it('are so many at most, and no number is given out again', async () => {
    const { entryRevisions, entries, entry } = await opened();
    const other = await entries.insert(entryNamed('b'), NO_DERIVED, 'end', NOW);
    const given = { creatorId: null, notes: null, state: stateOf(entry) };
    const nums = async (id: number): Promise<number[]> =>
      (await entryRevisions.listOf(id, { limit: 100, offset: 0 })).revisions.map(({ num }) => num);
    await entryRevisions.add({ ...given, entryId: other.id }, 3, NOW);
    for (let count = 0; count < 5; count++) await entryRevisions.add({ ...given, entryId: entry.id }, 3, NOW);
    expect(await nums(entry.id)).toEqual([5, 4, 3]);
    await entryRevisions.add({ ...given, entryId: entry.id }, 1, NOW);
    expect(await nums(entry.id)).toEqual([6]);
    await entryRevisions.add({ ...given, entryId: entry.id }, 0, NOW);
    expect(await nums(entry.id)).toEqual([7, 6]);
    expect(await nums(other.id)).toEqual([1]);
  });

  it('get a number each when several are added at once', async () => {
    const both = [await opened(), (await open()).database] as const;
    const { entry } = both[0];
    const given = { entryId: entry.id, creatorId: null, notes: null, state: stateOf(entry) };
    const added = await Promise.all(
      Array.from({ length: 10 }, (_, n) => both[n % 2]!.entryRevisions.add(given, 0, NOW)),
    );
    const nums = added.map(({ num }) => num).toSorted((a, b) => a - b);
    expect(nums).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('go with their entry for good', async () => {
    const { entries, entryDrafts, entryRevisions, entry, ada } = await opened();
    const given = { entryId: entry.id, creatorId: ada, notes: null, state: stateOf(entry) };
    await entryDrafts.save({ ...given, baseVersion: 1 }, NOW);
    await entryRevisions.add(given, 0, NOW);
    await entries.delete(entry.id, NOW);
    expect(await entryDrafts.find(entry.id, ada)).toBeDefined();
    await entries.purgeDeleted(NOW + 1);
    expect(await entryDrafts.find(entry.id, ada)).toBeUndefined();
    expect(await entryRevisions.find(entry.id, 1)).toBeUndefined();
  });
});
