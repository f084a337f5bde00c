import { expect, it } from 'vitest';
import type { Entry } from '../../src/entries/entry.ts';
import { entryType, field, section } from '../../src/index.ts';
import { CHIEF, draftOf, JOURNAL, rewrite, stored, write, WRITER } from '../support/journal.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';

const LIST = 'entries/get-revisions';
const GET = 'entries/get-revision';
const REVERT = 'entries/revert-to-revision';

/** Two saves: “Hello”, then “Hi”. */
async function twice(site: TestSite, author: { readonly id: number }): Promise<Entry> {
  const entry = await write(site, author, {
    title: 'Hello',
    slug: 'hello',
    fields: { body: 'Once', rating: 1 },
  });
  return rewrite(site, author, entry, {
    title: 'Hi',
    notes: 'Shorter.',
    fields: { body: 'Twice', rating: 2 },
  });
}

describeSites('GET entries/get-revisions', (open) => {
  it('lists what was kept, newest first, by pages', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER, firstName: 'Ada' });
    const entry = await twice(site, ada);
    await rewrite(site, null, entry, { title: 'By nobody' });
    const visits = await site.login(ada);
    const answer = await visits.read(LIST, { entryId: String(entry.id) });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.json).toMatchObject({ total: 3, version: 3 });
    expect(answer.json.revisions).toMatchObject([
      { num: 3, notes: null, creator: null },
      { num: 2, notes: 'Shorter.', creator: { id: ada.id, firstName: 'Ada' } },
      { num: 1, notes: null, creator: { id: ada.id } },
    ]);
    expect(answer.json.revisions[0].dateCreated).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    // Neither address nor text.
    expect(answer.text).not.toContain('@');
    expect(answer.text).not.toContain('Twice');
    const page = await visits.read(LIST, { entryId: String(entry.id), limit: '1', offset: '1' });
    expect(page.json).toMatchObject({ total: 3, revisions: [{ num: 2 }] });
    for (const query of [{ limit: '0' }, { limit: '101' }, { offset: '-1' }, { limit: 'x' }])
      expect((await visits.read(LIST, { entryId: String(entry.id), ...query })).status).toBe(400);
    expect((await visits.json(LIST, { entryId: entry.id })).status).toBe(400);
  });

  it('is for those who may save the entry', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const hidden = await write(site, ada, { enabled: false, title: 'Hidden' });
    const query = { entryId: String(entry.id), revision: '1' };
    const reader = await site.login(
      await site.user({ permissions: ['viewentries:posts', 'viewpeerentries:posts'] }),
    );
    const stranger = await site.login(await site.user({ permissions: WRITER }));
    for (const action of [LIST, GET]) {
      expect((await site.visitor().read(action, query)).status).toBe(401);
      for (const visits of [reader, stranger]) expect((await visits.read(action, query)).status).toBe(403);
      const unknown = await stranger.read(action, { ...query, entryId: String(hidden.id) });
      expect(unknown.status).toBe(404);
      const chief = await site.login(await site.user({ permissions: CHIEF }));
      expect((await chief.read(action, query)).status).toBe(200);
    }
  });
});

