import { describe, expect, it, test } from 'vitest';
import { createContent } from '../../src/content/create-content.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section } from '../../src/content/section.ts';
import { currentSite } from '../../src/entries/current-site.ts';
import { dateOrderFault, defaultPostAt } from '../../src/entries/dates.ts';
import { derivedOf } from '../../src/entries/derived.ts';
import { entryView } from '../../src/entries/entry-view.ts';
import type { Entry } from '../../src/entries/entry.ts';
import { placingFault } from '../../src/entries/placement.ts';
import { enabledSites } from '../../src/entries/saving/enabled-sites.ts';
import { joined, namedFields } from '../../src/entries/saving/errors.ts';
import { postedHandle, postedIds, postedSwitch } from '../../src/entries/saving/posted-entry.ts';
import { field } from '../../src/fields/define.ts';
import type { User } from '../../src/users/user.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('placingFault', () => {
  const page = (id: number, level = 1) => ({ id, level, section: 'pages', draft: false });
  const placing = { section: 'pages', maxLevels: 3, entry: undefined, descendants: [], parent: undefined };
  const noParent = 'There is no such parent entry in this section.';
  const below = 'An entry cannot be placed below itself.';
  const deep = 'This section has at most 3 levels.';

  test.each([
    ['a new one at the top', placing, undefined],
    ['a new one at the deepest level', { ...placing, parent: page(1, 2) }, undefined],
    ['a new one too deep', { ...placing, parent: page(1, 3) }, deep],
    ['below one of another section', { ...placing, parent: { ...page(1), section: 'posts' } }, noParent],
    ['below a draft', { ...placing, parent: { ...page(1), draft: true } }, noParent],
    ['below itself', { ...placing, entry: page(1), parent: page(1) }, below],
    [
      'below its grandchild',
      { ...placing, entry: page(1), descendants: [page(2, 2), page(3, 3)], parent: page(3, 3) },
      below,
    ],
    [
      'with its children, as deep as it gets',
      { ...placing, entry: page(1), descendants: [page(2, 2)], parent: page(9) },
      undefined,
    ],
    [
      'with its grandchildren, too deep',
      { ...placing, entry: page(1), descendants: [page(2, 2), page(3, 3)], parent: page(9) },
      deep,
    ],
    [
      'anywhere in a structure without an end',
      { ...placing, maxLevels: Infinity, parent: page(1, 99) },
      undefined,
    ],
    [
      'in a structure of one level',
      { ...placing, maxLevels: 1, parent: page(1) },
      'This section has at most 1 level.',
    ],
  ])('%s', (_where, given, fault) => {
    expect(placingFault(given)).toBe(fault);
  });
});

describe('dates', () => {
  const now = 10 * DAY + 12_345;
  test.each([
    [null, 10 * DAY],
    [20 * DAY, 10 * DAY],
    [10 * DAY, 9 * DAY],
    [5 * DAY, 4 * DAY],
  ])('with an expiry at %s it is posted at %s', (expiresAt, expected) => {
    const postAt = defaultPostAt({ expiresAt }, now);
    expect(postAt).toBe(expected);
    expect(postAt % MINUTE).toBe(0);
    expect(dateOrderFault({ postAt, expiresAt })).toBeUndefined();
  });

  test.each([
    [1, 2, false],
    [2, 2, true],
    [3, 2, true],
    [null, 2, false],
    [3, null, false],
  ])('posted %s, expires %s: out of order is %s', (postAt, expiresAt, isWrong) => {
    expect(dateOrderFault({ postAt, expiresAt }) !== undefined).toBe(isWrong);
  });
});

const content = createContent({
  siteUrl: 'https://example.com',
  sites: [
    { handle: 'en', language: 'en' },
    { handle: 'de', id: 2, language: 'de', baseUrl: '/de' },
    { handle: 'ch', language: 'de-CH', baseUrl: '/de/ch' },
  ],
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [
        entryType('post', {
          body: field.text({ frontend: true }),
          quiet: field.text({ searchable: false }),
          colours: field.checkboxes({ options: ['red', 'blue'] }),
          related: field.entries({}),
        }),
      ],
    }),
  ],
});

