import { actionInput, csrfInput, hiddenInput, html, input, redirectInput } from 'portico/html';
import { expect, it } from 'vitest';
import { entryType, field, section } from '../../src/index.ts';
import { png } from '../support/png.ts';
import { describeSites, pageOf, type Answer, type TestSite } from '../support/site.ts';
import { formPages, inputsOf, submit } from './form-page.ts';

// The seed, "Custom Fields", "Field + Data Types", "Date + Time" and "Relations", and its forms of entries: printed by the
// helpers of the same names, sent as they stand.

const topic = section({
  handle: 'topics',
  type: 'structure',
  entryTypes: [entryType('topic', {})],
  maxAuthors: 0,
});
const tags = section({ handle: 'tags', type: 'channel', entryTypes: [entryType('tag', {})], maxAuthors: 0 });

const posts = section({
  handle: 'posts',
  id: 3,
  type: 'channel',
  uriFormat: 'community-posts/{slug}',
  entryTypes: [
    entryType('post', {
      myCustomFieldHandle: field.text({ frontend: true }),
      amount: field.number({ frontend: true }),
      featured: field.lightswitch({ frontend: true }),
      eventDate: field.date({ frontend: true }),
      colors: field.checkboxes({ frontend: true, options: ['red', 'green', 'blue'] }),
      related: field.entries({ frontend: true, sections: ['posts'] }),
      topics: field.categories({ frontend: true, section: 'topics' }),
      keywords: field.tags({ frontend: true, section: 'tags' }),
      photos: field.assets({ frontend: true }),
    }),
  ],
});

const WRITER = ['viewentries:posts', 'createentries:posts', 'saveentries:posts'];

