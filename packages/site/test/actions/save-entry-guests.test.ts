import { expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import type { GuestOptions } from '../../src/content/section.ts';
import { field } from '../../src/fields/define.ts';
import { describeSites, pageOf, type TestSiteOptions } from '../support/site.ts';
import { png } from '../support/png.ts';
import { about, posts, SAVE, saved, stored, writer } from '../support/newsroom.ts';

const story = entryType('story', {
  body: field.text({ frontend: true, required: true }),
  cover: field.assets({ frontend: true, max: 1 }),
  related: field.entries({ frontend: true }),
});
const STORY = { sectionId: 'stories', title: 'Mine', fields: { body: 'Once' } };

describeSites('POST entries/save-entry by guests', (open) => {
  async function setUp(guests: GuestOptions = {}, options: TestSiteOptions = {}) {
    const sections = [posts({ handle: 'stories', entryTypes: [story], guests }), posts(), about];
    const site = await open({ sections, ...options });
    return { site, guest: site.visitor() };
  }

  it('makes an entry that somebody must enable', async () => {
    const { site, guest } = await setUp();
    const answer = await guest.json(SAVE, STORY);
    const entry = await saved(site, answer);
    expect(entry).toMatchObject({ enabled: false, authorIds: [], creatorId: null, draft: false });
    expect(answer.json.entry.status).toBe('disabled');
    const editor = await writer(site, [], { admin: true });
    const enabled = await editor.visits.json(SAVE, { entryId: entry.id, enabled: 1 });
    expect(await saved(site, enabled)).toMatchObject({ enabled: true, authorIds: [] });
  });

  it('by a form comes back to the page', async () => {
    const { site, guest } = await setUp();
    const wrong = await guest.form('/page', SAVE, { ...STORY, fields: { body: '' } });
    expect(wrong.status).toBe(422);
    expect(pageOf(wrong).variables).toMatchObject({ entry: { title: 'Mine' } });
    const answer = await guest.form('/page', SAVE, STORY);
    expect(answer.status).toBe(303);
    expect(await site.site.entries('stories').status('any').count()).toBe(1);
  });

  it('follows what the section says', async () => {
    const guests = { enabledByDefault: true, runValidation: false };
    const { site, guest } = await setUp(guests);
    const host = await site.user();
    Object.assign(site.site.services.content.section('stories')?.guests ?? {}, { authorId: host.id });
    const entry = await saved(site, await guest.json(SAVE, STORY));
    expect(entry).toMatchObject({ enabled: true, authorIds: [host.id], creatorId: null });
    // What is published must be complete.
    expect((await guest.json(SAVE, { ...STORY, fields: {} })).status).toBe(400);
  });

  it('may be incomplete where the section does not mind, while it is disabled', async () => {
    const { site, guest } = await setUp({ runValidation: false });
    const entry = await saved(site, await guest.json(SAVE, { ...STORY, fields: {} }));
    expect(entry.sites['default']?.fields).toMatchObject({ body: null });
  });

  it('is not published by what else the guest sends', async () => {
    const { site, guest } = await setUp();
    const entry = await saved(
      site,
      await guest.json(SAVE, {
        ...STORY,
        enabled: 1,
        enabledForSite: { default: 1 },
        postDate: '2020-01-01',
        expiryDate: '2020-01-02',
        draft: false,
        creatorId: 1,
        id: 99,
      }),
    );
    expect(entry).toMatchObject({ enabled: false, expiresAt: null, creatorId: null });
    expect(entry.postAt).toBeGreaterThan(Date.parse('2021-01-01'));
    expect((await guest.json(SAVE, { ...STORY, author: 1 })).status).toBe(401);
  });

  it('is all a guest may do', async () => {
    const { site, guest } = await setUp({ enabledByDefault: true });
    const entry = await saved(site, await guest.json(SAVE, STORY));
    const sends = [
      { entryId: entry.id, title: 'x' },
      { entryId: entry.id, provisional: 1, title: 'x' },
      { ...STORY, provisional: 1 },
      { ...STORY, sectionId: 'posts' },
      { ...STORY, sectionId: 'about' },
      { entryId: entry.id, duplicate: 1 },
    ];
    for (const body of sends) expect([body, (await guest.json(SAVE, body)).status]).toEqual([body, 401]);
    expect((await stored(site, entry.id))?.version).toBe(1);
    expect(await site.site.entries('stories').status('any').count()).toBe(1);
  });

  it('may have files, of which the guest names none that are there', async () => {
    const { site, guest } = await setUp();
    const file = new File([await png()], 'cover.png', { type: 'image/png' });
    const entry = await saved(
      site,
      await guest.upload(SAVE, { ...STORY, fields: { body: 'x', cover: [file] } }),
    );
    const [id] = entry.sites['default']?.fields['cover'] as readonly number[];
    const asset = await site.site.services.database.assets.find(id ?? 0);
    expect(asset).toMatchObject({ uploaderId: null, kind: 'image' });
    const named = await guest.json(SAVE, { ...STORY, fields: { body: 'x', cover: [id] } });
    expect(named.json.errors).toEqual({ 'fields.cover': [`Cover: asset “${id}” is not available.`] });
  });

  it('names no entry that guests cannot see', async () => {
    const { site, guest } = await setUp();
    const hidden = await saved(site, await guest.json(SAVE, STORY));
    const answer = await guest.json(SAVE, { ...STORY, fields: { body: 'x', related: [hidden.id] } });
    expect(answer.json.errors).toEqual({
      'fields.related': [`Related: entry “${hidden.id}” is not available.`],
    });
  });

  it('are limited by section', async () => {
    const { guest } = await setUp({ limit: { points: 2, seconds: 60 } });
    expect((await guest.json(SAVE, STORY)).status).toBe(200);
    expect(
      (await guest.json(SAVE, { ...STORY, sectionId: undefined, sectionHandle: ['stories'] })).status,
    ).toBe(200);
    expect((await guest.json(SAVE, STORY)).status).toBe(429);
  });

  it('and their files, too', async () => {
    const { guest } = await setUp({ limit: false }, { limits: { uploads: { points: 1, seconds: 60 } } });
    const send = async (): Promise<number> => {
      const file = new File([await png()], 'cover.png', { type: 'image/png' });
      return (await guest.upload(SAVE, { ...STORY, fields: { body: 'x', cover: [file] } })).status;
    };
    expect([await send(), await send()]).toEqual([200, 429]);
    expect((await guest.json(SAVE, STORY)).status).toBe(200);
  });
});
