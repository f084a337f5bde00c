import { describe, expect, it, vi } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import { outage } from '../../src/db/outage.ts';
import { field } from '../../src/fields/define.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { describeSites, pageOf } from '../support/site.ts';
import {
  about,
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

const default_ = 'default';

describeSites('POST entries/save-entry', (open) => {
  describe('a new entry', () => {
    it('is stored with all that follows, and answered as JSON', async () => {
      const { site, ada, send } = await newsroom(open);
      const answer = await send({ ...HELLO, fields: { body: 'Text', score: 4 } });
      expect(answer.status).toBe(200);
      const entry = await saved(site, answer);
      const made = new Date(entry.createdAt).toISOString();
      const minute = `${made.slice(0, 16)}:00.000Z`;
      const author = {
        id: ada.id,
        username: expect.stringMatching(/^user\d+$/),
        fullName: null,
        firstName: null,
        lastName: null,
        photoUrl: null,
        uid: expect.any(String),
        friendlyName: expect.any(String),
      };
      expect(answer.json).toEqual({
        message: 'Entry saved.',
        modelName: 'entry',
        modelId: entry.id,
        id: entry.id,
        title: 'Hello',
        slug: 'hello',
        authorUsername: author.username,
        dateCreated: made,
        dateUpdated: made,
        postDate: minute,
        entry: {
          id: entry.id,
          uid: entry.uid,
          canonicalId: entry.id,
          sectionId: 'posts',
          sectionHandle: 'posts',
          section: { handle: 'posts', name: 'Posts' },
          typeId: 'post',
          typeHandle: 'post',
          type: { handle: 'post', name: 'Post' },
          siteId: 'default',
          title: 'Hello',
          slug: 'hello',
          uri: 'posts/hello',
          url: `${site.origin}/posts/hello`,
          status: 'live',
          enabled: true,
          enabledForSite: true,
          postDate: minute,
          expiryDate: null,
          dateCreated: made,
          dateUpdated: made,
          authorIds: [ada.id],
          author,
          authors: [author],
          parentId: null,
          level: 1,
          version: 1,
          isDraft: false,
          isProvisionalDraft: false,
          fields: { body: 'Text', score: 4, mood: 'good' },
        },
      });
      expect(entry).toMatchObject({ section: 'posts', creatorId: ada.id, authorIds: [ada.id], draft: false });
    });

    it('says of each parameter what to send', async () => {
      const { send, save } = await newsroom(open);
      const entry = await save(HELLO);
      const id = 'must be an ID: a whole number above 0.';
      const refusals: ReadonlyArray<readonly [object, string, string]> = [
        [{ entryId: 'abc' }, 'entryId', `entryId ${id}`],
        [{ entryId: 0 }, 'entryId', `entryId ${id}`],
        [{ canonicalId: -1 }, 'canonicalId', `canonicalId ${id}`],
        [
          { version: 'abc' },
          'version',
          'version must be the version that the entry had when the form was made: a whole number.',
        ],
        [{ notes: 'x'.repeat(2001) }, 'notes', 'notes must be a text of at most 2000 characters.'],
        [{ revisionNotes: [] }, 'revisionNotes', 'revisionNotes must be a text.'],
        [{ provisional: 'x' }, 'provisional', 'provisional must be 1 or 0.'],
        [{ enabled: 'x' }, 'enabled', 'enabled must be 1 or 0.'],
        [{ title: {} }, 'title', 'title must be a text.'],
      ];
      for (const [posted, name, message] of refusals) {
        const answer = await send({ ...HELLO, ...posted });
        expect(answer.json.errors, JSON.stringify(posted)).toEqual({ [name]: [message] });
      }
      expect(await save({ entryId: entry.id, enabled: '' })).toMatchObject({ enabled: false });
    });

    it('needs a section', async () => {
      const { send } = await newsroom(open);
      const missing = await send({ title: 'Hello' });
      expect(missing.status).toBe(400);
      expect(missing.json.errors).toEqual({ sectionId: ['Request missing required param: sectionId'] });
      const unknown = await send({ ...HELLO, sectionId: 'nowhere' });
      expect(unknown.json.errors).toEqual({ sectionId: ['There is no such section.'] });
      for (const sectionId of ['__proto__', 'constructor', {}, [], true, -1])
        expect((await send({ ...HELLO, sectionId })).status).toBe(400);
    });

    it('takes sections, types and sites by handle or number', async () => {
      const { save } = await newsroom(open, {
        sections: [posts({ id: 7 })],
        sites: [{ handle: 'en', id: 3, language: 'en' }],
      });
      expect(await save({ ...HELLO, sectionId: 7, typeId: 42, siteId: 3 })).toMatchObject({ type: 'link' });
      expect(await save({ ...HELLO, sectionId: '7', typeId: '42', siteId: '3' })).toMatchObject({
        type: 'link',
      });
      expect(await save({ sectionHandle: 'posts', typeId: 'link', siteId: 'en', title: 'x' })).toMatchObject({
        type: 'link',
        sites: { en: { title: 'x' } },
      });
    });

    it('refuses types and sites that are none of the section’s', async () => {
      const { send } = await newsroom(open);
      const type = await send({ ...HELLO, typeId: 'page' });
      expect(type.json.errors).toEqual({ typeId: ['This section has no such entry type.'] });
      const site = await send({ ...HELLO, siteId: 'de' });
      expect(site.json.errors).toEqual({ siteId: ['This section is not on that site.'] });
    });

    it('gives no other type unasked to an entry whose own is gone: its values would be lost', async () => {
      const { site, send, save } = await newsroom(open);
      const { id, draft, ...state } = await save(HELLO);
      const { entries } = site.site.services.database;
      await entries.update(id, { ...state, draft, type: 'essay' }, { sites: {} }, 1);
      const answer = await send({ entryId: id, title: 'Other' });
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toEqual({
        typeId: [
          'Entries of the type “essay” are no longer allowed in this section. Send another typeId: post, link.',
        ],
      });
      expect(await entries.find(id)).toMatchObject({
        type: 'essay',
        sites: { default: { title: 'Hello', fields: { body: 'Text' } } },
      });
      expect((await send({ entryId: id, typeId: 'link', title: 'Other' })).json.entry).toMatchObject({
        id,
        typeHandle: 'link',
      });
    });

    it.each([
      ['\u200B\u2060 \uFEFF\u3164', 'Title cannot be blank.'],
      ['a\0b', 'Title has characters that cannot be stored.'],
    ])('is refused the title %j', async (title, message) => {
      const { send } = await newsroom(open);
      const answer = await send({ ...HELLO, title, fields: { body: 'Text' } });
      expect(answer.json.errors).toEqual({ title: [message] });
    });

    it('is complete, and tells all that is missing at once', async () => {
      const { send } = await newsroom(open);
      const answer = await send({ sectionId: 'posts', title: '  ', fields: { score: 'many' } });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        message: 'Couldn’t save entry.',
        modelName: 'entry',
        entry: { title: '  ', fields: { score: 'many' } },
        errors: { title: ['Title cannot be blank.'], 'fields.body': ['Body cannot be blank.'] },
      });
      expect(Object.keys(answer.json.errors).toSorted()).toEqual(['fields.body', 'fields.score', 'title']);
    });

    it('may lack what is required while it is disabled', async () => {
      const { save, send } = await newsroom(open);
      const entry = await save({ sectionId: 'posts', title: 'Later', enabled: false });
      expect(entry).toMatchObject({ enabled: false });
      const answer = await send({ entryId: entry.id, enabled: true });
      expect(answer.json.errors).toEqual({ 'fields.body': ['Body cannot be blank.'] });
      const disabled = await send({ ...HELLO, fields: {}, enabledForSite: 0 });
      expect(disabled.json.entry).toMatchObject({ enabled: true, enabledForSite: false, status: 'disabled' });
    });

    it('keeps titles to 255 characters that can be stored', async () => {
      const { send, save } = await newsroom(open);
      expect((await send({ ...HELLO, title: 'x'.repeat(256) })).json.errors).toEqual({
        title: ['Title should contain at most 255 characters.'],
      });
      for (const name of ['title', 'slug']) {
        const answer = await send({ ...HELLO, [name]: 'a\0b' });
        expect(answer.json.errors).toHaveProperty(name);
      }
      const entry = await save({ ...HELLO, title: ' x'.repeat(127) });
      expect(entry.sites[default_]?.title?.startsWith('x')).toBe(true);
    });
  });

  describe('a change', () => {
    it('finds the entry by canonicalId, sourceId or entryId, in this order', async () => {
      const { save } = await newsroom(open);
      const one = await save(HELLO);
      const two = await save(HELLO);
      expect((await save({ entryId: one.id, title: 'By entryId' })).id).toBe(one.id);
      expect((await save({ sourceId: two.id, entryId: one.id, title: 'By sourceId' })).id).toBe(two.id);
      const by = { canonicalId: one.id, sourceId: two.id, entryId: two.id };
      expect((await save({ ...by, title: 'By canonicalId' })).sites[default_]?.title).toBe('By canonicalId');
    });

    it('is 404 for what is not there', async () => {
      const { send } = await newsroom(open);
      const answer = await send({ entryId: 4711, title: 'x' });
      expect(answer.status).toBe(404);
      expect(answer.json).toMatchObject({ message: 'Entry not found', code: 'NOT_FOUND' });
      for (const entryId of ['x', -1, 1.5, {}]) expect((await send({ entryId })).status).toBe(400);
    });

    it('changes only what is sent', async () => {
      const { save } = await newsroom(open);
      const entry = await save({
        ...HELLO,
        slug: 'mine',
        postDate: '2026-01-02T03:04',
        expiryDate: '2030-01-01',
        fields: { body: 'Text', score: 1 },
      });
      const after = await save({ entryId: entry.id, fields: { score: 2 } });
      expect(after).toEqual({
        ...entry,
        version: 2,
        updatedAt: after.updatedAt,
        sites: {
          default: { ...entry.sites[default_], fields: { ...entry.sites[default_]?.fields, score: 2 } },
        },
      });
    });

    it('cannot move an entry to another section', async () => {
      const { save } = await newsroom(open, { sections: [posts(), pages()] });
      const entry = await save(HELLO);
      expect((await save({ entryId: entry.id, sectionId: 'pages', title: 'x' })).section).toBe('posts');
    });

    it('to another type keeps the fields they have in common', async () => {
      const { save } = await newsroom(open);
      const entry = await save({ ...HELLO, fields: { body: 'Text', score: 3 } });
      const after = await save({ entryId: entry.id, typeId: 42 });
      expect(after).toMatchObject({ type: 'link' });
      expect(after.sites[default_]?.fields).toEqual({ body: 'Text' });
    });
  });

  describe('dates', () => {
    it.each([
      ['2026-03-01', '2026-03-01T00:00:00.000Z'],
      ['2026-03-01T10:30', '2026-03-01T10:30:00.000Z'],
      ['2026-03-01T10:30:15+02:00', '2026-03-01T08:30:15.000Z'],
      [{ date: '2026-03-01', time: '10:30' }, '2026-03-01T10:30:00.000Z'],
      [{ date: '3/1/2026', time: '1:30 PM', timezone: 'America/New_York' }, '2026-03-01T18:30:00.000Z'],
      [{ datetime: '2026-03-01T10:30', timezone: 'Europe/Paris' }, '2026-03-01T09:30:00.000Z'],
      ['1772361000', '2026-03-01T10:30:00.000Z'],
    ])('are taken as %j', async (postDate, expected) => {
      const { site, ada, send } = await newsroom(open);
      expect((await send({ ...HELLO, postDate })).json.postDate).toBe(expected);
      const form = await ada.visits.form('/page', SAVE, { ...HELLO, postDate });
      expect(form.status, form.text).toBe(303);
      const last = await site.site.entries('posts').status('any').orderBy('id', 'desc').first();
      expect(last?.postDate?.toISOString()).toBe(expected);
    });

    it('without a zone are in the site’s', async () => {
      const { send } = await newsroom(open, { timeZone: 'Europe/Paris' });
      const answer = await send({ ...HELLO, postDate: '2026-07-01T12:00' });
      expect(answer.json.postDate).toBe('2026-07-01T10:00:00.000Z');
    });

    it.each(['soon', '2026-02-30', { date: 'x' }, {}, [], true].map((sent) => ({ sent })))(
      'are none: $sent',
      async ({ sent }) => {
        const { send } = await newsroom(open);
        const answer = await send({ ...HELLO, postDate: sent, expiryDate: sent });
        expect(answer.status).toBe(400);
        expect(answer.json.errors).toEqual({
          postDate: ['Post date is not a valid date. Write it like 2026-11-21T10:30.'],
          expiryDate: ['Expiry date is not a valid date. Write it like 2026-11-21T10:30.'],
        });
      },
    );

    it('are cleared by nothing: then it is posted now, and never expires', async () => {
      const { save } = await newsroom(open);
      const entry = await save({ ...HELLO, postDate: '2026-01-01', expiryDate: '2099-01-01' });
      const after = await save({ entryId: entry.id, postDate: '', expiryDate: '' });
      expect(after.expiresAt).toBeNull();
      expect((after.postAt ?? 0) % 60_000).toBe(0);
      expect(after.updatedAt - (after.postAt ?? 0)).toBeLessThan(60_000);
    });

    it('stand in order, as far as it counts', async () => {
      const { send, save } = await newsroom(open);
      const wrong = { ...HELLO, postDate: '2026-03-01', expiryDate: '2026-02-01' };
      expect((await send(wrong)).json.errors).toEqual({
        expiryDate: ['The expiry date must be after the post date.'],
      });
      expect(await save({ ...wrong, enabled: false })).toMatchObject({ enabled: false });
      const past = await save({ ...HELLO, expiryDate: '2020-01-02' });
      expect(past.postAt).toBe(Date.parse('2020-01-01'));
    });

    it('make the status, as time goes by', async () => {
      const { site, send } = await newsroom(open, { userSessionDuration: 86_400 });
      const at = (seconds: number): string =>
        new Date(site.site.services.now() + seconds * 1000).toISOString();
      const { entry } = (await send({ ...HELLO, postDate: at(3600), expiryDate: at(7200) })).json;
      const status = async (): Promise<unknown> =>
        (await site.site.entries('posts').status('any').where('id', entry.id).first())?.status;
      expect(entry.status).toBe('pending');
      site.clock.advance(3700);
      expect(await status()).toBe('live');
      site.clock.advance(3700);
      expect(await status()).toBe('expired');
      expect((await send({ entryId: entry.id, enabled: 0 })).json.entry.status).toBe('disabled');
    });
  });

  describe('slugs and paths', () => {
    it('come of the title, and are counted up where they are taken', async () => {
      const { save } = await newsroom(open);
      const slugs = [];
      for (const title of ['Ça va, “Grüße”!', 'Ça va — grüße', 'hello_world.x', '🎉'])
        slugs.push((await save({ ...HELLO, title })).sites[default_]?.slug);
      expect(slugs).toEqual(['ça-va-grüße', 'ça-va-grüße-2', 'hello-world-x', 'post']);
    });

    it('leave those alone that pages of the app answer at', async () => {
      const { save } = await newsroom(open, { sections: [posts({ reservedSlugs: ['new', 'hello'] })] });
      const slugs = [];
      for (const slug of ['new', 'New', 'news'])
        slugs.push((await save({ ...HELLO, slug })).sites[default_]?.slug);
      expect(slugs).toEqual(['new-2', 'new-3', 'news']);
    });

    it('are normalised where they are written, and invalid if nothing is left', async () => {
      const { save, send } = await newsroom(open);
      const entry = await save({ ...HELLO, slug: ' My “New” Slug/../x ' });
      expect(entry.sites[default_]).toMatchObject({ slug: 'my-new-slug-x', uri: 'posts/my-new-slug-x' });
      expect((await send({ ...HELLO, slug: '!!' })).json.errors).toEqual({ slug: ['Slug is invalid.'] });
    });

    it('stay when the title changes, and come of it again where the slug is cleared', async () => {
      const { save } = await newsroom(open);
      const entry = await save(HELLO);
      expect((await save({ entryId: entry.id, title: 'New' })).sites[default_]?.slug).toBe('hello');
      expect((await save({ entryId: entry.id, slug: '' })).sites[default_]?.slug).toBe('new');
    });

    it('are counted up to a limit', async () => {
      const { save, send } = await newsroom(open, { maxSlugIncrement: 3 });
      for (const slug of ['hello', 'hello-2', 'hello-3'])
        expect((await save(HELLO)).sites[default_]?.slug).toBe(slug);
      expect((await send({ ...HELLO, slug: 'hello' })).json.errors).toEqual({
        slug: ['Too many entries have this slug. Write another.'],
      });
      expect((await send({ ...HELLO, slug: '' })).json.errors).toHaveProperty('slug');
      expect((await send(HELLO)).json.errors).toEqual({
        title: ['Too many entries have the slug that comes of this title. Write another title.'],
      });
    });

    it('are free of other sections’ paths', async () => {
      const sections = [posts({ uriFormat: '{slug}' }), pages()];
      const both = [...may('posts', ...WRITER), ...may('pages', ...WRITER)];
      const { save } = await newsroom(open, { sections }, both);
      await save({ sectionId: 'pages', title: 'Hello' });
      expect((await save(HELLO)).sites[default_]).toMatchObject({ slug: 'hello-2', uri: 'hello-2' });
    });

    it('follow the settings', async () => {
      const { save } = await newsroom(open, {
        slugWordSeparator: '_',
        limitAutoSlugsToAscii: true,
        allowUppercaseInSlug: true,
      });
      expect((await save({ ...HELLO, title: 'Größe Nº 1' })).sites[default_]?.slug).toBe('Grosse_No_1');
    });

    it('of two at once differ', async () => {
      const { site, ada } = await newsroom(open);
      const headers = { 'x-csrf-token': await ada.visits.token() };
      const answers = await Promise.all(
        [1, 2, 3].map(() => ada.visits.json(SAVE, HELLO, { csrf: false, headers })),
      );
      const entries = await Promise.all(answers.map((answer) => saved(site, answer)));
      expect(entries.map(({ sites }) => sites[default_]?.slug).toSorted()).toEqual([
        'hello',
        'hello-2',
        'hello-3',
      ]);
    });

    it('of two sections at once differ, too', async () => {
      const sections = [posts({ uriFormat: '{slug}' }), posts({ handle: 'news', uriFormat: '{slug}' })];
      const both = [...may('posts', ...WRITER), ...may('news', ...WRITER)];
      const { site, ada } = await newsroom(open, { sections }, both);
      const headers = { 'x-csrf-token': await ada.visits.token() };
      const answers = await Promise.all(
        ['posts', 'news', 'posts', 'news'].map((sectionId) =>
          ada.visits.json(SAVE, { ...HELLO, sectionId }, { csrf: false, headers }),
        ),
      );
      const entries = await Promise.all(answers.map((answer) => saved(site, answer)));
      expect(new Set(entries.map(({ sites }) => sites[default_]?.uri)).size).toBe(4);
    });

    it('are made of what formats name, and of nothing else', async () => {
      const note = entryType(
        'note',
        { number: field.number({ frontend: true }) },
        {
          hasTitleField: false,
          titleFormat: 'Note {fields.number} by {author.username}',
        },
      );
      const { site, save, ada } = await newsroom(open, {
        sections: [posts({ entryTypes: [note], uriFormat: '{section.handle}/{author.id}/{id}/{slug}' })],
      });
      const name = (await site.site.queries.users.find(ada.id))?.username;
      const entry = await save({ sectionId: 'posts', title: 'ignored', fields: { number: 7 } });
      expect(entry.sites[default_]).toMatchObject({
        title: `Note 7 by ${name}`,
        slug: `note-7-by-${name}`,
        uri: `posts/${ada.id}/${entry.id}/note-7-by-${name}`,
      });
    });
  });

  describe('a structure', () => {
    const open_ = (options: Parameters<typeof pages>[0] = {}) =>
      newsroom(open, { sections: [pages(options)] }, may('pages', ...WRITER));
    const page = { sectionId: 'pages', title: 'Page' };

    it('takes a parent, and gives paths by it, which follow when it moves', async () => {
      const { site, save } = await open_();
      const top = await save({ ...page, title: 'Top' });
      const child = await save({ ...page, title: 'Child', parentId: top.id });
      const grandchild = await save({ ...page, title: 'Grand', parentId: [String(child.id)] });
      expect(grandchild).toMatchObject({ level: 3, parentId: child.id });
      expect(grandchild.sites[default_]?.uri).toBe('top/child/grand');
      await save({ entryId: top.id, slug: 'tip' });
      expect((await stored(site, grandchild.id))?.sites[default_]?.uri).toBe('tip/child/grand');
      const moved = await save({ entryId: child.id, parentId: '' });
      expect(moved).toMatchObject({ level: 1, parentId: null });
      expect(await stored(site, grandchild.id)).toMatchObject({
        level: 2,
        sites: { default: { uri: 'child/grand' } },
      });
    });

    it('gives what is below it another path without saving it', async () => {
      const { site, save, send } = await open_();
      const top = await save({ ...page, title: 'Top' });
      const children = [];
      for (const title of ['A', 'B', 'C']) children.push(await save({ ...page, title, parentId: top.id }));
      const leaf = await save({ ...page, title: 'Leaf', parentId: children[2]?.id });
      // Has the path that B would get, in no section of the site's.
      const { database } = site.site.services;
      await database.entries.setPaths([{ id: leaf.id, site: default_, slug: 'leaf', uri: 'tip/b' }]);
      const before = await database.entries.findMany([...children, leaf].map(({ id }) => id));
      site.clock.advance(60);
      await save({ entryId: top.id, slug: 'tip' });
      const after = await database.entries.findMany(before.map(({ id }) => id));
      expect(after.map(({ sites }) => sites[default_]?.uri)).toEqual([
        'tip/a',
        'tip/b',
        'tip/c',
        'tip/c/leaf',
      ]);
      for (const [at, entry] of after.entries())
        expect(entry).toMatchObject({
          version: before[at]?.version,
          updatedAt: before[at]?.updatedAt,
        });
      expect(
        await database.entries.takenUris({ site: default_, exceptId: null }, ['top/a', 'tip/a', 'tip/b']),
      ).toEqual(new Set(['tip/a', 'tip/b']));
      // Whoever had it open meanwhile saves as if nothing had been.
      const version = before[0]?.version;
      expect((await send({ entryId: children[0]?.id, title: 'A again', version })).status).toBe(200);
    });

    it('counts paths up that are taken, and those below them', async () => {
      const other = posts({ uriFormat: 'tip/{slug}' });
      const sections = [pages(), other];
      const { site, save } = await newsroom(open, { sections }, [
        ...may('pages', ...WRITER),
        ...may('posts', ...WRITER),
      ]);
      await save({ ...HELLO, slug: 'child' });
      const top = await save({ ...page, title: 'Top' });
      const child = await save({ ...page, title: 'Child', parentId: top.id });
      const leaf = await save({ ...page, title: 'Leaf', parentId: child.id });
      await save({ entryId: top.id, slug: 'tip' });
      expect((await stored(site, child.id))?.sites[default_]).toMatchObject({
        slug: 'child-2',
        uri: 'tip/child-2',
      });
      expect((await stored(site, leaf.id))?.sites[default_]?.uri).toBe('tip/child-2/leaf');
    });

    it('has paths of at most 255 characters, for which new slugs are shortened', async () => {
      const { site, save, send } = await open_();
      const path = async (id: number) => (await stored(site, id))?.sites[default_];
      const top = await save({ ...page, title: 'ä'.repeat(100) });
      const child = await save({ ...page, title: 'ö'.repeat(150), parentId: top.id });
      const first = await save({ ...page, title: '日'.repeat(200), parentId: child.id });
      expect(first.sites[default_]?.slug).toBe('日'.repeat(3));
      // Twelve characters are no room for three and a number.
      const second = await save({ ...page, title: '日'.repeat(200), parentId: child.id });
      expect(second.sites[default_]).toMatchObject({ slug: '日-2' });
      expect(second.sites[default_]?.uri).toHaveLength(255);
      expect((await save({ ...page, title: 'x'.repeat(255) })).sites[default_]?.slug).toHaveLength(255);
      expect((await save({ ...page, title: 'x'.repeat(255) })).sites[default_]?.slug).toMatch(/^x{253}-2$/);

      const full = await send({ ...page, title: 'Below', parentId: first.id });
      expect(full.json.errors).toEqual({
        slug: [
          'The path of “Below” would have 261 characters, and at most 255 fit. Shorten its slug, or those above it.',
        ],
      });
      const renamed = await send({ entryId: top.id, slug: 'ä'.repeat(101) });
      expect(renamed.json.errors?.slug).toEqual([
        expect.stringMatching(/^The path of “日+…” would have 256 characters/),
      ]);
      expect((await path(first.id))?.uri).toHaveLength(255);
      expect((await path(top.id))?.slug).toBe('ä'.repeat(100));
    });

    it('goes a hundred levels down where nothing else is said', async () => {
      const { save, send, site } = await open_({ uriFormat: '{slug}' });
      let parentId: number | null = null;
      const derived = { sites: {} };
      for (let level = 1; level <= 99; level++) {
        const version = { title: null, slug: `l${level}`, uri: `l${level}`, enabled: true, fields: {} };
        const native = {
          section: 'pages',
          type: 'page',
          draft: false,
          creatorId: null,
          enabled: true,
          postAt: 1,
        };
        parentId = (
          await site.site.services.database.entries.insert(
            { ...native, expiresAt: null, authorIds: [], parentId, sites: { [default_]: version } },
            derived,
            'end',
            1,
          )
        ).id;
      }
      const last = await save({ ...page, parentId });
      expect(last.level).toBe(100);
      const answer = await send({ ...page, parentId: last.id });
      expect([answer.status, answer.json.errors]).toEqual([
        400,
        { parentId: ['This section has at most 100 levels.'] },
      ]);
    });

    it('refuses parents that are none, are below the entry, or too deep', async () => {
      const sections = [pages({ maxLevels: 2 }), posts()];
      const both = [...may('pages', ...WRITER), ...may('posts', ...WRITER)];
      const { save, send } = await newsroom(open, { sections }, both);
      const top = await save(page);
      const child = await save({ ...page, parentId: top.id });
      const other = await save(page);
      const elsewhere = await save(HELLO);
      const fault = async (changes: object): Promise<unknown> =>
        (await send(changes)).json.errors?.parentId?.[0];
      expect(await fault({ ...page, parentId: 4711 })).toBe('There is no such parent entry in this section.');
      expect(await fault({ ...page, parentId: elsewhere.id })).toBe(
        'There is no such parent entry in this section.',
      );
      expect(await fault({ entryId: top.id, parentId: child.id })).toBe(
        'An entry cannot be placed below itself.',
      );
      expect(await fault({ entryId: top.id, parentId: top.id })).toBe(
        'An entry cannot be placed below itself.',
      );
      expect(await fault({ ...page, parentId: child.id })).toBe('This section has at most 2 levels.');
      expect(await fault({ entryId: top.id, parentId: other.id })).toBe('This section has at most 2 levels.');
      for (const parentId of ['x', {}, [1, 2], true])
        expect(await fault({ ...page, parentId })).toMatch(/parent is sent as|no such parent/);
    });
  });

  describe('a single', () => {
    it('is saved by its section, without a new one', async () => {
      const { save, send } = await newsroom(
        open,
        { sections: [about] },
        may('about', 'viewEntries', 'saveEntries'),
      );
      const one = await save({
        sectionId: 'about',
        fields: { body: 'We' },
        author: 1,
        expiryDate: '2030-01-01',
      });
      expect(one).toMatchObject({ authorIds: [], expiresAt: null, section: 'about' });
      expect(one.sites[default_]).toMatchObject({ title: 'About', uri: 'about-us' });
      const again = await save({ sectionId: 'about', title: 'About us' });
      expect(again.id).toBe(one.id);
      expect((await send({ sectionId: 'about', version: one.version })).status).toBe(409);
    });
  });

  describe('a form', () => {
    it('goes where its redirect leads, with a flash', async () => {
      const { site, ada } = await newsroom(open, SIGNING);
      const { redirect } = await signedBy(ada.visits, 'community-posts/{uid}');
      const answer = await ada.visits.form('/page', SAVE, { ...HELLO, redirect });
      expect(answer.status).toBe(303);
      const entry = await site.site.entries('posts').first();
      expect(answer.location).toBe(`/community-posts/${entry?.uid}`);
      expect(pageOf(await ada.visits.get('/page')).flashes).toEqual({ notice: 'Entry saved.' });
    });

    it.each([
      ['{section.handle}/{type.handle}/{section.name}', '/posts/post/Posts'],
      ['moods/{mood}{object.mood}', '/moods/good'],
      ['{body}/{fields.mood}{score}', '/Text/good'],
      ['{title}/{authorUsername}', expect.stringMatching(/^\/Hello\/user\d+$/)],
      ['x/{constructor}{toString}{__proto__}', '/x/'],
    ])('goes to %s filled in', async (template, to) => {
      const { ada } = await newsroom(open, SIGNING);
      const { redirect } = await signedBy(ada.visits, template);
      const answer = await ada.visits.form('/page', SAVE, { ...HELLO, redirect });
      expect([answer.status, answer.location]).toEqual([303, to]);
    });

    it('is shown again with what was typed, under the name it asks for', async () => {
      const { ada } = await newsroom(open, SIGNING);
      const { entryVariable } = await signedBy(ada.visits, 'story');
      const answer = await ada.visits.form('/page', SAVE, {
        ...HELLO,
        fields: { body: '', score: 'many' },
        entryVariable,
      });
      expect(answer.status).toBe(422);
      const { variables, flashes } = pageOf(answer);
      expect(flashes).toEqual({ error: 'Couldn’t save entry.' });
      expect(variables['story']).toMatchObject({ title: 'Hello', fields: { score: 'many' } });
      expect(variables['errors']).toMatchObject({ 'fields.body': ['Body cannot be blank.'] });
    });

    it('sends switches, lists and fields as forms do', async () => {
      const { site, ada } = await newsroom(open);
      const answer = await ada.visits.form('/page', SAVE, {
        ...HELLO,
        enabled: '1',
        enabledForSite: '',
        authors: [String(ada.id)],
      });
      expect(answer.status).toBe(303);
      const entry = await site.site.entries('posts').status('any').first();
      expect(entry).toMatchObject({ enabled: true, enabledForSite: false, authorIds: [ada.id] });
    });

    it('may say everything but the token in its query', async () => {
      const { site, ada } = await newsroom(open);
      const answer = await ada.visits.send(`/actions/${SAVE}?sectionId=posts&title=Query&fieldsLocation=f`, {
        method: 'POST',
        body: new URLSearchParams({ 'f[body]': 'Text', PORTICO_CSRF_TOKEN: await ada.visits.token() }),
        headers: { accept: 'application/json' },
      });
      expect((await saved(site, answer)).sites[default_]).toMatchObject({
        title: 'Query',
        fields: { body: 'Text' },
      });
    });
  });

  describe('revisions', () => {
    it('are kept with their notes', async () => {
      const { site, save, ada } = await newsroom(open);
      const entry = await save({ ...HELLO, revisionNotes: ' First ' });
      await save({ entryId: entry.id, title: 'Two', notes: 'Second' });
      const { entryRevisions } = site.site.services.database;
      const { revisions } = await entryRevisions.listOf(entry.id, { limit: 9, offset: 0 });
      expect(revisions.map(({ num, notes, creatorId }) => ({ num, notes, creatorId }))).toEqual([
        { num: 2, notes: 'Second', creatorId: ada.id },
        { num: 1, notes: 'First', creatorId: ada.id },
      ]);
      expect((await entryRevisions.find(entry.id, 1))?.state.sites[default_]?.title).toBe('Hello');
    });

    it('begin with what was before, where the entry came by other ways', async () => {
      const { site, save, ada } = await newsroom(open);
      const { entries, entryRevisions } = site.site.services.database;
      const version = { title: 'Old', slug: 'old', uri: 'posts/old', enabled: true, fields: { body: 'x' } };
      const times = { postAt: 1, expiresAt: null, authorIds: [ada.id], parentId: null };
      const imported = await entries.insert(
        {
          ...times,
          section: 'posts',
          type: 'post',
          enabled: true,
          draft: false,
          creatorId: null,
          sites: { default: version },
        },
        { sites: {} },
        'end',
        1000,
      );
      await save({ entryId: imported.id, title: 'New', notes: 'Mine' });
      const titles = await Promise.all([1, 2].map((num) => entryRevisions.find(imported.id, num)));
      expect(titles.map((one) => [one?.state.sites[default_]?.title, one?.notes, one?.creatorId])).toEqual([
        ['Old', null, null],
        ['New', 'Mine', ada.id],
      ]);
      expect(titles[0]?.createdAt).toBe(1000);
    });

    it('are as many as the settings say, and none where the section keeps none', async () => {
      const sections = [posts(), pages({ enableVersioning: false })];
      const both = [...may('posts', ...WRITER), ...may('pages', ...WRITER)];
      const { site, save } = await newsroom(open, { sections, maxRevisions: 2 }, both);
      const { entryRevisions } = site.site.services.database;
      const entry = await save(HELLO);
      for (const title of ['2', '3', '4']) await save({ entryId: entry.id, title });
      const { revisions } = await entryRevisions.listOf(entry.id, { limit: 9, offset: 0 });
      expect(revisions.map(({ num }) => num)).toEqual([4, 3]);
      const page = await save({ sectionId: 'pages', title: 'Page' });
      expect((await entryRevisions.listOf(page.id, { limit: 9, offset: 0 })).total).toBe(0);
    });
  });

  it('is 503 while the database is gone, and then as it was', async () => {
    const { site, ada, save } = await newsroom(open);
    const entry = await save(HELLO);
    const { database } = site.site.services;
    const transaction = vi.spyOn(database, 'transaction').mockRejectedValue(outage(new Error('gone')));
    const headers = { 'x-csrf-token': await ada.visits.token() };
    const answer = await ada.visits.json(SAVE, { entryId: entry.id, title: 'x' }, { csrf: false, headers });
    expect(answer.status).toBe(503);
    expect(answer.json.code).toBe('SERVICE_UNAVAILABLE');
    transaction.mockRestore();
    const find = vi.spyOn(database.entries, 'find').mockRejectedValue(outage(new Error('gone')));
    expect((await ada.visits.json(SAVE, { entryId: entry.id, title: 'x' })).status).toBe(503);
    find.mockRestore();
    expect(await stored(site, entry.id)).toEqual(entry);
  });

  it('refuses notes that are too long or cannot be stored', async () => {
    const { send } = await newsroom(open);
    for (const notes of ['x'.repeat(2001), 'a\0b'])
      expect((await send({ ...HELLO, notes })).json.errors).toHaveProperty('notes');
  });

  it('fills blank fields with what new entries have where it is fresh', async () => {
    const { save } = await newsroom(open);
    const entry = await save({ ...HELLO, fields: { body: 'x', mood: '' } });
    expect(entry.sites[default_]?.fields).toMatchObject({ mood: null });
    expect((await save({ entryId: entry.id, isFresh: 1 })).sites[default_]?.fields).toMatchObject({
      mood: 'good',
    });
  });

  it('copies an entry that is to be duplicated, and changes the copy', async () => {
    const { site, save } = await newsroom(open);
    const entry = await save(HELLO);
    const copy = await save({ entryId: entry.id, duplicate: 1, title: 'Copy' });
    expect(copy.id).not.toBe(entry.id);
    expect(copy.sites[default_]).toMatchObject({ title: 'Copy', fields: { body: 'Text' } });
    expect((await stored(site, entry.id))?.version).toBe(1);
  });

  it('counts saves by user', async () => {
    const { site, send } = await newsroom(open, { limits: { entries: { points: 2, seconds: 60 } } });
    expect((await send(HELLO)).status).toBe(200);
    expect((await send(HELLO)).status).toBe(200);
    expect((await send(HELLO)).status).toBe(429);
    const bob = await writer(site);
    expect((await bob.visits.json(SAVE, HELLO)).status).toBe(200);
  });
});
