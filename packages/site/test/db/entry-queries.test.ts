import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { countBySql, countSql, createEntryQueryStore, findSql } from '../../src/db/entry-query-store.ts';
import { createEntryStore } from '../../src/db/entry-store.ts';
import type { EntryQuerySpec } from '../../src/entries/query/entry-query-spec.ts';
import type { EntryQuery } from '../../src/entries/query/entry-query.ts';
import { mayEntry } from '../../src/entries/may-entry.ts';
import { statusOf } from '../../src/entries/status.ts';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE } from './fixtures.ts';
import {
  COLOURS,
  content,
  entriesOn,
  fill,
  HOUR,
  NOW,
  settings,
  type Filled,
  type Known,
} from './query-fixtures.ts';

type Posts = ReturnType<ReturnType<typeof entriesOn>>;
type Value = string | number | boolean | null;

const onSite = ({ state }: Known): NonNullable<Known['state']['sites'][string]> => {
  const site = state.sites['en'];
  if (site === undefined) throw new Error('Every post is in English.');
  return site;
};
const fieldOf = (post: Known, handle: string): Value => (onSite(post).fields[handle] ?? null) as Value;
const statusAt = ({ state }: Known): string => statusOf({ ...state }, 'en', NOW);
const idsOf = (posts: readonly Known[]): number[] => posts.map(({ id }) => id).toSorted((a, b) => a - b);

/** Conditions, and which posts they are to find. */
const CONDITIONS: ReadonlyArray<readonly [unknown[], (post: Known, filled: Filled) => boolean]> = [
  [['slug', 'post-4'], ({ at }) => at === 4],
  [['slug', null], ({ state }) => state.draft],
  [['slug', 'in', ['post-4', 'post-7', 'none']], ({ at }) => at === 4 || at === 7],
  [['uri', 'posts/post-7'], ({ at }) => at === 7],
  [['uri', '!=', null], ({ state }) => !state.draft],
  [['title', 'Alpha'], (post) => onSite(post).title === 'Alpha'],
  [['title', '!=', 'Alpha'], (post) => onSite(post).title !== 'Alpha'],
  [['title', '<', 'b'], (post) => (onSite(post).title ?? '').toLowerCase() < 'b'],
  [['type', 'note'], ({ state }) => state.type === 'note'],
  [['type', '!=', 'note'], ({ state }) => state.type !== 'note'],
  [['enabled', false], ({ state }) => !state.enabled],
  [['enabledForSite', true], (post) => onSite(post).enabled],
  [['postDate', new Date(NOW)], ({ state }) => state.postAt === NOW],
  [['postDate', null], ({ state }) => state.postAt === null],
  [['postDate', '>', new Date(NOW)], ({ state }) => state.postAt !== null && state.postAt > NOW],
  [
    ['postDate', '<=', new Date(NOW - HOUR)],
    ({ state }) => state.postAt !== null && state.postAt <= NOW - HOUR,
  ],
  [['expiryDate', '!=', null], ({ state }) => state.expiresAt !== null],
  [['dateCreated', '>=', new Date(NOW)], ({ at }) => at % 7 === 0],
  [['dateUpdated', '<', new Date(NOW)], ({ at }) => at % 7 !== 0],
  [['level', 1], () => true],
  [['level', '>', 1], () => false],
  [['parentId', null], () => true],
  [['creatorId', null], ({ state }) => state.creatorId === null],
  [['level', 'in', [1, 1.5, 2 ** 60]], () => true],
  [['id', '>=', 0], () => true],
  [['authorId', null], ({ state }) => state.authorIds.length === 0],
  [['authorId', '!=', null], ({ state }) => state.authorIds.length > 0],
  [['fields.rating', 2], (post) => fieldOf(post, 'rating') === 2],
  [['fields.rating', 1.5], (post) => fieldOf(post, 'rating') === 1.5],
  [['fields.rating', null], (post) => fieldOf(post, 'rating') === null],
  [['fields.rating', '!=', 2], (post) => fieldOf(post, 'rating') !== 2],
  [['fields.rating', '>', 1], (post) => Number(fieldOf(post, 'rating') ?? -1) > 1],
  [['fields.rating', 'in', [0, 3]], (post) => [0, 3].includes(fieldOf(post, 'rating') as number)],
  [['fields.rating', 'not in', [0, 3]], (post) => ![0, 3].includes(fieldOf(post, 'rating') as number)],
  [['fields.rating', 'in', []], () => false],
  [['fields.rating', 'not in', []], () => true],
  [['fields.summary', 'text 3'], (post) => fieldOf(post, 'summary') === 'text 3'],
  [['fields.summary', '>=', 'text 3'], (post) => String(fieldOf(post, 'summary') ?? '') >= 'text 3'],
  [['fields.summary', `${'long '.repeat(60)}11`], ({ at }) => at === 11],
  [
    ['fields.summary', 'in', ['text 1', `${'long '.repeat(60)}22`]],
    (post) => post.at === 22 || fieldOf(post, 'summary') === 'text 1',
  ],
  [['fields.featured', true], (post) => fieldOf(post, 'featured') === true],
  [['fields.featured', false], (post) => fieldOf(post, 'featured') === false],
  [['fields.colour', 'red'], (post) => fieldOf(post, 'colour') === 'red'],
  [['fields.colour', '!=', 'red'], (post) => fieldOf(post, 'colour') !== 'red'],
  [['fields.happens', new Date(NOW)], (post) => fieldOf(post, 'happens') === new Date(NOW).toISOString()],
  [
    ['fields.happens', '<', new Date(NOW)],
    (post) =>
      fieldOf(post, 'happens') !== null && String(fieldOf(post, 'happens')) < new Date(NOW).toISOString(),
  ],
  [
    ['fields.colours', 'contains', 'green'],
    (post) => (onSite(post).fields['colours'] as string[] | undefined)?.includes('green') === true,
  ],
  [
    [{ type: 'post', 'fields.rating': 2 }],
    (post) => post.state.type === 'post' && fieldOf(post, 'rating') === 2,
  ],
  // What nobody can have finds nothing, and is no error of the database.
  [['slug', 'a\0b'], () => false],
  [['slug', '!=', 'a\0b'], () => true],
  [['fields.summary', '\uD800'], () => false],
  [['fields.summary', '<', '\0'], () => false],
  [['id', 2 ** 53], () => false],
  [['level', 2 ** 40], () => false],
  ...HOSTILE.flatMap((text): [unknown[], () => boolean][] => [
    [['slug', text], () => false],
    [['title', text], () => false],
    [['fields.summary', text], () => false],
    [['fields.colours', 'contains', text], () => false],
  ]),
];

