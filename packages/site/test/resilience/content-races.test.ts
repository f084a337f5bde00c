import { expect, test, vi } from 'vitest';
import { entryType, field, section } from '../../src/index.ts';
import { describeSites, type Answer, type TestSite, type Visitor } from '../support/site.ts';
import type { Fields } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 30_000 });

const SAVE = 'entries/save-entry';
const POSTS = {
  sections: [
    section({
      handle: 'posts',
      type: 'structure',
      uriFormat: '{parent.uri}/{slug}',
      guests: { limit: false, enabledByDefault: true },
      entryTypes: [
        entryType('post', {
          body: field.text({ frontend: true }),
          topics: field.tags({ frontend: true, section: 'topics', allowNew: true }),
        }),
      ],
    }),
    section({ handle: 'topics', type: 'channel', entryTypes: [entryType('topic', {})], maxAuthors: 0 }),
  ],
  limits: { entries: false },
} as const;

type Open = Parameters<Parameters<typeof describeSites>[1]>[0];
type Post = (action: string, fields: Fields) => Promise<Answer>;

/** Posts with a token that was fetched before, so that nothing comes in between. */
async function poster(visitor: Visitor): Promise<Post> {
  const headers = { 'x-csrf-token': await visitor.token() };
  return (action, fields) => visitor.json(action, fields, { csrf: false, headers });
}

async function setUp(open: Open, count = 2) {
  const site = await open(POSTS);
  const tabs: Post[] = [];
  for (let n = 0; n < count; n++) tabs.push(await poster(await site.login(await site.user({ admin: true }))));
  const [ada = neverSent, bob = neverSent] = tabs;
  const made = await ada(SAVE, { sectionId: 'posts', title: 'Hello' });
  expect(made.status, made.text).toBe(200);
  return { site, tabs, ada, bob, id: made.json.id as number };
}

const neverSent: Post = () => Promise.reject(new Error('There is no such tab.'));
const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).toSorted();
const stored = ({ site }: TestSite, id: number) => site.services.database.entries.find(id);
const revisions = async ({ site }: TestSite, id: number): Promise<number> =>
  (await site.services.database.entryRevisions.listOf(id, { limit: 1, offset: 0 })).total;

