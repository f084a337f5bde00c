import { expect, test } from 'vitest';
import { createSite, entryType, field, section, type SiteOptions } from '../src/index.ts';
import { describeDatabases } from './support/databases.ts';
import { describeSites } from './support/site.ts';

const page = entryType('page', { intro: field.text({ required: true }) });
const about = section({ handle: 'aboutUs', type: 'single', entryTypes: [page], uriFormat: 'about' });
const home = section({ handle: 'home', type: 'single', entryTypes: [page], uriFormat: '__home__' });

describeSites('singles', (open) => {
  test('have their one entry from the start', async () => {
    const { site } = await open({ sections: [about, home] });
    const { entries } = site.services.database;
    expect(await entries.findSingle('aboutUs')).toMatchObject({
      section: 'aboutUs',
      type: 'page',
      draft: false,
      enabled: true,
      authorIds: [],
      sites: { default: { title: 'About us', slug: 'aboutus', uri: 'about', enabled: true } },
    });
    expect((await entries.findSingle('home'))?.sites['default']?.uri).toBe('__home__');
    await site.migrate();
    expect(await site.plan()).toEqual([]);
    expect(await entries.takenUris({ site: 'default', exceptId: null }, ['about', 'about-2'])).toEqual(
      new Set(['about']),
    );
  });
});

describeDatabases('singles that come later', ({ open }) => {
  /** A site as another version of the code opens it, on the test's database. */
  async function withSite(
    url: string,
    options: SiteOptions,
    work: (site: ReturnType<typeof createSite>) => Promise<void>,
  ): Promise<void> {
    const site = createSite({ database: url, siteUrl: 'https://example.com', ...options } as SiteOptions);
    try {
      await work(site);
    } finally {
      await site.close();
    }
  }

  test('get an entry on a site that is new, and keep what was written', async () => {
    const { url } = await open();
    await withSite(url, { sections: [about] }, async (site) => {
      await site.migrate();
      const { database } = site.services;
      const entry = await database.entries.findSingle('aboutUs');
      if (entry === undefined) throw new Error('There is no entry.');
      const sites = {
        default: { ...entry.sites['default']!, title: 'Who we are', fields: { intro: 'Hello' } },
      };
      await database.transaction((stores) =>
        stores.entries.update(
          entry.id,
          { ...entry, sites },
          { sites: { default: { keywords: '', references: [] } } },
          1,
        ),
      );
    });
    const sites = [
      { handle: 'default', language: 'en' },
      { handle: 'de', language: 'de' },
    ];
    await withSite(url, { sections: [about], sites }, async (site) => {
      expect((await site.plan()).map(({ text }) => text)).toEqual([
        'See that the single aboutUs has its entry on default, de.',
      ]);
      await site.migrate();
      const entry = await site.services.database.entries.findSingle('aboutUs');
      const version = { title: 'Who we are', slug: 'aboutus', uri: 'about', fields: { intro: 'Hello' } };
      expect(entry?.sites).toMatchObject({ default: version, de: version });
      expect(entry?.version).toBe(3);
      await site.migrate();
      expect((await site.services.database.entries.findSingle('aboutUs'))?.version).toBe(3);
    });
  });

  test('are told of where another entry has their URI, and nothing is changed', async () => {
    const { url } = await open();
    await withSite(url, { sections: [about] }, (site) => site.migrate());
    const rival = section({ handle: 'imprint', type: 'single', entryTypes: [page], uriFormat: 'about' });
    await withSite(url, { sections: [about, rival] }, async (site) => {
      await expect(site.migrate()).rejects.toThrow(
        /The entry of the single imprint cannot be made: .* Another entry may have its URI/,
      );
      expect((await site.plan()).map(({ text }) => text)).toContain(
        'See that the single imprint has its entry on default.',
      );
    });
  });
});