describeSites('GET entries/get-revision', (open) => {
  it('shows the entry as it was, and what is different today', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const visits = await site.login(ada);
    const { json, text } = await visits.read(GET, { entryId: String(entry.id), revision: '1' });
    expect(json).toMatchObject({
      revision: { num: 1, creator: { id: ada.id } },
      entry: { id: entry.id, title: 'Hello', fields: { body: 'Once' } },
      differences: [
        { path: 'title', label: 'Title', before: 'Hello', after: 'Hi' },
        { path: 'fields.body', label: 'Body', before: 'Once', after: 'Twice' },
      ],
    });
    expect(json.differences).toHaveLength(2);
    expect(text).not.toContain('rating');
    const newest = await visits.read(GET, { entryId: String(entry.id), revision: '2' });
    expect(newest.json.differences).toEqual([]);
    const none = await visits.read(GET, { entryId: String(entry.id), revision: '9' });
    expect([none.status, none.json.message]).toEqual([404, 'Revision not found']);
    for (const revision of ['0', 'x', '']) {
      const answer = await visits.read(GET, { entryId: String(entry.id), revision });
      expect([answer.status, answer.json.errors]).toEqual([
        400,
        { revision: ['Say which revision: its number.'] },
      ]);
    }
  });

  it('compares it with another revision, or with the entry of today', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    await rewrite(site, ada, entry, { title: 'Hey', fields: { body: 'Twice', rating: 5 } });
    const visits = await site.login(ada);
    const compare = (revision: string, other: string) =>
      visits.read(GET, { entryId: String(entry.id), revision, with: other });
    const { json, text } = await compare('1', '2');
    expect(json).toMatchObject({
      revision: { num: 1 },
      with: { num: 2, creator: { id: ada.id } },
      entry: { title: 'Hello' },
    });
    expect(json.differences).toEqual([
      { path: 'title', label: 'Title', before: 'Hello', after: 'Hi' },
      { path: 'fields.body', label: 'Body', before: 'Once', after: 'Twice' },
    ]);
    expect(text).not.toContain('rating');
    expect((await compare('3', '2')).json.differences).toEqual([
      { path: 'title', label: 'Title', before: 'Hey', after: 'Hi' },
    ]);
    for (const today of ['current', ''])
      expect((await compare('2', today)).json).toMatchObject({
        with: null,
        differences: [{ path: 'title', before: 'Hi', after: 'Hey' }],
      });
    const none = await compare('1', '9');
    expect([none.status, none.json.message]).toEqual([404, 'Revision not found']);
    for (const wrong of ['0', '-1', 'x', '1e3', '1.5', '99999999999'])
      expect((await compare('1', wrong)).json.errors).toEqual({
        with: ['Say which revision to compare it with: its number, or “current”.'],
      });
  });

  it('shows each site, and tells apart what differs there', async () => {
    const site = await open({
      sites: [
        { handle: 'en', language: 'en', name: 'English' },
        { handle: 'de', language: 'de', name: 'Deutsch', baseUrl: '/de' },
      ],
      sections: [section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', {})] })],
    });
    const ada = await site.user({ permissions: [...WRITER, 'editsite:en', 'editsite:de'] });
    const entry = await write(site, ada, { title: 'Hello' });
    const { de } = entry.sites;
    if (de === undefined) throw new Error('It did not come to the other site.');
    await rewrite(site, ada, entry, { sites: { ...entry.sites, de: { ...de, title: 'Hallo' } } });
    const visits = await site.login(ada);
    const { json } = await visits.read(GET, { entryId: String(entry.id), revision: '2', siteId: 'de' });
    expect(json.entry).toMatchObject({ siteId: 'de', title: 'Hallo' });
    const first = await visits.read(GET, { entryId: String(entry.id), revision: '1' });
    expect(first.json.differences).toEqual([
      { path: 'sites.de.title', label: 'Title (Deutsch)', before: 'Hello', after: 'Hallo' },
    ]);
  });
});