describe('currentSite', () => {
  test.each([
    ['https://example.com/', 'en'],
    ['https://example.com/posts', 'en'],
    ['https://example.com/de', 'de'],
    ['https://example.com/de/posts?x=/de/ch', 'de'],
    ['https://example.com/de/ch/posts', 'ch'],
    ['https://example.com/dexter', 'en'],
    ['https://other.test/de/', 'de'],
  ])('%s is of %s', (url, handle) => {
    expect(currentSite(content, new URL(url)).handle).toBe(handle);
  });

  it('tells hosts apart where the sites have their own', () => {
    const apart = createContent({
      siteUrl: 'https://example.com',
      sites: [
        { handle: 'en', language: 'en' },
        { handle: 'de', language: 'de', baseUrl: 'https://example.de' },
      ],
      sections: [],
    });
    expect(currentSite(apart, new URL('https://example.de/x')).handle).toBe('de');
    expect(currentSite(apart, new URL('https://example.com/x')).handle).toBe('en');
    expect(currentSite(apart, new URL('https://elsewhere.test/x')).handle).toBe('en');
  });
});

const version = (fields = {}) => ({
  title: 'Hello',
  slug: 'hello',
  uri: 'posts/hello',
  enabled: true,
  fields,
});
const entry: Entry = {
  id: 5,
  uid: 'u',
  section: 'posts',
  type: 'post',
  draft: false,
  enabled: true,
  postAt: DAY,
  expiresAt: null,
  authorIds: [2, 99, 1],
  parentId: null,
  level: 1,
  creatorId: 7,
  version: 3,
  createdAt: DAY,
  updatedAt: 2 * DAY,
  sites: { en: version({ body: 'b', quiet: 'q', gone: 'x' }) },
};

test('derivedOf: words, references and choices by site, each target once in a field', () => {
  const [posts] = content.sections;
  const [post] = posts?.types ?? [];
  if (post === undefined) throw new Error('There is no type.');
  const fields = { body: 'some words', quiet: 'hush', colours: ['red', 'blue'], related: [3, 4] };
  expect(derivedOf(post, { ...entry, sites: { en: version(fields), de: version({}) } })).toEqual({
    sites: {
      en: {
        keywords: expect.stringContaining('some words'),
        references: [
          { field: 'colours', target: 'choice:red', position: 0 },
          { field: 'colours', target: 'choice:blue', position: 1 },
          { field: 'related', target: 'entry:3', position: 0 },
          { field: 'related', target: 'entry:4', position: 1 },
        ],
      },
      de: { keywords: '', references: [] },
    },
  });
  expect(derivedOf(post, { ...entry, sites: { en: version(fields) } }).sites['en']?.keywords).not.toContain(
    'hush',
  );
});

