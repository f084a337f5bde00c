import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import { field } from '../../src/fields/define.ts';
import { png } from '../support/png.ts';
import { describeSites, type TestSite } from '../support/site.ts';
import {
  HELLO,
  may,
  newsroom,
  pages,
  posts,
  SAVE,
  saved,
  stored,
  WRITER,
  writer,
} from '../support/newsroom.ts';

const article = entryType('article', {
  body: field.text({ frontend: true }),
  cover: field.assets({ frontend: true, max: 1 }),
  tags: field.tags({ frontend: true, section: 'tags', allowNew: true }),
  related: field.entries({ frontend: true, sections: ['posts'] }),
  people: field.users({ frontend: true }),
  topics: field.categories({ frontend: true, section: 'topics', maintainHierarchy: true }),
  rank: field.number(),
});
const tags = section({ handle: 'tags', type: 'channel', entryTypes: [entryType('tag', {})] });
const topics = pages({ handle: 'topics' });
const SECTIONS = [posts({ entryTypes: [article] }), pages(), tags, topics];

const fieldsOf = (entry: { readonly sites: object }): Record<string, any> =>
  (entry.sites as Record<string, { readonly fields: object }>)['default']?.fields ?? {};

describeSites('POST entries/save-entry: what fields hold', (open) => {
  const room = (permissions: readonly string[] = []) =>
    newsroom(open, { sections: SECTIONS, limits: { entries: false } }, [
      ...may('posts', ...WRITER),
      ...permissions,
    ]);

  async function made(site: TestSite, handle: string, changes: object = {}): Promise<number> {
    const save = site.site.saveEntry as (handle: string, entry: object) => Promise<{ id: number }>;
    return (await save(handle, { title: 'Made', ...changes })).id;
  }

  describe('fields', () => {
    it('are found where fieldsLocation says', async () => {
      const { save } = await room();
      const under = await save({ sectionId: 'posts', title: 'x', fieldsLocation: 'f', f: { body: 'deep' } });
      expect(fieldsOf(under)).toMatchObject({ body: 'deep' });
      const root = await save({ sectionId: 'posts', title: 'x', fieldsLocation: '', body: 'root' });
      expect(fieldsOf(root)).toMatchObject({ body: 'root' });
    });

    it('are named as they were sent, where they are wrong', async () => {
      const { send } = await room();
      const answer = await send({
        ...HELLO,
        fieldsLocation: 'f',
        f: { rank: 1, nothing: 2, related: [4711] },
      });
      expect(answer.json.errors).toEqual({
        'f.rank': ['Rank cannot be changed here.'],
        'f.nothing': ['There is no field “nothing”.'],
        'f.related': ['Related: entry “4711” is not available.'],
      });
    });

    it.each(['__proto__', 'constructor', 'prototype', 'toString', 'as x', 'on y', 'class'])(
      'named %s come to nothing',
      async (name) => {
        const { ada, save, send } = await room();
        const body = `{"sectionId":"posts","title":"x","fields":{"${name}":{"polluted":1},"body":{"${name}":1}}}`;
        const json = await ada.visits.send(`/actions/${SAVE}`, {
          method: 'POST',
          body,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'x-csrf-token': await ada.visits.token(),
          },
        });
        expect(json.status).toBe(400);
        const form = await ada.visits.form('/page', SAVE, { ...HELLO, [`fields[${name}][polluted]`]: '1' });
        expect([400, 422]).toContain(form.status);
        for (const param of ['enabledForSite', 'postDate', 'authors', 'typeId'])
          expect((await send({ ...HELLO, [param]: { [name]: { polluted: 1 } } })).status).toBe(400);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        expect(fieldsOf(await save(HELLO))).toMatchObject({ body: 'Text' });
      },
    );
  });

  it('never fails over what is sent', async () => {
    const { site, ada } = await room();
    const headers = { 'x-csrf-token': await ada.visits.token() };
    const names = fc.constantFrom(
      ...['typeId', 'siteId', 'title', 'slug', 'author', 'authors', 'postDate', 'expiryDate', 'enabled'],
      ...[
        'enabledForSite',
        'parentId',
        'provisional',
        'notes',
        'version',
        'isFresh',
        'fields',
        'fieldsLocation',
      ],
      ...['body', 'tags', 'related', 'cover', 'entryId', 'canonicalId', 'duplicate'],
    );
    const hostile = fc.record({
      params: fc.dictionary(names, fc.jsonValue(), { maxKeys: 5 }),
      fields: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(hostile, async ({ params, fields }) => {
        const body = { sectionId: 'posts', title: 'x', fields, ...params };
        const answer = await ada.visits.json(SAVE, body, { csrf: false, headers });
        expect([200, 400, 403, 404, 409, 413]).toContain(answer.status);
      }),
      { numRuns: 60 },
    );
    expect(site.logs.filter((line) => line.startsWith('error'))).toEqual([]);
  }, 20_000);

  it('takes nothing else of an entry from outside', async () => {
    const { site, save, ada } = await room();
    const entry = await save({
      ...HELLO,
      id: 99,
      uid: 'x',
      section: 'pages',
      version: 7,
      draft: 1,
      level: 9,
      creatorId: 1234,
      createdAt: 1,
      dateCreated: '2001-01-01',
      dateUpdated: '2001-01-01',
      uri: 'elsewhere',
      sites: { default: { uri: 'elsewhere' } },
      status: 'disabled',
      authorIds: [4711],
    });
    expect(entry).toMatchObject({ section: 'posts', version: 1, draft: false, level: 1, creatorId: ada.id });
    expect(entry.id).not.toBe(99);
    expect(entry.sites['default']?.uri).toBe('posts/hello');
    expect(entry.createdAt).toBeGreaterThan(Date.parse('2002-01-01'));
    const after = await save({ entryId: entry.id, version: 1, creatorId: 1, uid: 'x', id: 99, title: 'y' });
    expect(after).toMatchObject({
      id: entry.id,
      uid: entry.uid,
      creatorId: ada.id,
      createdAt: entry.createdAt,
    });
    expect(await stored(site, 99)).toBeUndefined();
  });

  describe('relations', () => {
    it('name what is there, allowed, and to be seen by who names it', async () => {
      const { site, ada, save, send } = await room();
      const live = await made(site, 'posts');
      const hidden = await made(site, 'posts', { enabled: false });
      const page = await made(site, 'pages');
      const draft = await made(site, 'posts', { draft: true });
      for (const id of [hidden, page, draft, 4711])
        expect((await send({ ...HELLO, fields: { related: [live, id] } })).json.errors).toEqual({
          'fields.related': [`Related: entry “${id}” is not available.`],
        });
      expect(fieldsOf(await save({ ...HELLO, fields: { related: [live] } }))).toMatchObject({
        related: [live],
      });
      const own = await save({ ...HELLO, enabled: 0 });
      expect(fieldsOf(await save({ ...HELLO, fields: { related: [own.id] } })).related).toEqual([own.id]);
      const gone = await site.user({ suspended: true });
      expect((await send({ ...HELLO, fields: { people: [gone.id] } })).json.errors).toEqual({
        'fields.people': [`People: user “${gone.id}” is not available.`],
      });
      expect(fieldsOf(await save({ ...HELLO, fields: { people: [ada.id] } })).people).toEqual([ada.id]);
    });

    it('may go on naming what has disappeared since', async () => {
      const { site, save, send } = await room();
      const other = await made(site, 'posts');
      const entry = await save({ ...HELLO, fields: { related: [other] } });
      await site.site.services.database.entries.delete(other, 1);
      expect((await save({ entryId: entry.id, title: 'x', fields: { related: [other] } })).version).toBe(2);
      expect((await send({ ...HELLO, fields: { related: [other] } })).status).toBe(400);
    });

    it('bring along what is above a category', async () => {
      const { site, save } = await room();
      const top = await made(site, 'topics', { title: 'Top' });
      const child = await made(site, 'topics', { title: 'Child', parentId: top });
      const leaf = await made(site, 'topics', { title: 'Leaf', parentId: child });
      const entry = await save({ ...HELLO, fields: { topics: [leaf] } });
      expect(fieldsOf(entry).topics).toEqual([top, child, leaf]);
    });
  });

  describe('tags', () => {
    it('are found by their titles, or made, by who may not write there', async () => {
      const { site, save } = await room();
      const entry = await save({ ...HELLO, fields: { tags: ['News', 'C++', 'news'] } });
      const [news, cpp, ...more] = fieldsOf(entry).tags;
      expect(more).toEqual([]);
      expect(await stored(site, news)).toMatchObject({
        section: 'tags',
        sites: { default: { title: 'News' } },
      });
      const other = await save({ ...HELLO, fields: { tags: 'NEWS, C#, c++' } });
      expect(fieldsOf(other).tags).toEqual([news, expect.any(Number), cpp]);
      expect(fieldsOf(other).tags[1]).not.toBe(cpp);
      expect(await site.site.entries('tags').count()).toBe(3);
    });

    it('are not made for an entry that is wrong', async () => {
      const { site, send } = await room();
      expect((await send({ ...HELLO, title: '', fields: { tags: ['News'] } })).status).toBe(400);
      expect(await site.site.entries('tags').status('any').count()).toBe(0);
    });

    it('of two at once are one', async () => {
      const { site, ada } = await room();
      const headers = { 'x-csrf-token': await ada.visits.token() };
      const send = () =>
        ada.visits.json(SAVE, { ...HELLO, fields: { tags: ['Same'] } }, { csrf: false, headers });
      const entries = await Promise.all(
        (await Promise.all([send(), send(), send()])).map((a) => saved(site, a)),
      );
      expect(new Set(entries.map((entry) => fieldsOf(entry).tags[0])).size).toBe(1);
      expect(await site.site.entries('tags').count()).toBe(1);
    });
  });

  describe('files', () => {
    const file = async () => new File([await png()], 'cover.png', { type: 'image/png' });

    it('become assets of who sent them', async () => {
      const { site, ada } = await room();
      const answer = await ada.visits.upload(SAVE, { ...HELLO, fields: { cover: [await file()] } });
      const [id] = fieldsOf(await saved(site, answer)).cover;
      expect(await site.site.services.database.assets.find(id)).toMatchObject({ uploaderId: ada.id });
      const bob = await writer(site);
      const stolen = await bob.visits.json(SAVE, { ...HELLO, fields: { cover: [id] } });
      expect(stolen.json.errors).toEqual({ 'fields.cover': [`Cover: asset “${id}” is not available.`] });
    });

    it('are not written for an entry that is wrong, nor kept where they are no good', async () => {
      const { site, ada } = await room();
      const { assets } = site.site.services.database;
      const wrong = await ada.visits.upload(SAVE, { ...HELLO, title: '', fields: { cover: [await file()] } });
      expect(wrong.json.errors).toEqual({ title: ['Title cannot be blank.'] });
      const fake = new File(['<svg onload="alert(1)"/>'], 'x.png', { type: 'image/png' });
      const refused = await ada.visits.upload(SAVE, { ...HELLO, fields: { cover: [fake] } });
      expect(refused.status).toBe(400);
      expect(Object.keys(refused.json.errors)).toEqual(['fields.cover']);
      expect(await assets.listOf(ada.id)).toEqual([]);
      expect(await site.site.entries('posts').count()).toBe(0);
    });

    it('come with drafts, too', async () => {
      const { site, ada, save } = await room();
      const entry = await save(HELLO);
      const fields = { cover: [await file()], tags: ['Draft'] };
      const answer = await ada.visits.upload(SAVE, { entryId: entry.id, provisional: 1, fields });
      expect(answer.status, answer.text).toBe(200);
      const draft = await site.site.services.database.entryDrafts.find(entry.id, ada.id);
      const values = fieldsOf(draft?.state ?? { sites: {} });
      expect(values['cover']).toEqual([expect.any(Number)]);
      expect(values['cover'][0]).toBeGreaterThan(0);
      expect(values['tags'][0]).toBeGreaterThan(0);
    });
  });

  it('keeps and shows what somebody writes as it is: pages escape it (CVE-2026-92590)', async () => {
    const { send } = await room();
    const evil = '<script>alert(1)</script>{{7*7}}{constructor}';
    const answer = await send({ ...HELLO, title: evil, fields: { body: evil } });
    expect(answer.json.entry).toMatchObject({ title: evil, fields: { body: evil } });
    expect(answer.json.slug).toBe('alert17-7constructor');
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.json.entry.author).not.toHaveProperty('email');
    expect(answer.json.entry.fields).not.toHaveProperty('rank');
  });
});

