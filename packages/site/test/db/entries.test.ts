import { expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED, siteState } from './entry-fixtures.ts';
import { HOSTILE, userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;
const NOWHERE = [0, -1, 99, 1.5, NaN, 2 ** 60];

describeDatabases('entries', ({ open }) => {
  async function opened() {
    const { database, kysely } = await open();
    const rowsOf = (id: number) =>
      kysely.selectFrom('entry_sites').selectAll().where('entry_id', '=', id).orderBy('id').execute();
    return { ...database, kysely, rowsOf };
  }

  it('are given back as they were inserted', async () => {
    const { entries, users } = await opened();
    const ada = await users.insert(userNamed('ada'), NOW);
    const bob = await users.insert(userNamed('bob'), NOW);
    const given = entryNamed('hello', {
      type: 'review',
      enabled: false,
      postAt: NOW - 5,
      expiresAt: NOW + 5,
      authorIds: [bob.id, ada.id],
      creatorId: ada.id,
      sites: {
        en: siteState('hello', { fields: { body: 'Text', stars: 4.5, tags: ['a', { b: null }], on: true } }),
        de: siteState('hallo', { enabled: false, uri: null, title: null }),
        fr: siteState('bonjour', { uri: '__home__' }),
      },
    });
    const made = await entries.insert(given, NO_DERIVED, 'end', NOW);
    expect(made).toEqual({
      ...given,
      id: made.id,
      uid: expect.stringMatching(/^[\da-f-]{36}$/),
      level: 1,
      version: 1,
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(Object.keys(made.sites)).toEqual(['en', 'de', 'fr']);
    expect(await entries.find(made.id)).toEqual(made);
    expect(await entries.lock(made.id)).toEqual(made);
    expect(await entries.findMany([made.id])).toEqual([made]);
  });

  it('are not found where there are none', async () => {
    const { entries } = await opened();
    for (const id of NOWHERE) {
      expect(await entries.find(id)).toBeUndefined();
      expect(await entries.lock(id)).toBeUndefined();
      expect(await entries.findDeleted(id)).toBeUndefined();
      expect(await entries.descendants(id)).toEqual([]);
      expect(await entries.byAuthor(id)).toEqual([]);
    }
    expect(await entries.findMany(NOWHERE)).toEqual([]);
    expect(await entries.findMany([])).toEqual([]);
    expect(await entries.findSingle('about')).toBeUndefined();
    const changes = changesOf(await entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW));
    await expect(entries.update(99, changes, NO_DERIVED, NOW)).rejects.toThrow('99 does not exist');
    await expect(entries.restore(99, NOW)).rejects.toThrow('99 is not among the deleted');
    await expect(entries.delete(99, NOW)).resolves.toBeUndefined();
  });

  it('are found many at once, in the order of the ids', async () => {
    const { entries } = await opened();
    const ids = [];
    for (const slug of ['a', 'b', 'c', 'd'])
      ids.push((await entries.insert(entryNamed(slug), NO_DERIVED, 'end', NOW)).id);
    const [a, b, c, d] = ids as [number, number, number, number];
    await entries.delete(b, NOW);
    const found = await entries.findMany([d, 99, b, a, c, a]);
    expect(found.map(({ id }) => id)).toEqual([d, a, c, a]);
    const many = [...Array.from({ length: 2500 }, (_, n) => n + 1000), c];
    expect((await entries.findMany(many)).map(({ id }) => id)).toEqual([c]);
  });

  it('of a single are found by their section', async () => {
    const { entries } = await opened();
    await entries.insert(entryNamed('other'), NO_DERIVED, 'end', NOW);
    const about = entryNamed('about', { section: 'about' });
    const first = await entries.insert(about, NO_DERIVED, 'end', NOW);
    expect(await entries.findSingle('about')).toEqual(first);
    await entries.delete(first.id, NOW);
    expect(await entries.findSingle('about')).toBeUndefined();
    const second = await entries.insert(about, NO_DERIVED, 'end', NOW);
    expect(await entries.findSingle('about')).toEqual(second);
  });

  it('are replaced by an update, on all sites, and keep the rows of those that stay', async () => {
    const { entries, users, rowsOf } = await opened();
    const ada = await users.insert(userNamed('ada'), NOW);
    const bob = await users.insert(userNamed('bob'), NOW);
    const made = await entries.insert(
      entryNamed('x', {
        authorIds: [ada.id],
        creatorId: ada.id,
        sites: { en: siteState('x', { fields: { a: 1 } }), de: siteState('y'), fr: siteState('z') },
      }),
      NO_DERIVED,
      'end',
      NOW,
    );
    const before = await rowsOf(made.id);
    const changes = changesOf(made, {
      type: 'other',
      enabled: false,
      postAt: null,
      expiresAt: NOW + 9,
      authorIds: [bob.id, ada.id],
      sites: {
        it: siteState('ciao'),
        fr: siteState('z', { enabled: false, title: 'Z' }),
        en: siteState('new', { fields: { b: [2] } }),
      },
    });
    const after = await entries.update(made.id, changes, NO_DERIVED, NOW + 1);
    expect(after).toEqual({ ...made, ...changes, version: 2, updatedAt: NOW + 1 });
    expect(await entries.find(made.id)).toEqual(after);
    const rows = await rowsOf(made.id);
    expect(rows.map(({ id, site }) => [id, site])).toEqual([
      [before[0]!.id, 'en'],
      [before[2]!.id, 'fr'],
      [expect.any(Number), 'it'],
    ]);
    for (const row of rows)
      expect(row).toMatchObject({
        section: 'posts',
        type: 'other',
        stage: 'disabled',
        post_at: null,
        expires_at: NOW + 9,
        created_at: NOW,
        updated_at: NOW + 1,
      });
  });

  it.each([
    [{ draft: false, enabled: true }, true, 'listed'],
    [{ draft: false, enabled: true }, false, 'disabled'],
    [{ draft: false, enabled: false }, true, 'disabled'],
    [{ draft: true, enabled: true }, true, 'draft'],
    [{ draft: true, enabled: false }, false, 'draft'],
  ] as const)('%j with the switch of a site %s are %s there', async (state, enabled, stage) => {
    const { entries, rowsOf } = await opened();
    const sites = { en: siteState('a', { enabled }) };
    const { id } = await entries.insert(entryNamed('a', { ...state, sites }), NO_DERIVED, 'end', NOW);
    expect(await rowsOf(id)).toMatchObject([{ stage, enabled: enabled ? 1 : 0 }]);
    await entries.delete(id, NOW);
    expect(await rowsOf(id)).toMatchObject([{ stage: 'deleted', slug_claim: null, uri_claim: null }]);
  });

  it('keep what their fields refer to', async () => {
    const { entries, kysely } = await opened();
    const references = () =>
      kysely
        .selectFrom('entry_references')
        .select(['entry_id', 'site', 'field', 'position', 'target'])
        .orderBy('site')
        .orderBy('field')
        .orderBy('position')
        .execute();
    const to = (field: string, target: string, position: number) => ({ field, target, position });
    const sites = { en: siteState('a'), de: siteState('b') };
    const made = await entries.insert(
      entryNamed('a', { sites }),
      {
        sites: {
          en: { keywords: '', references: [to('cover', 'asset:9', 0), to('near', 'entry:1', 0)] },
          // Twice the same is one.
          de: { keywords: '', references: [to('near', 'entry:2', 0), to('near', 'entry:2', 0)] },
        },
      },
      'end',
      NOW,
    );
    const entry_id = made.id;
    expect(await references()).toEqual([
      { entry_id, site: 'de', ...to('near', 'entry:2', 0) },
      { entry_id, site: 'en', ...to('cover', 'asset:9', 0) },
      { entry_id, site: 'en', ...to('near', 'entry:1', 0) },
    ]);
    const many = Array.from({ length: 2500 }, (_, n) => to('near', `entry:${n}`, n));
    await entries.update(
      made.id,
      changesOf(made),
      { sites: { en: { keywords: '', references: many } } },
      NOW,
    );
    expect(await references()).toEqual(many.map((one) => ({ entry_id, site: 'en', ...one })));
    await entries.update(made.id, changesOf(made), NO_DERIVED, NOW);
    expect(await references()).toEqual([]);
  });

  it('keep every text as it is', async () => {
    const { entries } = await opened();
    for (const [n, text] of HOSTILE.entries()) {
      const fields = { text, deep: [{ [text]: text }], ['\\u0000']: '\\ud800 \\\\u0000' };
      const sites = { en: siteState(`s${n} ${text}`, { title: text, uri: `${n}${text}`, fields }) };
      const made = await entries.insert(entryNamed('a', { sites }), NO_DERIVED, 'end', NOW);
      expect((await entries.find(made.id))?.sites).toEqual(sites);
    }
  });

  it('lose only what no database can keep: NUL and half letters', async () => {
    const { entries, entryDrafts, users } = await opened();
    const { id: userId } = await users.insert(userNamed('ada'), NOW);
    const bad = { text: 'a\0b\uD800c\uDC00', ['k\0']: ['\0'], fine: '\\u0000 \u{1F600}' };
    const good = { text: 'a\uFFFDb\uFFFDc\uFFFD', ['k\uFFFD']: ['\uFFFD'], fine: '\\u0000 \u{1F600}' };
    const sites = { en: siteState('a', { fields: bad }) };
    const made = await entries.insert(entryNamed('a', { sites }), NO_DERIVED, 'end', NOW);
    expect(made.sites['en']?.fields).toEqual(good);
    const draft = await entryDrafts.save(
      { entryId: made.id, creatorId: userId, baseVersion: 1, notes: null, state: { ...made, sites } },
      NOW,
    );
    expect(draft.state.sites['en']?.fields).toEqual(good);
  });

  it('are undone as a whole when a part of them is refused', async () => {
    const { entries, kysely } = await opened();
    const refused = entries.insert(entryNamed('a', { authorIds: [12] }), NO_DERIVED, 'end', NOW);
    await expect(refused).rejects.toThrow(/foreign key/i);
    expect(await kysely.selectFrom('entries').select('id').execute()).toEqual([]);
  });

  it('go away and come back', async () => {
    const { entries, rowsOf } = await opened();
    const made = await entries.insert(entryNamed('a'), NO_DERIVED, 'end', NOW);
    await entries.delete(made.id, NOW + 1);
    expect(await entries.find(made.id)).toBeUndefined();
    expect(await entries.lock(made.id)).toBeUndefined();
    expect(await entries.findDeleted(made.id)).toEqual(made);
    await expect(entries.update(made.id, changesOf(made), NO_DERIVED, NOW)).rejects.toThrow('does not exist');
    await entries.delete(made.id, NOW + 2);

    await entries.restore(made.id, NOW + 3);
    expect(await entries.findDeleted(made.id)).toBeUndefined();
    expect(await entries.find(made.id)).toEqual(made);
    expect(await rowsOf(made.id)).toMatchObject([{ stage: 'disabled', slug_claim: null, uri_claim: null }]);
    await expect(entries.restore(made.id, NOW)).rejects.toThrow('not among the deleted');
    const after = await entries.update(made.id, changesOf(made), NO_DERIVED, NOW + 4);
    expect(after).toEqual({ ...made, version: 2, updatedAt: NOW + 4 });
    expect(await rowsOf(made.id)).toMatchObject([
      { stage: 'listed', slug_claim: 'posts/a', uri_claim: 'posts/a' },
    ]);
  });

  it('come back as drafts if that is what they were', async () => {
    const { entries, rowsOf } = await opened();
    const { id } = await entries.insert(entryNamed('a', { draft: true }), NO_DERIVED, 'end', NOW);
    await entries.delete(id, NOW);
    await entries.restore(id, NOW);
    expect(await rowsOf(id)).toMatchObject([{ stage: 'draft', slug_claim: null, uri_claim: null }]);
  });

  it('are purged once they were deleted long enough ago', async () => {
    const { entries, kysely, rowsOf } = await opened();
    const ids: number[] = [];
    for (const slug of ['a', 'b', 'c', 'd'])
      ids.push((await entries.insert(entryNamed(slug), NO_DERIVED, 'end', NOW)).id);
    for (const [n, id] of ids.slice(0, 3).entries()) await entries.delete(id, NOW + n);
    expect(await entries.purgeDeleted(NOW)).toBe(0);
    expect(await entries.purgeDeleted(NOW + 2)).toBe(2);
    expect(await entries.findDeleted(ids[0]!)).toBeUndefined();
    expect(await rowsOf(ids[0]!)).toEqual([]);
    expect(await entries.findDeleted(ids[2]!)).toBeDefined();
    expect(await entries.find(ids[3]!)).toBeDefined();
    expect(await kysely.selectFrom('entries').select('id').execute()).toHaveLength(2);
  });

  it('that are drafts are purged once they were left long enough ago', async () => {
    const { entries } = await opened();
    const draft = (slug: string) => entryNamed(slug, { draft: true });
    const old = await entries.insert(draft('old'), NO_DERIVED, 'end', NOW);
    const saved = await entries.insert(draft('saved'), NO_DERIVED, 'end', NOW);
    await entries.update(saved.id, changesOf(saved), NO_DERIVED, NOW + 5);
    const published = await entries.insert(draft('published'), NO_DERIVED, 'end', NOW);
    await entries.update(published.id, changesOf(published, { draft: false }), NO_DERIVED, NOW);
    const child = await entries.insert(entryNamed('child', { parentId: old.id }), NO_DERIVED, 'end', NOW);
    expect(await entries.purgeDrafts(NOW)).toBe(0);
    expect(await entries.purgeDrafts(NOW + 5)).toBe(1);
    expect(await entries.find(old.id)).toBeUndefined();
    expect(await entries.findDeleted(old.id)).toBeUndefined();
    expect(await entries.findMany([saved.id, published.id])).toHaveLength(2);
    expect(await entries.find(child.id)).toMatchObject({ parentId: null, level: 1 });
    expect(await entries.descendants(child.id)).toEqual([]);
  });

  it('are purged by any number', async () => {
    const { entries, kysely } = await opened();
    const rows = Array.from({ length: 1203 }, (_, n) => ({
      uid: String(n),
      section: 'posts',
      type: 'post',
      draft: 1 as const,
      enabled: 1 as const,
      level: 1,
      version: 1,
      last_revision: 0,
      created_at: NOW,
      updated_at: NOW,
      deleted_at: n < 600 ? NOW : null,
    }));
    await kysely.insertInto('entries').values(rows).execute();
    expect(await entries.purgeDeleted(NOW + 1)).toBe(600);
    expect(await entries.purgeDrafts(NOW + 1)).toBe(603);
  });
});