/** What the templates of the seed make, with the inputs that say which entry beside them. */
function seedPages(opened: Promise<TestSite>) {
  const entryOf = async (url: URL) =>
    (await opened).site
      .entries('posts')
      .status('any')
      .find(Number(url.searchParams.get('entry')));
  const which = (url: URL) => {
    const id = url.searchParams.get('entry');
    return id === null ? hiddenInput('sectionId', 3) : hiddenInput('entryId', id);
  };
  return formPages({
    '/page/save-entry': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')}
      ${input('text', 'fields[myCustomFieldHandle]')}
    `,
    '/page/field': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)} ${input('text', 'title', 'Hello')}
      ${input('text', 'fields[myCustomFieldHandle]')}
    `,
    '/page/fields-location': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)} ${input('text', 'title', 'Hello')}
      ${hiddenInput('fieldsLocation', 'f')} ${input('text', 'f[myCustomFieldHandle]')}
    `,
    '/page/community': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')}
      ${redirectInput(ctx, 'community-posts/{uid}')} ${which(ctx.url)} ${input('text', 'title')}
    `,
    '/page/scalars': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)} ${input('text', 'title', 'Hello')}
      ${input('number', 'fields[amount]')} ${hiddenInput('fields[featured]', '')}
      ${input('checkbox', 'fields[featured]', 1, { checked: ctx.url.searchParams.has('featured') })}
    `,
    '/page/dates': async (ctx) => {
      const entry = await entryOf(ctx.url);
      const atom = entry?.postDate?.toISOString().replace(/\.\d+Z$/, '+00:00');
      return html`
        ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)}
        ${input('datetime-local', 'postDate', atom)} ${input('datetime-local', 'expiryDate', entry?.expiryDate)}
        ${input('datetime-local', 'fields[eventDate]')}
      `;
    },
    '/page/datetime': async (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)}
      ${input('datetime-local', 'postDate[datetime]', (await entryOf(ctx.url))?.postDate)}
      ${hiddenInput('postDate[timezone]', 'UTC')}
    `,
    '/page/date-and-time': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)}
      ${input('date', 'postDate[date]')} ${input('time', 'postDate[time]')}
      ${hiddenInput('postDate[timezone]', 'Europe/Berlin')}
      ${input('date', 'fields[eventDate][date]')} ${input('time', 'fields[eventDate][time]')}
    `,
    '/page/relations': (ctx) => html`
      ${csrfInput(ctx)} ${actionInput('entries/save-entry')} ${which(ctx.url)} ${input('text', 'title', 'Hello')}
      ${['related', 'topics', 'keywords', 'photos'].map((handle) => hiddenInput(`fields[${handle}][]`, ''))}
      ${hiddenInput('fields[colors]', '')} ${hiddenInput('fields[colors][]', '')}
    `,
  });
}

describeSites('the seed’s forms of entries', (open) => {
  async function setUp(timeZone = 'UTC') {
    const opened = Promise.withResolvers<TestSite>();
    const site = await open({
      sections: [posts, topic, tags],
      portico: { use: [seedPages(opened.promise)] },
      timeZone,
      limits: { entries: false, uploads: false },
    });
    opened.resolve(site);
    const user = await site.user({ permissions: WRITER });
    const visitor = await site.login(user);
    const newest = async () => {
      const entry = await site.site.entries('posts').status('any').orderBy('id', 'desc').first();
      if (entry === undefined) throw new Error('Nothing was saved.');
      return entry as unknown as Record<'id' | 'title' | 'uid', unknown> & {
        readonly postDate: Date | null;
        readonly expiryDate: Date | null;
        readonly fields: Readonly<Record<string, unknown>>;
      };
    };
    return { site, visitor, newest };
  }

  const saved = ({ status, location, text }: Answer): void => {
    expect(status, text).toBe(303);
    expect(location).toMatch(/^\//);
  };

  it('Custom Fields: the sample, which says of no entry which it is, comes back with what is missing', async () => {
    const { visitor } = await setUp();
    const typed = { 'fields[myCustomFieldHandle]': 'Typed' };
    const answer = await submit(visitor, '/page/save-entry', typed);
    expect(answer.status).toBe(422);
    const { variables, flashes } = pageOf(answer);
    expect(variables['entry']).toMatchObject({ fields: { myCustomFieldHandle: 'Typed' } });
    expect(flashes).toEqual({ error: 'Couldn’t save entry.' });
    const script = await submit(visitor, '/page/save-entry', typed, { accept: 'application/json' });
    expect(script.json).toMatchObject({ modelName: 'entry', errors: { sectionId: expect.any(Array) } });
  });

  it('Custom Fields: under `fields`, and only what is included is updated', async () => {
    const { visitor, newest } = await setUp();
    saved(await submit(visitor, '/page/field', { 'fields[myCustomFieldHandle]': 'One' }));
    const first = await newest();
    expect(first).toMatchObject({ title: 'Hello', fields: { myCustomFieldHandle: 'One', amount: null } });
    saved(await submit(visitor, `/page/scalars?entry=${first.id}`, { 'fields[amount]': '12' }));
    expect((await newest()).fields).toMatchObject({ myCustomFieldHandle: 'One', amount: 12 });
    saved(await submit(visitor, `/page/field?entry=${first.id}`, { 'fields[myCustomFieldHandle]': 'Two' }));
    expect((await newest()).fields).toMatchObject({ myCustomFieldHandle: 'Two', amount: 12 });
    expect((await newest()).id).toBe(first.id);
  });

  it('Custom Fields: re-keyed by fieldsLocation', async () => {
    const { visitor, newest } = await setUp();
    saved(await submit(visitor, '/page/fields-location', { 'f[myCustomFieldHandle]': 'Elsewhere' }));
    expect((await newest()).fields).toMatchObject({ myCustomFieldHandle: 'Elsewhere' });
  });

  it('Success: the redirect is an object template, filled in after the save', async () => {
    const { visitor, newest } = await setUp();
    const page = (await visitor.get('/page/community')).text;
    expect(page).toContain('community-posts/{uid}');
    const answer = await submit(visitor, '/page/community', { title: 'Post + View' });
    const { uid } = await newest();
    expect([answer.status, answer.location]).toEqual([303, `/community-posts/${String(uid)}`]);
    expect(pageOf(await visitor.get('/page')).flashes).toEqual({ notice: 'Entry saved.' });
    const script = await submit(visitor, '/page/community', { title: 'Two' }, { accept: 'application/json' });
    expect(script.json).toMatchObject({
      message: 'Entry saved.',
      title: 'Two',
      redirect: `/community-posts/${script.json.entry.uid}`,
    });
  });

  it('Failure: the page is shown again with the model, and nothing is redirected', async () => {
    const { visitor, site } = await setUp();
    const answer = await submit(visitor, '/page/community', { title: '' });
    expect([answer.status, answer.location]).toEqual([422, null]);
    const { variables, flashes } = pageOf(answer);
    expect(variables['entry']).toMatchObject({ title: '' });
    expect(flashes).toEqual({ error: 'Couldn’t save entry.' });
    const script = await submit(visitor, '/page/community', { title: '' }, { accept: 'application/json' });
    expect([script.status, script.json]).toEqual([
      400,
      expect.objectContaining({
        errors: { title: ['Title cannot be blank.'] },
        message: 'Couldn’t save entry.',
        modelName: 'entry',
        entry: expect.objectContaining({ title: '' }),
      }),
    ]);
    expect(await site.site.entries('posts').status('any').count()).toBe(0);
  });

  it('Field + Data Types: numbers, texts and booleans come from single inputs', async () => {
    const { visitor, newest } = await setUp();
    saved(await submit(visitor, '/page/scalars?featured', { 'fields[amount]': '3.5' }));
    expect((await newest()).fields).toMatchObject({ amount: 3.5, featured: true });
    const { id } = await newest();
    saved(await submit(visitor, `/page/scalars?entry=${id}`, { 'fields[amount]': '' }));
    expect((await newest()).fields).toMatchObject({ amount: null, featured: false });
    const wrong = await submit(visitor, `/page/scalars?entry=${id}`, { 'fields[amount]': 'abc' });
    expect(wrong.status).toBe(422);
    expect((await newest()).fields).toMatchObject({ amount: null });
  });

  it('Date + Time: postDate|atom in a datetime-local goes out and comes back the same', async () => {
    const { visitor, newest } = await setUp();
    saved(await submit(visitor, '/page/field'));
    const { id, postDate } = await newest();
    const path = `/page/dates?entry=${id}`;
    const shown = inputsOf((await visitor.get(path)).text);
    // What the input can show: without an offset, in UTC.
    expect(shown.get('postDate')).toBe(postDate?.toISOString().slice(0, 16));
    saved(await submit(visitor, path));
    expect((await newest()).postDate).toEqual(postDate);
    // As a browser sends what was chosen there.
    const chosen = {
      postDate: '2026-03-04T05:06',
      expiryDate: '2027-03-04T05:06',
      'fields[eventDate]': '2026-07-08T09:10',
    };
    saved(await submit(visitor, path, chosen));
    expect(await newest()).toMatchObject({
      postDate: new Date('2026-03-04T05:06:00Z'),
      expiryDate: new Date('2027-03-04T05:06:00Z'),
      fields: { eventDate: '2026-07-08T09:10:00.000Z' },
    });
    saved(await submit(visitor, path, { expiryDate: '', postDate: '2026-03-04T05:06:07+02:00' }));
    expect(await newest()).toMatchObject({ postDate: new Date('2026-03-04T03:06:07Z'), expiryDate: null });
  });

  it('Date + Time: a datetime-local that says its timezone comes back the same wherever the site is', async () => {
    const { visitor, newest } = await setUp('Europe/Berlin');
    saved(await submit(visitor, '/page/field'));
    const { id, postDate } = await newest();
    saved(await submit(visitor, `/page/datetime?entry=${id}`));
    expect((await newest()).postDate).toEqual(postDate);
    saved(await submit(visitor, `/page/datetime?entry=${id}`, { 'postDate[datetime]': '2026-07-01T10:00' }));
    expect((await newest()).postDate).toEqual(new Date('2026-07-01T10:00:00Z'));
  });

  it('Date + Time: as date, time and timezone', async () => {
    const { visitor, newest } = await setUp();
    saved(await submit(visitor, '/page/field'));
    const { id } = await newest();
    const typed = {
      'postDate[date]': '2026-01-02',
      'postDate[time]': '10:30',
      'fields[eventDate][date]': '2026-07-08',
      'fields[eventDate][time]': '09:10',
    };
    saved(await submit(visitor, `/page/date-and-time?entry=${id}`, typed));
    expect(await newest()).toMatchObject({
      postDate: new Date('2026-01-02T09:30:00Z'),
      fields: { eventDate: '2026-07-08T09:10:00.000Z' },
    });
  });

  it('Date + Time: dateCreated and dateUpdated are not for forms', async () => {
    const { visitor, newest, site } = await setUp();
    saved(await submit(visitor, '/page/field'));
    const entry = await newest();
    const fields = { entryId: entry.id, dateCreated: '1999-01-01', dateUpdated: '1999-01-01', title: 'Old' };
    expect((await visitor.form('/page/field', 'entries/save-entry', fields)).status).toBe(303);
    const after = await site.site.services.database.entries.find(Number(entry.id));
    expect(after?.sites['default']?.title).toBe('Old');
    expect(Math.min(after?.createdAt ?? 0, after?.updatedAt ?? 0)).toBeGreaterThan(Date.parse('2020-01-01'));
  });

  it('Relations: an array of IDs with an empty hidden input before it, which alone clears', async () => {
    const { site, visitor, newest } = await setUp();
    const admin = await site.login(await site.user({ admin: true }));
    const made = async (fields: Record<string, unknown>): Promise<string> => {
      const { json, status, text } = await admin.json('entries/save-entry', fields);
      expect(status, text).toBe(200);
      return String(json.id);
    };
    const one = await made({ sectionId: 'posts', title: 'One' });
    const two = await made({ sectionId: 'posts', title: 'Two' });
    const bees = await made({ sectionId: 'topics', title: 'Bees' });
    const honey = await made({ sectionId: 'tags', title: 'Honey' });
    const photo = await visitor.upload('entries/save-entry', {
      sectionId: 3,
      title: 'With a photo',
      fields: { photos: [new File([await png()], 'bee.png', { type: 'image/png' })] },
    });
    const [photoId] = photo.json.entry.fields.photos as number[];
    const chosen = {
      'fields[related][]': [two, one],
      'fields[topics][]': [bees],
      'fields[keywords][]': [honey],
      'fields[photos][]': [String(photoId)],
      'fields[colors][]': ['blue', 'red'],
    };
    saved(await submit(visitor, '/page/relations', chosen));
    const { id, fields } = await newest();
    expect(fields).toMatchObject({
      related: [Number(two), Number(one)],
      topics: [Number(bees)],
      keywords: [Number(honey)],
      photos: [photoId],
      colors: ['red', 'blue'],
    });
    saved(await submit(visitor, `/page/relations?entry=${id}`, { 'fields[related][]': [one] }));
    expect((await newest()).fields).toMatchObject({
      related: [Number(one)],
      topics: [],
      photos: [],
      colors: [],
    });
    // What a form does not include stays.
    saved(await submit(visitor, `/page/field?entry=${id}`));
    expect((await newest()).fields).toMatchObject({ related: [Number(one)] });
  });
});