describeSites('site.saveEntry', (open) => {
  const sections = [
    section({
      handle: 'posts',
      type: 'channel',
      uriFormat: 'posts/{slug}',
      entryTypes: [
        entryType('post', { body: field.text({ required: true }), rank: field.number(), when: field.date() }),
      ],
    }),
    pages(),
  ];

  it('writes every field, with dates, without permissions', async () => {
    const site = await open({ sections });
    const user = await site.user();
    const when = new Date('2026-02-03T04:05:06Z');
    const made = await site.site.saveEntry(
      'posts',
      { title: 'Hello', postDate: when, fields: { body: 'x', rank: 7, when } },
      { by: user.id },
    );
    expect(made).toMatchObject({
      title: 'Hello',
      status: 'live',
      uri: 'posts/hello',
      postDate: when,
      authorIds: [user.id],
      creatorId: user.id,
      fields: { body: 'x', rank: 7, when: when.toISOString() },
    });
    const after = await site.site.saveEntry('posts', { id: made.id, fields: { rank: 8 } });
    expect(after).toMatchObject({
      id: made.id,
      version: 2,
      fields: { body: 'x', rank: 8 },
      authorIds: [user.id],
    });
  });

  it('is judged as everybody is', async () => {
    const site = await open({ sections });
    await expect(site.site.saveEntry('posts', { title: '' })).rejects.toMatchObject({
      fields: { title: ['Title cannot be blank.'], 'fields.body': ['Body cannot be blank.'] },
    });
    await expect(site.site.saveEntry('nowhere', { title: 'x' })).rejects.toThrow(
      'There is no section “nowhere”.',
    );
    const page = await site.site.saveEntry('pages', { title: 'Page' });
    await expect(site.site.saveEntry('posts', { id: page.id, title: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(site.site.saveEntry('pages', { id: page.id, version: 9 })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('makes drafts and publishes them', async () => {
    const site = await open({ sections });
    const draft = await site.site.saveEntry('posts', { title: 'Later', draft: true });
    expect(draft).toMatchObject({ status: 'draft', uri: null });
    const entry = await site.site.saveEntry('posts', { id: draft.id, fields: { body: 'x' } });
    expect(entry).toMatchObject({ id: draft.id, status: 'live', uri: 'posts/later' });
  });
});
