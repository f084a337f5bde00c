import {
  CompiledQuery,
  createQueryId,
  SqliteQueryCompiler,
  type KyselyPlugin,
  type RootOperationNode,
} from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { createAssetStore } from '../../src/db/asset-store.ts';
import { createDatabase } from '../../src/db/create-database.ts';
import { createEntryDraftStore } from '../../src/db/entry-draft-store.ts';
import { createEntryRevisionStore } from '../../src/db/entry-revision-store.ts';
import { createEntryStore } from '../../src/db/entry-store.ts';
import { createUserStore } from '../../src/db/user-store.ts';
import { changesOf, entryNamed, siteState } from './entry-fixtures.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

// A table that is read from beginning to end. That of the words has an index of its own, whose use SQLite calls a scan; `given`
// is what the statement itself lists.
const SCAN = /\bSCAN (?!entry_search\b|given\b)[a-z]/;

/** Stores on SQLite, and how it went about each of their statements. */
async function watched() {
  const { database, kysely, migrate, close } = createDatabase('sqlite::memory:');
  onTestFinished(close);
  await migrate();
  const queries = new Map<string, CompiledQuery>();
  const compiler = new SqliteQueryCompiler();
  const watch: KyselyPlugin = {
    transformQuery({ node }): RootOperationNode {
      const query = compiler.compileQuery(node, createQueryId());
      queries.set(query.sql, query);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const db = kysely.withPlugin(watch);

  async function plans(): Promise<string[]> {
    const told: string[] = [];
    for (const { sql, parameters } of queries.values()) {
      const explained = await kysely.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
      );
      told.push(...explained.rows.map(({ detail }) => `${detail}   (${sql})`));
    }
    return told;
  }
  return {
    entries: createEntryStore(db, 'sqlite'),
    entryDrafts: createEntryDraftStore(db),
    entryRevisions: createEntryRevisionStore(db),
    assets: createAssetStore(db),
    users: createUserStore(db, 'sqlite'),
    real: database,
    plans,
    counted: () => queries.size,
  };
}

it('no statement of the stores of content reads a table from beginning to end', async () => {
  const { entries, entryDrafts, entryRevisions, assets, users, real, plans } = await watched();
  const [{ id: ada }, { id: bob }] = [
    await real.users.insert(userNamed('ada'), NOW),
    await real.users.insert(userNamed('bob'), NOW),
  ];
  const sites = { en: siteState('a'), de: siteState('b') };
  const references = [{ field: 'near', target: 'entry:1', position: 0 }];
  const derived = { sites: { en: { keywords: 'words', references } } };
  const given = entryNamed('a', { sites, authorIds: [ada, bob], creatorId: ada });
  const top = await entries.insert(given, derived, 'end', NOW);
  const child = await entries.insert(entryNamed('c', { parentId: top.id }), derived, 'beginning', NOW);
  const grandchild = await entries.insert(entryNamed('d', { parentId: child.id }), derived, 'end', NOW);
  await entries.update(top.id, changesOf(top, { sites: { en: siteState('a') } }), derived, NOW);
  await entries.update(grandchild.id, changesOf(grandchild, { parentId: top.id }), derived, NOW);
  await entries.find(top.id);
  await entries.lock(top.id);
  await entries.findMany([top.id, child.id]);
  await entries.findSingle('posts');
  await entries.unpublishedBy(ada, 5);
  await entries.descendants(top.id);
  await entries.takenSlugs({ section: 'posts', site: 'en', exceptId: 1 }, ['a', 'b']);
  await entries.takenUris({ site: 'en', exceptId: 1 }, ['a', 'b']);
  await entries.releaseUris([top.id]);
  await entries.setPaths([{ id: top.id, site: 'en', slug: 'a', uri: 'posts/a' }]);
  await entries.byAuthor(ada);
  await entries.replaceAuthor(ada, bob);
  await entries.replaceAuthor(bob, null);
  const owned = { entryId: top.id, creatorId: ada, notes: null, state: top };
  await entryDrafts.save({ ...owned, baseVersion: 1 }, NOW);
  await entryDrafts.find(top.id, ada);
  await entryDrafts.listOf(top.id);
  await entryDrafts.listBy(ada, 5);
  await entryDrafts.delete(top.id, ada);
  await entryDrafts.purge(NOW);
  await entryRevisions.add(owned, 1, NOW);
  await entryRevisions.find(top.id, 1);
  await entryRevisions.listOf(top.id, { limit: 1, offset: 0 });
  await assets.find(1);
  await assets.findByUid('a');
  await assets.findMany([1, 2]);
  await assets.listOf(ada);
  await assets.replaceUploader(ada, bob);
  await assets.delete(1);
  await users.findMany([ada, bob]);
  await entries.deleteMany([top.id, 9999], NOW);
  await entries.findDeleted(top.id);
  await entries.restore(top.id, NOW);
  await entries.delete(top.id, NOW);
  const draft = await entries.insert(entryNamed('e', { draft: true }), derived, 'end', NOW);
  await entries.insert(entryNamed('f', { parentId: draft.id }), derived, 'end', NOW);
  expect(await entries.purgeDrafts(NOW + 1)).toBe(1);
  expect(await entries.purgeDeleted(NOW + 1)).toBe(1);

  const told = await plans();
  expect(told.length).toBeGreaterThan(50);
  expect(told.filter((plan) => SCAN.test(plan))).toEqual([]);
});

it('a save takes no more statements for more sites, but for their words', async () => {
  const counts = [];
  for (const number of [2, 12]) {
    const { entries, counted } = await watched();
    const names = Array.from({ length: number }, (_, n) => `site${n}`);
    const sites = Object.fromEntries(names.map((name) => [name, siteState(name)]));
    const made = await entries.insert(entryNamed('a', { sites }), { sites: {} }, 'end', NOW);
    await entries.update(made.id, changesOf(made), { sites: {} }, NOW);
    counts.push(counted());
  }
  // Statements that differ; those of words are the same for each site.
  expect(counts[0]).toBe(counts[1]);
  expect(counts[0]).toBeLessThan(25);
});
