import { expect, it } from 'vitest';
import { TakenUriError } from '../../src/entries/entry-store.ts';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED, siteState } from './entry-fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('slugs and URIs', ({ open }) => {
  async function opened() {
    const { entries } = (await open()).database;
    const insert = (slug: string | null, more: Parameters<typeof entryNamed>[1] = {}) =>
      entries.insert(entryNamed(slug, more), NO_DERIVED, 'end', NOW);
    return { entries, insert };
  }

  it('that others have are told, those of drafts and deleted entries not', async () => {
    const { entries, insert } = await opened();
    const hello = await insert('hello');
    await insert('off', { enabled: false });
    await insert('draft', { draft: true });
    await entries.delete((await insert('gone')).id, NOW);
    await insert('page', { section: 'pages', sites: { en: siteState('page', { uri: 'page' }) } });
    await insert('german', { sites: { de: siteState('german') } });

    const slugs = ['hello', 'off', 'draft', 'gone', 'page', 'german', 'free', "a' or 1=1 --"];
    const place = { section: 'posts', site: 'en', exceptId: null };
    expect(await entries.takenSlugs(place, slugs)).toEqual(new Set(['hello', 'off']));
    expect(await entries.takenSlugs({ ...place, exceptId: hello.id }, slugs)).toEqual(new Set(['off']));
    expect(await entries.takenSlugs({ ...place, section: 'pages' }, slugs)).toEqual(new Set(['page']));
    expect(await entries.takenSlugs({ ...place, site: 'de' }, slugs)).toEqual(new Set(['german']));
    expect(await entries.takenSlugs(place, [])).toEqual(new Set());

    const uris = ['page', ...slugs.map((slug) => `posts/${slug}`)];
    const all = new Set(['page', 'posts/hello', 'posts/off']);
    expect(await entries.takenUris({ site: 'en', exceptId: null }, uris)).toEqual(all);
    expect(await entries.takenUris({ site: 'en', exceptId: hello.id }, uris)).toEqual(
      new Set(['page', 'posts/off']),
    );
    expect(await entries.takenUris({ site: 'de', exceptId: null }, uris)).toEqual(new Set(['posts/german']));
    expect(await entries.takenUris({ site: 'en', exceptId: null }, [])).toEqual(new Set());
  });

  it('are looked up by any number', async () => {
    const { entries, insert } = await opened();
    await insert('s2499');
    const slugs = Array.from({ length: 2500 }, (_, n) => `s${n}`);
    const place = { section: 'posts', site: 'en', exceptId: null };
    expect(await entries.takenSlugs(place, slugs)).toEqual(new Set(['s2499']));
    const uris = slugs.map((slug) => `posts/${slug}`);
    expect(await entries.takenUris(place, uris)).toEqual(new Set(['posts/s2499']));
  });

  it('cannot be had twice on a site', async () => {
    const { entries, insert } = await opened();
    await insert('a');
    await expect(insert('a')).rejects.toThrow(TakenUriError);
    const sameUri = { en: siteState('b', { uri: 'posts/a' }) };
    await expect(insert('b', { sites: sameUri })).rejects.toThrow(TakenUriError);
    await expect(insert('a', { section: 'pages', sites: sameUri })).rejects.toThrow('has this URI');
    const b = await insert('b');
    const changes = changesOf(b, { sites: { en: siteState('a', { uri: null }) } });
    await expect(entries.update(b.id, changes, NO_DERIVED, NOW)).rejects.toThrow('has this slug');
    expect(await entries.find(b.id)).toEqual(b);
  });

  it('are had by as many drafts as like, until one is published', async () => {
    const { entries, insert } = await opened();
    const first = await insert('a', { draft: true });
    const second = await insert('a', { draft: true });
    const none = await insert(null, { draft: true });
    expect(none.sites['en']).toMatchObject({ slug: null, title: null, uri: null });
    const publish = (entry: typeof first) =>
      entries.update(entry.id, changesOf(entry, { draft: false }), NO_DERIVED, NOW);
    expect(await publish(first)).toMatchObject({ draft: false, version: 2 });
    await expect(publish(second)).rejects.toThrow(TakenUriError);
    await entries.delete(first.id, NOW);
    expect(await publish(second)).toMatchObject({ draft: false });
    await entries.restore(first.id, NOW);
    await expect(publish(first)).rejects.toThrow(TakenUriError);
  });

  it('are the same on several sites, in several sections, and without a URI', async () => {
    const { insert } = await opened();
    const sites = { en: siteState('a', { uri: null }), de: siteState('a', { uri: null }) };
    const made = await insert('a', { sites });
    expect((await insert('a', { sites, section: 'pages' })).sites).toEqual(made.sites);
  });

  it('are swapped between sites of an entry at once, and between entries by way of a third', async () => {
    const { entries, insert } = await opened();
    const one = await insert('x', { sites: { en: siteState('x'), de: siteState('y') } });
    const other = await insert('z');
    const swapped = { en: siteState('y'), de: siteState('x') };
    const changed = await entries.update(one.id, changesOf(one, { sites: swapped }), NO_DERIVED, NOW);
    expect(changed.sites).toEqual(swapped);

    const save = (entry: typeof one, slug: string) =>
      entries.update(entry.id, changesOf(entry, { sites: { en: siteState(slug) } }), NO_DERIVED, NOW);
    await save(one, 'between');
    await save(other, 'y');
    expect((await save(one, 'z')).sites['en']?.slug).toBe('z');
    expect((await entries.find(other.id))?.sites['en']?.slug).toBe('y');
  });

  it('stay an entry’s own when it is saved again, and are free once a site leaves', async () => {
    const { entries, insert } = await opened();
    const made = await insert('a', { sites: { en: siteState('a'), de: siteState('a') } });
    await entries.update(made.id, changesOf(made), NO_DERIVED, NOW);
    await entries.update(made.id, changesOf(made, { sites: { en: siteState('a') } }), NO_DERIVED, NOW);
    expect((await insert('a', { sites: { de: siteState('a') } })).sites['de']?.slug).toBe('a');
  });

  it('go to one of two who want them at once', async () => {
    const both = [(await open()).database, (await open()).database];
    const done = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) =>
        both[n % 2]!.entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW),
      ),
    );
    const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(refused).toHaveLength(5);
    for (const reason of refused) expect(reason).toBeInstanceOf(TakenUriError);
  });

  it('go to one of two that publish at once', async () => {
    const both = [(await open()).database, (await open()).database];
    const drafts = [];
    for (const { entries } of both)
      drafts.push(await entries.insert(entryNamed('a', { draft: true }), NO_DERIVED, 'end', NOW));
    const done = await Promise.allSettled(
      drafts.map((entry, n) =>
        both[n]!.transaction(({ entries }) =>
          entries.update(entry.id, changesOf(entry, { draft: false }), NO_DERIVED, NOW),
        ),
      ),
    );
    expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: expect.any(TakenUriError),
    });
  });

  it('that were free stay so for those who hold the section', async () => {
    const both = [(await open()).database, (await open()).database];
    const slugs = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        both[n % 2]!.transaction(async ({ entries }) => {
          await entries.lockSection('posts');
          const place = { section: 'posts', site: 'en', exceptId: null };
          const wanted = Array.from({ length: 8 }, (__, number) => `a-${number}`);
          const taken = await entries.takenSlugs(place, wanted);
          const slug = wanted.find((one) => !taken.has(one))!;
          await entries.insert(entryNamed(slug), NO_DERIVED, 'end', NOW);
          return slug;
        }),
      ),
    );
    expect(slugs.toSorted()).toEqual(Array.from({ length: 8 }, (_, n) => `a-${n}`));
  });

  it('are read after the lock was had, not before', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const { id } = await one.entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW);
    const rename = async ({ entries }: Pick<typeof one, 'entries'>): Promise<void> => {
      const entry = (await entries.lock(id))!;
      const { slug } = entry.sites['en']!;
      await entries.update(id, changesOf(entry, { sites: { en: siteState(`${slug}a`) } }), NO_DERIVED, NOW);
    };
    await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? one : other).transaction(rename)));
    const entry = await one.entries.find(id);
    expect(entry).toMatchObject({ version: 9, sites: { en: { slug: 'aaaaaaaaa' } } });
  });
});