describe('entryView', () => {
  const user = (id: number): User =>
    ({
      id,
      uid: `u${id}`,
      username: `name${id}`,
      email: `secret${id}@example.com`,
      photo: null,
      firstName: null,
      lastName: null,
      fullName: null,
    }) as User;
  const viewing = { site: 'en', users: [user(1), user(2)], content, settings: { base: '' }, now: 3 * DAY };

  it('names what leaves the server, and nothing else', () => {
    const more = { ...entry, creatorNote: 'internal' };
    const shown = entryView(more, viewing);
    expect(Object.keys(shown).toSorted()).toEqual(
      [
        ['id', 'uid', 'canonicalId', 'sectionId', 'sectionHandle', 'typeId', 'typeHandle', 'siteId', 'title'],
        [
          'slug',
          'uri',
          'url',
          'status',
          'enabled',
          'enabledForSite',
          'postDate',
          'expiryDate',
          'dateCreated',
        ],
        ['dateUpdated', 'authorIds', 'author', 'authors', 'parentId', 'level', 'version', 'isDraft'],
        ['isProvisionalDraft', 'fields', 'section', 'type'],
      ]
        .flat()
        .toSorted(),
    );
    expect(shown).toMatchObject({ authorIds: [2, 1], author: { username: 'name2' }, fields: { body: 'b' } });
    expect(Object.keys(shown.fields)).toEqual(['body']);
    expect(JSON.stringify(shown)).not.toContain('secret');
  });

  it('shows an entry where it has no version, a draft of it, and one whose type is gone', () => {
    expect(entryView(entry, { ...viewing, site: 'de' })).toMatchObject({
      siteId: 2,
      title: null,
      url: null,
      enabledForSite: false,
      status: 'disabled',
    });
    expect(entryView(entry, { ...viewing, isProvisionalDraft: true })).toMatchObject({
      status: 'draft',
      isDraft: true,
      isProvisionalDraft: true,
    });
    expect(entryView({ ...entry, type: 'old' }, viewing)).toMatchObject({ typeId: 'old', fields: {} });
  });
});

describe('what was posted', () => {
  test.each([
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    [' ', undefined],
    [[], undefined],
    ['posts', 'posts'],
    [' 7 ', '7'],
    [7, '7'],
    [['posts'], 'posts'],
    [{}, '?'],
    [true, '?'],
    [['a', 'b'], '?'],
  ])('postedHandle(%j) is %j', (posted, expected) => {
    expect(postedHandle(posted)).toBe(expected);
  });

  test.each([
    ['', []],
    [null, []],
    [[''], []],
    ['5', [5]],
    [5, [5]],
    [
      ['5', 6, ' 7 ', '5'],
      [5, 6, 7],
    ],
    [{ 0: '5', 1: '6' }, [5, 6]],
    ['5,6', undefined],
    ['x', undefined],
    [-1, undefined],
    [0, undefined],
    [1.5, undefined],
    ['9'.repeat(20), undefined],
    [{}, undefined],
    [[[5]], undefined],
    [true, undefined],
  ])('postedIds(%j) is %j', (posted, expected) => {
    expect(postedIds(posted)).toEqual(expected);
  });

  test.each([
    [true, true],
    ['1', true],
    [1, true],
    ['on', true],
    [false, false],
    ['', false],
    [0, false],
    [null, false],
    ['2', undefined],
    ['maybe', undefined],
    [{}, undefined],
    [[], undefined],
  ])('postedSwitch(%j) is %j', (posted, expected) => {
    expect(postedSwitch(posted)).toBe(expected);
  });

  test.each([
    ['1', { de: true }, false],
    [['en', 2], { en: true, de: true }, true],
    [[''], {}, true],
    [{ en: '1', 2: ['', '0'] }, { en: true, de: false }, false],
  ])('enabledSites(%j)', (posted, sites, isList) => {
    const found = enabledSites(posted, 'de', content);
    expect([Object.fromEntries(found?.sites ?? []), found?.isList]).toEqual([sites, isList]);
  });

  test.each(
    ['maybe', ['fr'], { fr: 1 }, { en: 'x' }, {}, { constructor: 1 }, undefined].map((posted) => ({
      posted,
    })),
  )('enabledSites($posted) is nothing', ({ posted }) => {
    expect(enabledSites(posted, 'de', content)).toBeUndefined();
  });
});

test('errors of several sets come together, each sentence once', () => {
  expect(joined({ a: ['x'] }, { a: ['x', 'y'], b: ['z'] }, {})).toEqual({ a: ['x', 'y'], b: ['z'] });
  expect(namedFields({ body: ['x'], '': ['y'], 'a.b': ['z'] })).toEqual({
    'fields.body': ['x'],
    fields: ['y'],
    'fields.a.b': ['z'],
  });
});
