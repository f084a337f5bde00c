import { expect, it, vi } from 'vitest';
import { describeSites, type Answer, type Visitor } from '../support/site.ts';
import { HELLO, may, newsroom, pages, posts, SAVE, WRITER, type Newsroom } from '../support/newsroom.ts';

const ROUNDS = 4;
const SITE = 'default';
const MORE = ['deleteEntries', 'viewPeerEntries', 'savePeerEntries', 'deletePeerEntries'];
const PAGE = { sectionId: 'pages', title: 'Page' };

/** Two sections whose paths meet, which are locked one by one. */
async function openRoom(open: Parameters<typeof newsroom>[0]): Promise<Newsroom> {
  const permissions = ['posts', 'pages'].flatMap((section) => may(section, ...WRITER, ...MORE));
  const sections = [posts({ uriFormat: '{slug}' }), pages()];
  return newsroom(open, { sections, limits: { entries: false } }, permissions);
}

const names = Array.from({ length: ROUNDS }, (_, at) => `name-${at}`);

/** Sends all at once; a token each, so that nothing comes in between. */
async function atOnce(
  visitor: Visitor,
  calls: readonly (readonly [action: string, input: Readonly<Record<string, unknown>>])[],
): Promise<readonly Answer[]> {
  const headers = { 'x-csrf-token': await visitor.token() };
  return Promise.all(calls.map(([action, input]) => visitor.json(action, input, { csrf: false, headers })));
}

async function expectAllFound({ site }: Newsroom, answers: readonly Answer[], count: number): Promise<void> {
  expect(answers.map(({ status, text }) => (status === 200 ? 200 : text))).toEqual(answers.map(() => 200));
  const rows = await site.site.services.database.entryQueries.find({
    ...{
      sections: ['posts', 'pages'],
      sites: [SITE],
      statuses: ['live', 'disabled'],
      viewer: null,
      where: [],
    },
    ...{
      words: null,
      order: [{ key: { column: 'id' }, direction: 'asc' }],
      after: null,
      limit: null,
      offset: 0,
    },
    now: Date.now() + 60_000,
  });
  const entries = await site.site.services.database.entries.findMany(rows.map(({ id }) => id));
  expect(new Set(entries.map(({ sites }) => sites[SITE]?.uri)).size).toBe(count);
  expect(entries).toHaveLength(count);
}

describeSites('entries of two sections that get one path at once', (open) => {
  vi.setConfig({ testTimeout: 30_000 });

  it('are both restored', async () => {
    const room = await openRoom(open);
    const ids: number[] = [];
    for (const slug of names)
      for (const made of [
        { ...HELLO, slug },
        { ...PAGE, slug },
      ]) {
        const { id } = await room.save(made);
        ids.push(id);
        expect((await room.ada.visits.json('entries/delete-entry', { entryId: id })).status).toBe(200);
      }
    const answers = await atOnce(
      room.ada.visits,
      ids.map((entryId) => ['entries/restore-entry', { entryId }]),
    );
    await expectAllFound(room, answers, ids.length);
  });

  it('are both duplicated', async () => {
    const room = await openRoom(open);
    const { entries } = room.site.site.services.database;
    const ids: number[] = [];
    for (const slug of names) {
      const post = await room.save({ ...HELLO, slug: `${slug}-post` });
      await entries.setPaths([{ id: post.id, site: SITE, slug, uri: `posts/${slug}` }]);
      ids.push(post.id, (await room.save({ ...PAGE, slug })).id);
    }
    const answers = await atOnce(
      room.ada.visits,
      ids.map((entryId) => ['entries/duplicate', { entryId }]),
    );
    await expectAllFound(room, answers, 2 * ids.length);
  });

  it('are both reverted', async () => {
    const room = await openRoom(open);
    const ids: number[] = [];
    for (const slug of names)
      for (const made of [
        { ...HELLO, slug },
        { ...PAGE, slug },
      ]) {
        const { id } = await room.save(made);
        await room.save({ entryId: id, slug: `later-${id}` });
        ids.push(id);
      }
    const answers = await atOnce(
      room.ada.visits,
      ids.map((entryId) => ['entries/revert-to-revision', { entryId, revision: 1 }]),
    );
    await expectAllFound(room, answers, ids.length);
  });

  it('are both there where one moves up, since what was above it is deleted, and the other is saved', async () => {
    const room = await openRoom(open);
    const calls: Array<readonly [string, Readonly<Record<string, unknown>>]> = [];
    for (const slug of names) {
      const top = await room.save({ ...PAGE, slug: `top-${slug}` });
      await room.save({ ...PAGE, slug, parentId: top.id });
      calls.push(['entries/delete-entry', { entryId: top.id }], [SAVE, { ...HELLO, slug }]);
    }
    const answers = await atOnce(room.ada.visits, calls);
    await expectAllFound(room, answers, calls.length);
  });
});
