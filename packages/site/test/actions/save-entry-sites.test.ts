import { describe, expect, it } from 'vitest';
import { entryType } from '../../src/content/entry-type.ts';
import type { SectionOptions } from '../../src/content/section.ts';
import { field } from '../../src/fields/define.ts';
import { describeSites } from '../support/site.ts';
import { HELLO, may, newsroom, posts, SAVE, saved, WRITER, writer } from '../support/newsroom.ts';

const SITES = [
  { handle: 'en', language: 'en' },
  { handle: 'gb', id: 2, language: 'en', baseUrl: '/gb', group: 'islands' },
  { handle: 'de', language: 'de', baseUrl: '/de', group: 'mainland' },
];
const story = entryType(
  'story',
  {
    code: field.text({ frontend: true }),
    body: field.text({ frontend: true, translation: 'site' }),
    spelling: field.text({ frontend: true, translation: 'language' }),
    region: field.text({ frontend: true, translation: 'siteGroup' }),
    half: field.text({ frontend: true, translation: (site) => (site.handle === 'gb' ? 'b' : 'a') }),
  },
  { titleTranslation: 'language' },
);
const everywhere = ['editsite:en', 'editsite:gb', 'editsite:de'];
const FIELDS = { code: 'c', body: 'b', spelling: 's', region: 'r', half: 'h' };
const FRESH = { code: 'C', body: 'B', spelling: 'S', region: 'R', half: 'H' };