/** Every order, with how it compares. NULL is lowest. */
const ORDERS = [
  'id',
  'title',
  'slug',
  'uri',
  'type',
  'postDate',
  'expiryDate',
  'dateCreated',
  'dateUpdated',
  'fields.rating',
  'fields.summary',
  'fields.featured',
  'fields.colour',
  'fields.happens',
];

/** As the first database sorts, so must the next. */
let firstOrders: unknown;

describeDatabases('entry queries', ({ open, kind }) => {
  async function start(): Promise<{
    filled: Filled;
    posts: Posts;
    entries: ReturnType<typeof entriesOn>;
    opened: Awaited<ReturnType<typeof open>>;
  }> {
    const opened = await open({ now: () => NOW });
    const filled = await fill(opened);
    const entries = entriesOn(opened.database);
    return { filled, entries, opened, posts: entries('posts') as unknown as Posts };
  }
  // What the tables hold is not typed.
  const where = (query: Posts, given: readonly unknown[]): Posts =>
    (query.where as unknown as (...values: readonly unknown[]) => Posts)(...given);

  it('find by every column and operator', async () => {
    const { filled, posts } = await start();
    for (const [given, fits] of CONDITIONS) {
      const found = await where(posts.status('any'), given).orderBy('id').ids();
      expect([given, found]).toEqual([given, idsOf(filled.posts.filter((post) => fits(post, filled)))]);
      expect([given, await where(posts.status('any'), given).count()]).toEqual([given, found.length]);
    }
    const { ada, ben } = filled;
    for (const author of [ada, ben])
      expect(await posts.status('any').where('authorId', author).orderBy('id').ids()).toEqual(
        idsOf(filled.posts.filter(({ state }) => state.authorIds.includes(author))),
      );
    expect(await posts.status('any').where('creatorId', 'not in', [ada]).count()).toBe(
      filled.posts.filter(({ state }) => state.creatorId !== ada).length,
    );
    const all = posts.status('any');
    const any = all.whereAny([['slug', 'post-4'], ['fields.rating' as 'id', '>', 2], { type: 'note' }]);
    expect(await any.orderBy('id').ids()).toEqual(
      idsOf(
        filled.posts.filter(
          (post) => post.at === 4 || Number(fieldOf(post, 'rating')) > 2 || post.state.type === 'note',
        ),
      ),
    );
    expect(await posts.whereAny([]).count()).toBe(0);
    const many = Array.from({ length: 3000 }, (_, at) => `post-${at}`);
    for (const column of ['slug', 'title', 'fields.summary'] as const) {
      const isOne = where(all, [column, 'in', many]);
      expect(await isOne.count()).toBe(column === 'slug' ? 57 : 0);
      expect(await where(all, [column, 'not in', many]).count()).toBe(column === 'slug' ? 3 : 60);
    }
  });

  it('find by status, on a site, by type', async () => {
    const { filled, posts } = await start();
    for (const status of ['live', 'pending', 'expired', 'disabled', 'draft'] as const) {
      const wanted = idsOf(filled.posts.filter((post) => statusAt(post) === status));
      expect(wanted.length).toBeGreaterThan(0);
      expect([status, await posts.status(status).orderBy('id').ids()]).toEqual([status, wanted]);
      expect(new Set((await posts.status(status).all()).map((post) => post.status))).toEqual(
        new Set([status]),
      );
    }
    expect(await posts.status('pending', 'disabled').orderBy('id').ids()).toEqual(
      idsOf(filled.posts.filter((post) => ['pending', 'disabled'].includes(statusAt(post)))),
    );
    expect(await posts.status('any').count()).toBe(60);
    expect(await posts.status('any').site('de').count()).toBe(12);
    expect(await posts.status('any').site('*').count()).toBe(72);
    const german = await posts.status('any').site('de').first();
    expect([german?.site, german?.language, german?.title?.endsWith('(de)')]).toEqual(['de', 'de', true]);
    expect(german?.url).toBe(`https://example.com/de/posts/${german?.slug}`);
    expect(await posts.status('any').type('note').count()).toBe(10);
  });

  it('find by relations', async () => {
    const { filled, posts } = await start();
    const [first] = filled.posts;
    const related = idsOf(
      filled.posts.filter((post) => (onSite(post).fields['related'] as number[] | undefined)?.length),
    );
    const all = posts.status('any').orderBy('id');
    const target = first?.id ?? 0;
    for (const query of [
      all.relatedTo(target),
      all.relatedTo({ id: target, field: 'related' }),
      all.relatedTo({ ids: [0, target] }),
      where(all, ['fields.related', 'contains', target]),
      all.relatedTo(target).site('en'),
    ])
      expect(await query.ids()).toEqual(related);
    expect(
      (await all.site('*').relatedTo(target).ids()).filter((id, at, ids) => ids.indexOf(id) === at),
    ).toEqual(related);
    expect(await all.relatedTo({ id: filled.ada, kind: 'user' }).count()).toBe(5);
    expect(await all.relatedTo({ id: filled.ada, field: 'readers' }).count()).toBe(5);
    expect(await all.relatedTo({ id: target, kind: 'asset' }).count()).toBe(0);
    expect(await all.relatedTo({ ids: [] }).count()).toBe(0);
  });

  it('count by what a field of relations names', async () => {
    const { entries, filled } = await start();
    const posts = entries('posts');
    for (const query of [posts, posts.status('any'), posts.where('fields.colour', 'red'), posts.site('*')]) {
      const found = await query.limit(1000).all();
      const related = found.flatMap(({ fields }) => ('related' in fields ? (fields.related ?? []) : []));
      const expected = [...Map.groupBy(related, (id) => id)].map(([id, all]) => [id, all.length]);
      // Whatever page of it is shown.
      expect([...(await query.limit(1).offset(1).countBy('related'))]).toEqual(expected);
    }
    const readers = await posts.status('any').countBy('readers');
    expect([...readers].toSorted(([one], [other]) => one - other)).toEqual(
      [filled.ada, filled.ben].toSorted((one, other) => one - other).map((id) => [id, 5]),
    );
    expect(await posts.where('slug', 'in', []).countBy('related')).toEqual(new Map());
    expect(await posts.search('').countBy('related')).toEqual(new Map());
  });

  it('sort alike on every database, and walk the same by cursor as in one go', async () => {
    const { posts, entries, filled } = await start();
    const all = posts.status('any');
    const byOrder: Record<string, readonly number[]> = {};
    const queries: [string, EntryQuery][] = [
      ['tree', entries('pages') as unknown as EntryQuery],
      ['default', posts],
      ['all sections', entries().status('any')],
      ['sites', all.site('*').orderBy('title')],
      ['several', all.orderBy('type', 'desc').orderBy('title').orderBy('postDate', 'desc')],
      ...ORDERS.flatMap((column): [string, EntryQuery][] =>
        (['asc', 'desc'] as const).map((direction) => [
          `${column} ${direction}`,
          all.orderBy(column as 'id', direction),
        ]),
      ),
      ...(['postDate', 'fields.rating'] as const).map((column): [string, EntryQuery] => [
        `${column}, live`,
        posts.orderBy(column as 'id', 'desc'),
      ]),
    ];
    for (const [name, query] of queries) {
      const whole = (await query.all()).map(({ id, site }) => `${id} ${site}`);
      const walked: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof query.cursorPage>> = await query.after(cursor).cursorPage(7);
        walked.push(...page.entries.map(({ id, site }) => `${id} ${site}`));
        cursor = page.next;
      } while (cursor !== null);
      expect([name, walked]).toEqual([name, whole]);
      byOrder[name] = await query.ids();
    }
    // Ids go on where a database was emptied: posts by their numbers.
    const numbers = new Map(filled.posts.map(({ id, at }) => [id, at]));
    const orders = Object.entries(byOrder).map(([name, ids]) => [
      name,
      ids.map((id) => numbers.get(id) ?? 'page'),
    ]);
    firstOrders ??= orders;
    expect(orders).toEqual(firstOrders);

    const rated = [...filled.posts].toSorted(
      (one, other) =>
        Number(fieldOf(other, 'rating') ?? -1) - Number(fieldOf(one, 'rating') ?? -1) ||
        (other.state.postAt ?? -1) - (one.state.postAt ?? -1) ||
        other.id - one.id,
    );
    expect(byOrder['fields.rating desc']).toEqual(rated.map(({ id }) => id));
    const titles = (await all.orderBy('title').all()).map(({ title }) =>
      (title ?? '').replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()),
    );
    expect(titles).toEqual(
      titles.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    );
  }, 30_000);

  it('walk by cursor what any order gives in one go, in steps of any size', async () => {
    const { posts } = await start();
    const term = fc.tuple(fc.constantFrom(...ORDERS), fc.constantFrom('asc' as const, 'desc' as const));
    const orders = fc.uniqueArray(term, { minLength: 1, maxLength: 4, selector: ([column]) => column });
    const given = { size: fc.integer({ min: 5, max: 40 }), orders, sites: fc.constantFrom('en', 'de', '*') };
    await fc.assert(
      fc.asyncProperty(fc.record(given), async ({ size, orders: terms, sites }) => {
        const query = terms.reduce<Posts>(
          (sorted, [column, direction]) => sorted.orderBy(column as 'id', direction),
          posts.status('any').site(sites),
        );
        const walked: number[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof query.cursorPage>> = await query
            .after(cursor)
            .cursorPage(size);
          walked.push(...page.entries.map(({ id }) => id));
          cursor = page.next;
        } while (cursor !== null);
        expect(walked).toEqual([...(await query.ids())]);
      }),
      { numRuns: 15 },
    );
  }, 30_000);

  it('give pages with the number of all', async () => {
    const { posts } = await start();
    const all = posts.status('any').orderBy('id');
    const ids = await all.ids();
    const second = await all.page(2, 25);
    expect(second).toMatchObject({ total: 60, page: 2, pages: 3 });
    expect(second.entries.map(({ id }) => id)).toEqual(ids.slice(25, 50));
    expect(await all.page(9, 25)).toMatchObject({ entries: [], total: 60, pages: 3 });
    expect(await all.where('slug', 'none').page(1, 25)).toEqual({ entries: [], total: 0, page: 1, pages: 1 });
    for (const number of [0, -1, 1.5, NaN, 1e300])
      await expect(all.page(number, 25)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await all.offset(58).ids()).toEqual(ids.slice(58));
    expect(await all.limit(0).ids()).toEqual([]);
    expect(await all.limit(3).offset(2).ids()).toEqual(ids.slice(2, 5));
    expect(await all.exists()).toBe(true);
    expect(await all.where('slug', 'none').exists()).toBe(false);
    expect(await all.first()).toMatchObject({ id: ids[0] });
  });

  it('refuse cursors that are none', async () => {
    const { posts } = await start();
    const query = posts.status('any').orderBy('title');
    const { next } = await query.cursorPage(5);
    const cut = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as unknown[];
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const hostile = [
      '',
      ' ',
      'x',
      '%',
      made(null),
      made({}),
      made([]),
      made([cut[0]]),
      made([cut[0], "' or 1=1 --", '5']),
      made([cut[0], { a: 1 }, 5]),
      made([cut[0], 'a\0b', 5]),
      made([cut[0], 'a', 1.5]),
      made(['x', ...cut.slice(1)]),
      'A'.repeat(9000),
      ...HOSTILE,
    ];
    for (const cursor of hostile)
      await expect(query.after(cursor).cursorPage(5)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    // That of another order, site or section.
    for (const other of [posts.orderBy('id'), query.site('de'), query.search('text')])
      await expect(other.after(next).cursorPage(5)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await query.after(next).cursorPage(5)).toMatchObject({ entries: { length: 5 } });
  });

  it('find one', async () => {
    const { filled, entries, posts } = await start();
    const live = filled.posts.find((post) => statusAt(post) === 'live' && post.state.type === 'post');
    const disabled = filled.posts.find((post) => statusAt(post) === 'disabled');
    expect(await posts.find(live?.id ?? 0)).toMatchObject({
      id: live?.id,
      status: 'live',
      slug: `post-${live?.at}`,
      url: `https://example.com/posts/post-${live?.at}`,
    });
    expect(await posts.findBySlug(`post-${live?.at}`)).toMatchObject({ id: live?.id });
    expect(await entries().findByUri(`posts/post-${live?.at}`)).toMatchObject({
      id: live?.id,
      section: 'posts',
    });
    expect(await posts.find(disabled?.id ?? 0)).toBeUndefined();
    expect(await posts.status('any').find(disabled?.id ?? 0)).toMatchObject({ status: 'disabled' });
    expect((await posts.find(live?.id ?? 0))?.fields).toMatchObject({ rows: [], covers: [] });
    for (const id of [0, -1, 1.5, 2 ** 60]) expect(await posts.find(id)).toBeUndefined();
    for (const text of ['', '\0', ...HOSTILE]) {
      expect(await posts.findBySlug(text)).toBeUndefined();
      expect(await entries().findByUri(text)).toBeUndefined();
    }
  });

  it('search words in titles and fields, without regard to accents', async () => {
    const { entries, posts, filled } = await start();
    const live = filled.posts.filter((post) => statusAt(post) === 'live');
    const titled = (start: RegExp): number[] =>
      idsOf(live.filter((post) => start.test(onSite(post).title ?? '')));
    const found = async (text: string): Promise<number[]> => [
      ...(await posts.search(text).orderBy('id').ids()),
    ];
    expect(await found('angstrom')).toEqual(titled(/^Ångström/));
    expect(await found('ÅNGSTRÖM')).toEqual(titled(/^Ångström/));
    expect(await found('alph')).toEqual(titled(/^alpha/i));
    expect(await found('alph text')).toEqual([]);
    expect((await found('alpha tex')).length).toBeGreaterThan(0);
    for (const text of ['', '   ', '!?—', '"', '*', '\0', "'"])
      expect([text, await found(text)]).toEqual([text, []]);
    for (const text of [
      ...HOSTILE,
      'alpha" OR "beta',
      'title:alpha',
      'alpha NEAR beta',
      'a:* | b',
      "a' <-> b",
      '\uD800',
      'क़',
      'x'.repeat(5000),
      'a '.repeat(500),
    ])
      await expect(posts.search(text).all()).resolves.toBeDefined();
    // Best first: a word of the title says more than one of a field.
    expect(await posts.search('alpha').count()).toBe(titled(/^alpha/i).length);
    expect((await posts.search('alpha').ids()).length).toBe(titled(/^alpha/i).length);
    expect((await entries().search('two').all()).map(({ title }) => title).toSorted()).toEqual([
      'Two',
      'Two A',
    ]);
    const walked: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof posts.cursorPage>> = await posts
        .search('text')
        .after(cursor)
        .cursorPage(4);
      walked.push(...page.entries.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(walked).toEqual([...(await posts.search('text').ids())]);
  });

  it('show each viewer what mayEntry lets them see', async () => {
    const { filled, opened } = await start();
    const ada = await opened.database.users.find(filled.ada);
    if (ada === undefined) throw new Error('There is no ada.');
    const entries = entriesOn(opened.database);
    const [section] = content.sections;
    if (section === undefined) throw new Error('There is no section.');
    const all = await opened.database.entries.findMany(filled.posts.map(({ id }) => id));
    const rights = ['viewEntries', 'viewPeerEntries', 'viewPeerEntryDrafts'];
    const viewers = [
      null,
      ...Array.from({ length: 8 }, (_, at) => ({
        ...ada,
        permissions: rights
          .filter((_right, bit) => (at >> bit) % 2 === 1)
          .map((right) => `${right}:posts`.toLowerCase()),
      })),
      { ...ada, admin: true },
      { ...ada, permissions: ['viewentries:pages', 'viewpeerentries:pages'] },
    ];
    const { hasPermission } = await import('../../src/users/permissions/permissions.ts');
    for (const user of viewers) {
      const viewer = user && {
        id: user.id,
        can: (permission: string) => hasPermission(user, settings, permission),
      };
      const editor = user === null ? ({ kind: 'guest' } as const) : ({ kind: 'user', user } as const);
      const wanted = all
        .filter(
          (entry) =>
            mayEntry({
              act: 'view',
              editor,
              section,
              entry,
              live: statusOf(entry, 'en', NOW) === 'live',
              settings,
              content,
            }) === 'allow',
        )
        .map(({ id }) => id);
      const seen = await entries('posts').visibleTo(viewer).status('any').orderBy('id').ids();
      expect([user?.permissions, seen]).toEqual([user?.permissions, wanted]);
      const everywhere = (await entries().visibleTo(viewer).status('any').all()).filter(
        ({ section: handle }) => handle === 'posts',
      );
      expect(everywhere).toHaveLength(wanted.length);
      const drafts = await entries('posts').visibleTo(viewer).status('draft').orderBy('id').ids();
      expect(drafts).toEqual(all.filter(({ id, draft }) => draft && wanted.includes(id)).map(({ id }) => id));
    }
  });

  it('load what is named, in as many statements for many as for one', async () => {
    const { filled, opened } = await start();
    let statements = 0;
    const counting = opened.kysely.withPlugin({
      transformQuery: ({ node }) => ((statements += 1), node),
      transformResult: ({ result }) => Promise.resolve(result),
    });
    const entries = entriesOn({
      ...opened.database,
      entryQueries: createEntryQueryStore(counting, kind),
      entries: createEntryStore(counting, kind),
    });
    const query = entries('posts')
      .type('post')
      .status('any')
      .with('author', 'authors', 'related', 'readers', 'covers', 'parent', 'children');
    async function cost(count: number): Promise<number> {
      statements = 0;
      expect(await query.orderBy('id').limit(count).all()).toHaveLength(count);
      return statements;
    }
    expect(await cost(45)).toBe(await cost(4));
    expect(await cost(45)).toBeLessThanOrEqual(7);

    const [first, , , fourth] = await query.orderBy('id').all();
    expect(first?.author).toMatchObject({ id: filled.ada, username: 'ada' });
    expect(first?.author).not.toHaveProperty('email');
    expect(first?.authors.map(({ id }) => id)).toEqual([filled.ada]);
    expect(first?.fields.readers.map(({ id }) => id)).toEqual([filled.ada, filled.ben]);
    expect(fourth?.fields.related).toMatchObject([{ id: first?.id, title: 'Alpha' }]);
    expect([fourth?.author, fourth?.parent, fourth?.children, fourth?.fields.covers]).toEqual([
      null,
      null,
      [],
      [],
    ]);

    const pages = await entries('pages').with('parent', 'children').all();
    expect(pages.map(({ title }) => title)).toEqual(['One', 'One A', 'One A i', 'One B', 'Two', 'Two A']);
    expect(pages.map(({ parent }) => parent?.title ?? null)).toEqual([
      null,
      'One',
      'One A',
      'One',
      null,
      'Two',
    ]);
    expect(pages.map(({ children }) => children.map(({ title }) => title).join())).toEqual([
      'One A,One B',
      'One A i',
      '',
      '',
      'Two A',
      '',
    ]);

    // What is named and not live is left out, unless everything is asked for.
    const target = filled.posts[0];
    if (target === undefined) throw new Error('There is no post.');
    await opened.database.entries.update(target.id, { ...target.state, enabled: false }, { sites: {} }, NOW);
    const relating = entries('posts').relatedTo(target.id);
    expect(await relating.count()).toBeGreaterThan(0);
    for (const post of await relating.type('post').with('related').all())
      expect(post.fields.related).toEqual([]);
    for (const post of await relating.type('post').status('any').with('related').all())
      expect(post.fields.related).toMatchObject([{ id: target.id }]);
    const guest = relating.type('post').status('any').visibleTo(null).with('related');
    for (const post of await guest.all()) expect(post.fields.related).toEqual([]);
  });

  it('say what can be used where something cannot', async () => {
    const opened = await open();
    const entries = entriesOn(opened.database);
    const posts = entries('posts') as unknown as Posts;
    const untyped = posts as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
    const faults: [string, unknown[], RegExp][] = [
      ['where', ['password', 'x'], /no column.*slug/],
      ['where', ['constructor', 'x'], /no column/],
      ['where', ['fields.shoes', 1], /no field “shoes” in posts.*rating/],
      ['where', ['fields.__proto__', 1], /no field/],
      ['where', ["fields.rating' or 1=1 --", 1], /no field/],
      ['where', ['fields.rows', 'x'], /cannot be compared/],
      ['where', ['fields.colours', 'red'], /contains/],
      ['where', ['slug', 'like', 'x%'], /no operator.*not in/],
      ['where', ['slug', undefined], /value is missing/],
      ['where', ['slug', '<', null], /use = or !=/],
      ['where', ['slug', 'in', 'x'], /takes a list/],
      ['where', ['slug', 5], /with a text, not with 5/],
      ['where', ['postDate', 'today'], /with a Date/],
      ['where', ['id', '5'], /with a number/],
      ['where', ['fields.rating', 'x'], /with a number/],
      ['where', ['authorId', '>', 5], /compared by =/],
      ['where', ['title', 'contains', 'x'], /several values/],
      ['where', ['fields.related', 'contains', 'x'], /contains ids/],
      ['orderBy', ['title; drop table users'], /no column/],
      ['orderBy', ['authorId'], /nothing to sort by.*postDate/],
      ['orderBy', ['title', 'desc; drop table users'], /asc or desc/],
      ['orderBy', ['fields.colours'], /cannot be compared/],
      ['status', ['published'], /live/],
      ['status', [], /live/],
      ['site', ['fr'], /no site “fr”.*en, de/],
      ['type', ['page'], /no entry type.*post, note/],
      ['limit', [-1], /whole number/],
      ['offset', ['5'], /whole number/],
      ['with', ['rating'], /names nothing/],
      ['relatedTo', [{ id: 1, kind: 'image' }], /no kind/],
      ['countBy', ['colours'], /names nothing/],
      ['countBy', ['nothing'], /no field “nothing”/],
      ['relatedTo', [{ id: 1, field: 'shoes' }], /no field/],
    ];
    for (const [method, given, message] of faults) {
      expect(() => untyped[method]?.(...given), `${method}(${given.map(String).join()})`).toThrow(TypeError);
      expect(() => untyped[method]?.(...given)).toThrow(message);
    }
    for (const given of [
      ['postDate', new Date(NaN)],
      ['fields.rating', '>=', NaN],
    ])
      expect(() => untyped['where']?.(...given)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }));
    expect(() => entries('stories' as 'posts')).toThrow(/no section “stories”.*posts, pages, about/);
    expect(() => entries().where('fields.rating' as 'id', 1)).toThrow(/Name it/);
    await expect(posts.page(1, 0)).rejects.toThrow(TypeError);
    await expect(posts.cursorPage(1e9)).rejects.toThrow(TypeError);
  });

  it('never change a query that others go on from', async () => {
    const { posts } = await start();
    const all = posts.status('any');
    const before = await all.count();
    void all.where('slug', 'none').limit(1).orderBy('title').search('x');
    expect(await all.count()).toBe(before);
    expect(COLOURS).toHaveLength(3);
  });

  if (kind === 'sqlite')
    it('read an index, never a whole table', async () => {
      const { opened, filled } = await start();
      const plans: string[] = [];
      const store = opened.database.entryQueries;
      async function explain(
        statement: ReturnType<typeof findSql | typeof countSql | typeof countBySql>,
      ): Promise<void> {
        const { sql: text, parameters } = statement.compile(opened.kysely);
        const parts = text
          .split('?')
          .flatMap((part, at) => (at === 0 ? [sql.raw(part)] : [sql`${parameters[at - 1]}`, sql.raw(part)]));
        const { rows } = await sql<{ detail: string }>`explain query plan ${sql.join(parts, sql``)}`.execute(
          opened.kysely,
        );
        plans.push(rows.map(({ detail }) => detail).join('\n'));
      }
      const entries = entriesOn({
        ...opened.database,
        entryQueries: {
          async find(spec: EntryQuerySpec) {
            await explain(findSql(spec, kind));
            return store.find(spec);
          },
          async count(spec: EntryQuerySpec) {
            await explain(countSql(spec, kind));
            return store.count(spec);
          },
          async countBy(spec: EntryQuerySpec, field: string) {
            await explain(countBySql(spec, field, kind));
            return store.countBy(spec, field);
          },
        },
      });
      const posts = entries('posts');
      await posts.where('fields.rating', '>', 1).orderBy('fields.rating').page(1, 5);
      await posts.where('fields.colour', 'red').page(1, 5);
      await posts.relatedTo(filled.ada).page(1, 5);
      await posts.where('authorId', filled.ada).orderBy('title').page(1, 5);
      await posts.search('alpha').page(1, 5);
      await posts.findBySlug('post-1');
      await posts.countBy('related');
      await entries().findByUri('posts/post-1');
      await entries()
        .status('any')
        .visibleTo({ id: filled.ada, can: () => true })
        .page(1, 5);
      await entries('pages').with('children', 'parent').all();
      expect(plans.length).toBeGreaterThan(12);
      for (const plan of plans)
        expect(plan).not.toMatch(
          /SCAN (?:s|e|entries|entry_references|entry_sites|entry_authors)(?: |$)(?!USING)/m,
        );
      expect(plans.slice(0, 2).join()).toMatch(/entry_field_posts_rating/);
      expect(plans.slice(2, 4).join()).toMatch(/entry_field_posts_colour/);
    });
});