describeSites('POST entries/revert-to-revision', (open) => {
  it('makes what it was what it is, as a save of its own', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    await draftOf(site, ada, entry, 'My draft');
    const visits = await site.login(ada);
    const answer = await visits.json(REVERT, { entryId: entry.id, revision: 1 });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      message: 'Entry reverted.',
      modelName: 'entry',
      modelId: entry.id,
      entry: { title: 'Hello', slug: 'hello', version: 3, fields: { body: 'Once' } },
      dropped: [],
    });
    const { queries, services } = site.site;
    const { revisions } = await queries.revisions.list(entry.id);
    expect(revisions[0]).toMatchObject({ num: 3, notes: 'Reverted to revision 1.', creator: { id: ada.id } });
    expect(await queries.revisions.compare(entry.id, 3, 'current')).toEqual([]);
    expect(await services.database.entryDrafts.find(entry.id, ada.id)).toBeUndefined();
  });

  it('by a form without JavaScript', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const visits = await site.login(ada);
    const answer = await visits.form('/page', REVERT, { entryId: entry.id, revision: 1, version: 2 });
    expect([answer.status, answer.location]).toEqual([303, '/page']);
    expect(pageOf(await visits.get('/page')).flashes).toEqual({ notice: 'Entry reverted.' });
    expect((await stored(site, entry))?.sites['default']?.title).toBe('Hello');
    const stale = await visits.form('/page', REVERT, { entryId: entry.id, revision: 2, version: 2 });
    expect(stale.status).toBe(409);
    expect((await stored(site, entry))?.sites['default']?.title).toBe('Hello');
  });

  it('leaves alone what only server code writes', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    await (await site.login(ada)).json(REVERT, { entryId: entry.id, revision: 1 });
    expect((await stored(site, entry))?.sites['default']?.fields).toMatchObject({ body: 'Once', rating: 2 });
  });

  it('is a 409 with both where somebody saved meanwhile', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const visits = await site.login(ada);
    const answer = await visits.json(REVERT, { entryId: entry.id, revision: 1, version: 1 });
    expect([answer.status, answer.json.code]).toEqual([409, 'CONFLICT']);
    expect(answer.json).toMatchObject({ currentVersion: 2, current: { title: 'Hi' } });
    expect(await stored(site, entry)).toMatchObject({ version: 2 });
    const right = await visits.json(REVERT, { entryId: entry.id, revision: 1, version: 2 });
    expect(right.status).toBe(200);
  });

  it('asks the rights of a save', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const hidden = await write(site, ada, { enabled: false, title: 'Hidden' });
    const body = { entryId: entry.id, revision: 1 };
    expect((await site.visitor().json(REVERT, body)).status).toBe(401);
    const stranger = await site.login(await site.user({ permissions: WRITER }));
    expect((await stranger.json(REVERT, body)).status).toBe(403);
    expect((await stranger.json(REVERT, { ...body, entryId: hidden.id })).status).toBe(404);
    const noSaver = await site.user({ permissions: ['viewentries:posts', 'deleteentries:posts'] });
    const own = await twice(site, noSaver);
    expect((await (await site.login(noSaver)).json(REVERT, { ...body, entryId: own.id })).status).toBe(403);
    expect(await stored(site, entry)).toMatchObject({ version: 2 });
    const visits = await site.login(ada);
    expect((await visits.json(REVERT, { ...body, revision: 9 })).status).toBe(404);
    expect((await visits.json(REVERT, { entryId: entry.id })).json.errors).toHaveProperty('revision');
  });

  it('gives authors back only where one may change them', async () => {
    const site = await open(JOURNAL);
    const [ada, bob] = [await site.user({ permissions: WRITER }), await site.user({ permissions: WRITER })];
    const entry = await twice(site, ada);
    await rewrite(site, ada, entry, { authors: [bob] });
    const editing = [...WRITER, 'viewpeerentries:posts', 'savepeerentries:posts'];
    const editor = await site.login(await site.user({ permissions: editing }));
    const refused = await editor.json(REVERT, { entryId: entry.id, revision: 2 });
    expect(refused.status).toBe(403);
    expect((await stored(site, entry))?.authorIds).toEqual([bob.id]);
    expect((await editor.json(REVERT, { entryId: entry.id, revision: 3 })).status).toBe(200);
    const chief = await site.login(await site.user({ permissions: CHIEF }));
    expect((await chief.json(REVERT, { entryId: entry.id, revision: 2 })).status).toBe(200);
    expect((await stored(site, entry))?.authorIds).toEqual([ada.id]);
    // Bob may save his own only: he cannot write in Ada’s name.
    const bobs = await rewrite(site, ada, await twice(site, ada), { title: 'Other', authors: [bob] });
    const own = await site.login(bob);
    expect((await own.json(REVERT, { entryId: bobs.id, revision: 1 })).status).toBe(403);
    expect((await stored(site, bobs))?.authorIds).toEqual([bob.id]);
  });

  it('leaves out what is gone, and says so', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: CHIEF });
    const bob = await site.user({ password: null });
    const [gone, still] = [
      await write(site, ada, { title: 'Gone' }),
      await write(site, ada, { title: 'Still' }),
    ];
    const entry = await write(site, ada, {
      title: 'First',
      authors: [bob, ada],
      fields: { related: [gone.id, still.id] },
    });
    await rewrite(site, ada, entry, { title: 'Second', authors: [ada], fields: { related: [] } });
    await site.site.services.database.entries.delete(gone.id, Date.now());
    await site.site.services.database.users.delete(bob.id);
    const visits = await site.login(ada);
    const { json, status } = await visits.json(REVERT, { entryId: entry.id, revision: 1 });
    expect(status).toBe(200);
    expect(json.message).toBe(
      'Entry reverted. Left out, since it is gone or not available to you: Authors, Related.',
    );
    expect(json.dropped).toEqual(['Authors', 'Related']);
    expect(json.entry).toMatchObject({
      title: 'First',
      authorIds: [ada.id],
      fields: { related: [still.id] },
    });
  });

  it('brings it back below its parent, unless that is gone or below it', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const page = (title: string, parentId: number | null = null) =>
      write(site, ada, { section: 'help', title, parentId });
    const [one, two] = [await page('One'), await page('Two')];
    const entry = await page('Page', one.id);
    await rewrite(site, ada, entry, { parentId: two.id });
    await rewrite(site, ada, entry, { parentId: null });
    await rewrite(site, ada, one, { parentId: entry.id });
    await site.site.services.database.entries.delete(two.id, Date.now());
    const visits = await site.login(ada);
    for (const revision of [1, 2]) {
      const { json } = await visits.json(REVERT, { entryId: entry.id, revision });
      expect([json.dropped, json.entry.parentId]).toEqual([['Parent'], null]);
    }
    await rewrite(site, ada, one, { parentId: null });
    const { json } = await visits.json(REVERT, { entryId: entry.id, revision: 1 });
    expect([json.dropped, json.entry.parentId, json.entry.uri]).toEqual([[], one.id, 'one/page']);
  });

  it('asks for what a published entry needs today', async () => {
    const body = field.text({ frontend: true, required: true });
    const site = await open({
      sections: [section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', { body })] })],
    });
    const ada = await site.user({ permissions: WRITER });
    const entry = await write(site, ada, { enabled: false, title: 'Empty', fields: { body: null } });
    await rewrite(site, ada, entry, { enabled: true, fields: { body: 'There' } });
    const { database, now } = site.site.services;
    const first = await database.entryRevisions.find(entry.id, 1);
    if (first === undefined) throw new Error('There is no first revision.');
    const { num: _num, createdAt: _at, ...rest } = first;
    await database.entryRevisions.add({ ...rest, state: { ...rest.state, enabled: true } }, 50, now());
    const visits = await site.login(ada);
    const refused = await visits.json(REVERT, { entryId: entry.id, revision: 3 });
    expect([refused.status, refused.json.errors]).toEqual([
      400,
      { 'fields.body': ['Body cannot be blank.'] },
    ]);
    expect((await visits.json(REVERT, { entryId: entry.id, revision: 1 })).status).toBe(200);
  });

  it('refuses an entry type that its section no longer has', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ permissions: WRITER });
    const entry = await twice(site, ada);
    const { database, now } = site.site.services;
    const first = await database.entryRevisions.find(entry.id, 1);
    if (first === undefined) throw new Error('There is no first revision.');
    const state = { ...first.state, type: 'story' };
    await database.entryRevisions.add({ entryId: entry.id, creatorId: null, notes: null, state }, 50, now());
    const visits = await site.login(ada);
    const answer = await visits.json(REVERT, { entryId: entry.id, revision: 3 });
    expect([answer.status, answer.json.message]).toEqual([
      409,
      'Revision 3 is of the entry type “story”, which this section no longer has.',
    ]);
  });
});

describeSites('site.queries.revisions', (open) => {
  it('reads revisions for pages', async () => {
    const site = await open(JOURNAL);
    const ada = await site.user({ firstName: 'Ada' });
    const entry = await twice(site, ada);
    const { revisions } = site.site.queries;
    const { revisions: list, total } = await revisions.list(entry.id, { limit: 1 });
    expect([list, total]).toMatchObject([[{ num: 2, notes: 'Shorter.', creator: { firstName: 'Ada' } }], 2]);
    expect(list[0]?.dateCreated).toBeInstanceOf(Date);
    const first = await revisions.find(entry.id, 1);
    expect(first?.entry).toMatchObject({ id: entry.id, title: 'Hello', fields: { body: 'Once', rating: 1 } });
    const differences = await revisions.compare(entry.id, 1, 2);
    expect(differences?.map(({ path }) => path)).toEqual(['title', 'fields.body', 'fields.rating']);
    expect(await revisions.compare(entry.id, 1, 'current')).toEqual(differences);
    expect([
      await revisions.find(entry.id, 9),
      await revisions.find(999_999, 1),
      await revisions.compare(entry.id, 1, 9),
      (await revisions.list(999_999)).total,
    ]).toEqual([undefined, undefined, undefined, 0]);
  });
});