describeSites('entries that several save at once', (open) => {
  let shared: Awaited<ReturnType<typeof setUp>> | undefined;
  let sharedBy: unknown;
  /** The same site for all rounds of a test, with another entry. */
  async function setUpOnce() {
    const { currentTestName } = expect.getState();
    if (shared === undefined || sharedBy !== currentTestName) {
      shared = await setUp(open);
      sharedBy = currentTestName;
      return shared;
    }
    const { json } = await shared.ada(SAVE, { sectionId: 'posts', title: 'Hello' });
    return { ...shared, id: json.id as number };
  }

  test('of saves of one version one goes through, and the others hold both states', async () => {
    const { site, tabs, id } = await setUp(open, 6);
    const answers = await Promise.all(
      tabs.map((send, n) => send(SAVE, { entryId: id, version: 1, title: `By ${n}` })),
    );
    expect(statuses(answers)).toEqual([200, 409, 409, 409, 409, 409]);
    const winner = `By ${answers.findIndex(({ status }) => status === 200)}`;
    for (const [n, { status, json }] of answers.entries()) {
      if (status !== 409) continue;
      expect(JSON.stringify(json), String(n)).toContain(winner);
      expect(JSON.stringify(json), String(n)).toContain(`By ${n}`);
    }
    expect(await stored(site, id)).toMatchObject({ version: 2, sites: { default: { title: winner } } });
    expect(await revisions(site, id)).toBe(2);
  });

  test('saves without a version come one after the other, each of its own field', async () => {
    const { site, tabs, id } = await setUp(open, 6);
    const answers = await Promise.all(
      tabs.map((send, n) =>
        send(SAVE, { entryId: id, ...(n % 2 ? { title: 'New' } : { fields: { body: 'New' } }) }),
      ),
    );
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await stored(site, id)).toMatchObject({
      version: 7,
      sites: { default: { title: 'New', fields: { body: 'New' } } },
    });
    expect(await revisions(site, id)).toBe(7);
  });

  test('guests who send one title at once get slugs of their own', async () => {
    const site = await open(POSTS);
    const guests = await Promise.all(Array.from({ length: 12 }, () => poster(site.visitor())));
    const answers = await Promise.all(
      guests.map((send) => send(SAVE, { sectionId: 'posts', title: 'Hello' })),
    );
    expect(statuses(answers)).toEqual(guests.map(() => 200));
    const slugs = answers.map(({ json }) => json.slug as string);
    expect(new Set(slugs)).toEqual(
      new Set(['hello', ...Array.from({ length: 11 }, (_, n) => `hello-${n + 2}`)]),
    );
    expect(new Set(answers.map(({ json }) => json.entry.uri as string)).size).toBe(12);
  });

  test('one new tag is made of several that are the same', async () => {
    const { site, tabs } = await setUp(open, 6);
    const answers = await Promise.all(
      tabs.map((send, n) =>
        send(SAVE, { sectionId: 'posts', title: `Post ${n}`, fields: { topics: ['Bees'] } }),
      ),
    );
    expect(statuses(answers)).toEqual(tabs.map(() => 200));
    const named = answers.map(({ json }) => JSON.stringify(json.entry.fields.topics));
    expect([new Set(named).size, await site.site.entries('topics').status('any').count()]).toEqual([1, 1]);
  });

  test('an entry that is deleted and saved at once is one or the other', async () => {
    for (let round = 0; round < 4; round++) {
      const { site, ada, bob, id } = await setUpOnce();
      const [deleted, saved] = await Promise.all([
        ada('entries/delete-entry', { entryId: id }),
        bob(SAVE, { entryId: id, title: 'Saved' }),
      ]);
      expect(deleted.status).toBe(200);
      expect([200, 404]).toContain(saved.status);
      expect(await stored(site, id)).toBeUndefined();
      const kept = await site.site.services.database.entries.findDeleted(id);
      expect(kept?.sites['default']?.title).toBe(saved.status === 200 ? 'Saved' : 'Hello');
      expect(await revisions(site, id)).toBe(kept?.version);
    }
  });

  test('a parent that is deleted while something comes below it leaves nothing without one', async () => {
    for (let round = 0; round < 4; round++) {
      const { site, ada, bob, id } = await setUpOnce();
      const [deleted, child] = await Promise.all([
        ada('entries/delete-entry', { entryId: id }),
        bob(SAVE, { sectionId: 'posts', title: 'Child', parentId: id }),
      ]);
      expect(deleted.status).toBe(200);
      expect([200, 400]).toContain(child.status);
      if (child.status !== 200) continue;
      const entry = await stored(site, child.json.id as number);
      expect(entry).toMatchObject({ parentId: null, level: 1 });
    }
  });

  test('two that are put below each other at once make no ring', async () => {
    const { site, ada, bob, id } = await setUp(open);
    const other = (await ada(SAVE, { sectionId: 'posts', title: 'Other' })).json.id as number;
    const answers = await Promise.all([
      ada(SAVE, { entryId: id, parentId: other }),
      bob(SAVE, { entryId: other, parentId: id }),
    ]);
    expect(statuses(answers)).toEqual([200, 400]);
    const [one, two] = [await stored(site, id), await stored(site, other)];
    expect([one?.parentId, two?.parentId].filter((parent) => parent === null)).toHaveLength(1);
    expect([one?.level, two?.level].toSorted()).toEqual([1, 2]);
  });

  test('a draft that is published and discarded at once is gone, and published or not', async () => {
    for (let round = 0; round < 4; round++) {
      const { site, ada, id } = await setUpOnce();
      const { entryDrafts } = site.site.services.database;
      await ada(SAVE, { entryId: id, provisional: 1, title: 'Draft' });
      const owner = (await stored(site, id))?.authorIds[0] ?? 0;
      expect(await entryDrafts.find(id, owner)).toBeDefined();
      const [published, discarded] = await Promise.all([
        ada(SAVE, { entryId: id, title: 'Published' }),
        ada('entries/delete-entry', { entryId: id, provisional: 1 }),
      ]);
      expect(published.status).toBe(200);
      expect([200, 404]).toContain(discarded.status);
      expect(await entryDrafts.find(id, owner)).toBeUndefined();
      expect(await stored(site, id)).toMatchObject({
        version: 2,
        sites: { default: { title: 'Published' } },
      });
    }
  });

  test('a draft that never was published is published once by two clicks, or discarded', async () => {
    for (let round = 0; round < 4; round++) {
      const { site, ada, bob } = await setUpOnce();
      const begun = await ada(SAVE, { sectionId: 'posts', title: 'Begun', provisional: 1 });
      const id = begun.json.id as number;
      const answers = await Promise.all([
        ada(SAVE, { entryId: id, version: begun.json.entry.version as number }),
        bob(SAVE, { entryId: id, version: begun.json.entry.version as number }),
      ]);
      expect(statuses(answers)).toEqual([200, 409]);
      expect(await stored(site, id)).toMatchObject({ draft: false });
    }
  });

  test('a double click deletes, restores and reverts once', async () => {
    const { site, ada, bob, id } = await setUp(open);
    await ada(SAVE, { entryId: id, title: 'Second' });
    const twice = (action: string, fields: Fields) => Promise.all([ada(action, fields), bob(action, fields)]);
    const revert = { entryId: id, revision: 1, version: 2 };
    expect(statuses(await twice('entries/revert-to-revision', revert))).toEqual([200, 409]);
    expect(await revisions(site, id)).toBe(3);
    expect(statuses(await twice('entries/delete-entry', { entryId: id }))).toEqual([200, 404]);
    expect(statuses(await twice('entries/restore-entry', { entryId: id }))).toEqual([200, 404]);
    expect(await stored(site, id)).toMatchObject({ version: 4, sites: { default: { title: 'Hello' } } });
  });
});