describeSites('POST entries/save-entry on several sites', (open) => {
  const room = (options: Partial<SectionOptions> = {}, permissions: readonly string[] = everywhere) =>
    newsroom(open, { sites: SITES, sections: [posts({ entryTypes: [story], ...options })] }, [
      ...may('posts', ...WRITER),
      ...permissions,
    ]);
  const hello = { ...HELLO, fields: FIELDS };

  describe('a new entry', () => {
    it.each([
      ['all', 'en', ['en', 'gb', 'de']],
      ['none', 'gb', ['gb']],
      ['language', 'gb', ['gb', 'en']],
      ['siteGroup', 'de', ['de']],
      ['custom', 'en', ['en']],
    ] as const)('comes, by %s from %s, to %j', async (propagationMethod, siteId, sites) => {
      const { save } = await room({ propagationMethod });
      const entry = await save({ ...hello, siteId });
      expect(Object.keys(entry.sites).toSorted()).toEqual([...sites].toSorted());
      for (const site of Object.values(entry.sites))
        expect(site).toMatchObject({ title: 'Hello', slug: 'hello', uri: 'posts/hello', fields: FIELDS });
    });

    it('has paths of each site, free on each', async () => {
      const { save } = await room({ propagationMethod: 'none' });
      await save({ ...hello, siteId: 'de' });
      expect((await save({ ...hello, siteId: 'en' })).sites['en']?.slug).toBe('hello');
      expect((await save({ ...hello, siteId: 'de' })).sites['de']?.slug).toBe('hello-2');
    });

    it('is enabled on other sites as the section says', async () => {
      const { save } = await room({
        sites: { en: {}, gb: { enabledByDefault: false }, de: { uriFormat: 'artikel/{slug}' } },
      });
      const { sites } = await save(hello);
      expect(sites['gb']).toMatchObject({ enabled: false, uri: 'posts/hello' });
      expect(sites['de']).toMatchObject({ enabled: true, uri: 'artikel/hello' });
    });

    it('is of the site that the address belongs to', async () => {
      const { site, ada } = await room();
      const body = JSON.stringify({ ...hello, title: 'Hallo' });
      const answer = await ada.visits.send(`/de/x?action=${SAVE}`, {
        method: 'POST',
        body,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-csrf-token': await ada.visits.token(),
        },
      });
      expect((await saved(site, answer)).sites['de']?.title).toBe('Hallo');
      expect(answer.json.entry.siteId).toBe('de');
    });
  });

  describe('a change', () => {
    it('comes to other sites as far as they share it', async () => {
      const { save } = await room();
      const entry = await save(hello);
      const { sites } = await save({
        entryId: entry.id,
        siteId: 'en',
        title: 'New',
        slug: 'new',
        fields: FRESH,
      });
      expect(sites['en']).toMatchObject({ title: 'New', slug: 'new', fields: FRESH });
      expect(sites['gb']).toMatchObject({
        title: 'New',
        slug: 'hello',
        fields: { ...FIELDS, code: 'C', spelling: 'S' },
      });
      expect(sites['de']).toMatchObject({
        title: 'Hello',
        slug: 'hello',
        fields: { ...FIELDS, code: 'C', half: 'H' },
      });
    });

    it('answers with the site that was edited', async () => {
      const { save, send } = await room();
      const entry = await save(hello);
      const answer = await send({ entryId: entry.id, siteId: 2, title: 'Colour' });
      expect(answer.json.entry).toMatchObject({ siteId: 2, title: 'Colour', uri: 'posts/hello' });
      expect(answer.json.entry.url).toMatch(/\/gb\/posts\/hello$/);
    });

    it('brings an entry to a site only where the section lets it', async () => {
      const { save, send } = await room({ propagationMethod: 'none' });
      const entry = await save({ ...hello, siteId: 'en' });
      expect((await send({ entryId: entry.id, siteId: 'de', title: 'x' })).json.errors).toEqual({
        siteId: ['This entry is not on that site.'],
      });
      expect((await send({ entryId: entry.id, siteId: 'fr', title: 'x' })).json.errors).toEqual({
        siteId: ['This section is not on that site.'],
      });
    });

    it('may, where sites are chosen one by one', async () => {
      const { save } = await room({ propagationMethod: 'custom' });
      const entry = await save({ ...hello, siteId: 'en' });
      const { sites } = await save({ entryId: entry.id, siteId: 'de', title: 'Hallo' });
      expect(sites['de']).toMatchObject({ title: 'Hallo', slug: 'hello', fields: FIELDS });
      expect(sites['en']?.title).toBe('Hello');
    });
  });

  describe('enabledForSite', () => {
    const switched = (entry: { readonly sites: Readonly<Record<string, { readonly enabled: boolean }>> }) =>
      Object.fromEntries(Object.entries(entry.sites).map(([site, { enabled }]) => [site, enabled]));

    it('is a switch of the site that is edited', async () => {
      const { save } = await room();
      for (const off of [0, '0', false, '']) {
        const entry = await save({ ...hello, enabledForSite: off });
        expect([entry.enabled, switched(entry)]).toEqual([true, { en: false, gb: true, de: true }]);
        expect(switched(await save({ entryId: entry.id, enabledForSite: '1' }))['en']).toBe(true);
      }
    });

    it('is a list of the sites it is enabled on', async () => {
      const { save } = await room();
      const entry = await save({ ...hello, enabledForSite: ['en', 2] });
      expect(switched(entry)).toEqual({ en: true, gb: true, de: false });
      const other = await save({ entryId: entry.id, enabled: 0, enabledForSite: ['', 'de'] });
      expect([other.enabled, switched(other)]).toEqual([true, { en: false, gb: false, de: true }]);
      const none = await save({ entryId: entry.id, enabledForSite: [''] });
      expect([none.enabled, switched(none)]).toEqual([true, { en: false, gb: false, de: false }]);
    });

    it('is a switch for each site, of which one that is on enables the entry', async () => {
      const { save } = await room();
      const entry = await save({ ...hello, enabled: false, enabledForSite: { en: '0', 2: '1' } });
      expect([entry.enabled, switched(entry)]).toEqual([true, { en: false, gb: true, de: true }]);
      const off = await save({ entryId: entry.id, enabled: false, enabledForSite: { gb: 0 } });
      expect([off.enabled, switched(off)]).toEqual([false, { en: false, gb: false, de: true }]);
    });

    it('comes from forms, too', async () => {
      const { site, ada } = await room();
      for (const [enabledForSite, expected] of [
        [
          { en: '', de: '1' },
          { en: false, gb: true, de: true },
        ],
        [['en'], { en: true, gb: false, de: false }],
      ] as const) {
        await ada.visits.form('/page', SAVE, { ...hello, enabledForSite });
        const last = await site.site.entries('posts').status('any').orderBy('id', 'desc').first();
        const entry = await site.site.services.database.entries.find(last?.id ?? 0);
        expect(switched(entry ?? { sites: {} })).toEqual(expected);
      }
    });

    it('brings an entry to sites that are chosen one by one', async () => {
      const { save } = await room({ propagationMethod: 'custom' });
      const entry = await save({ ...hello, enabledForSite: { de: 1, gb: 0 } });
      expect(switched(entry)).toEqual({ en: true, de: true });
      expect(entry.sites['de']).toMatchObject({ title: 'Hello', slug: 'hello', fields: FIELDS });
    });

    it.each(
      ['maybe', ['nowhere'], [['en'], 'x'], { nowhere: 1 }, { en: 'maybe' }, {}].map((sent) => ({ sent })),
    )('is nothing else: $sent', async ({ sent }) => {
      const { send } = await room();
      const answer = await send({ ...hello, enabledForSite: sent });
      expect(answer.status).toBe(400);
      expect(answer.json.errors).toHaveProperty('enabledForSite');
    });
  });

  describe('permissions', () => {
    it('are asked for on the site that is edited', async () => {
      const { save, send } = await room({}, ['editsite:en']);
      const entry = await save(hello);
      expect((await send({ ...hello, siteId: 'de' })).status).toBe(403);
      expect((await send({ entryId: entry.id, siteId: 'gb', title: 'x' })).status).toBe(403);
      expect((await send({ entryId: entry.id, siteId: 'en', title: 'x' })).status).toBe(200);
    });

    it('are asked for on every site that enabledForSite names', async () => {
      const { save, send } = await room({}, ['editsite:en', 'editsite:gb']);
      for (const enabledForSite of [['de'], { de: 0 }, { en: 1, de: 1 }])
        expect((await send({ ...hello, enabledForSite })).status).toBe(403);
      // Sites that are not his stay as they are, whatever his list leaves out.
      const entry = await save({ ...hello, enabledForSite: ['en'] });
      expect(entry.sites).toMatchObject({
        en: { enabled: true },
        gb: { enabled: false },
        de: { enabled: true },
      });
    });

    it('are not, where there is one site only', async () => {
      const { send } = await newsroom(open);
      expect((await send(HELLO)).status).toBe(200);
    });

    it('of administrators are all', async () => {
      const { site } = await room();
      const admin = await writer(site, [], { admin: true });
      expect((await admin.visits.json(SAVE, { ...hello, siteId: 'de' })).status).toBe(200);
    });
  });
});
