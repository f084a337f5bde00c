import { describe, expect, test } from 'vitest';
import { contentFaults } from '../../src/content/check-content.ts';
import { settingsSchema, type SiteOptions } from '../../src/config.ts';
import { entryType } from '../../src/content/entry-type.ts';
import { section, type SectionOptions } from '../../src/content/section.ts';
import type { Field } from '../../src/fields/field.ts';
import { createSite, field } from '../../src/index.ts';
import { resolveSettings } from '../../src/resolve-settings.ts';

const faults = (options: object): readonly string[] =>
  contentFaults(settingsSchema.parse(options as SiteOptions));

const post = entryType('post', { body: field.text() });
/** A channel of posts, but for what is wrong with it. */
const posts = (more: object = {}): ReturnType<typeof section> =>
  section({ handle: 'posts', type: 'channel', entryTypes: [post], ...more } as SectionOptions);
const withField = (fields: object, options: object = {}): object => ({
  sections: [posts({ entryTypes: [entryType('post', fields as { body: Field }, options)] })],
});

const relation = (options: object): Field => ({
  ...field.text(),
  type: 'entries',
  options: options as Field['options'],
  references: () => [],
});

describe('content that is right', () => {
  test.each<[string, object]>([
    ['none', {}],
    ['a channel', { sections: [posts({ uriFormat: 'posts/{postDate.year}/{slug}', maxAuthors: 0 })] }],
    ['the home page', { sections: [posts({ type: 'single', uriFormat: '__home__' })] }],
    [
      'a structure',
      { sections: [posts({ type: 'structure', uriFormat: '{parent.uri}/{slug}', maxLevels: 3 })] },
    ],
    [
      'a structure below a path',
      { sections: [posts({ type: 'structure', uriFormat: "{parent.uri ?? 'help'}/{slug}" })] },
    ],
    [
      'one type in two sections',
      { sections: [posts({ id: 1 }), posts({ handle: 'news', id: 2, uriFormat: 'news/{id}' })] },
    ],
    [
      'sites',
      {
        timeZone: 'Europe/Berlin',
        sites: [
          { handle: 'en', id: 1, language: 'en', primary: true },
          { handle: 'de', id: 2, language: 'de-CH', baseUrl: '/de' },
          { handle: 'fr', language: 'fr', baseUrl: 'https://example.fr' },
        ],
        sections: [posts({ sites: { en: {}, de: { uriFormat: null } } })],
      },
    ],
    [
      'a title that is made',
      withField({ name: field.text() }, { hasTitleField: false, titleFormat: '{fields.name}' }),
    ],
    ['a path with a field', { sections: [posts({ uriFormat: '{fields.body}/{slug}' })] }],
    ['a relation', withField({ others: relation({ sections: ['posts'], volume: 'uploads' }) })],
    ['renames', { sections: [posts({ renamedFrom: 'news' })] }],
  ])('%s', (_name, options) => {
    expect(faults(options)).toEqual([]);
  });
});

const URI_NAMES =
  '{fields.…}, {slug}, {parent.uri}, {parent.slug}, {id}, {uid}, {postDate.year}, {postDate.month}, {postDate.day}, ' +
  '{dateCreated.year}, {dateCreated.month}, {dateCreated.day}, {author.id}, {author.username}, {author.fullName}, ' +
  '{author.friendlyName}, {type.handle}, {type.name}, {section.handle}, {section.name}, {site.handle}, {site.language}';
const AT = 'sections[0] (posts)';
const TYPE = `${AT}: entryTypes[0] (post)`;

describe('content that is wrong is told by its place', () => {
  test.each<[object, string]>([
    [{ timeZone: 'Mars' }, 'timeZone is "Mars", and there is no such zone. Write UTC or Europe/Berlin.'],
    [{ sites: {} }, 'sites: write a list of sites: [{ handle: "en", language: "en" }].'],
    [{ sites: [null] }, 'sites[0]: Invalid input: expected object, received null'],
    [
      { sites: [{ handle: 'en', language: 'en', lang: 'en' }] },
      'sites[0] (en): There is no option "lang". There are baseUrl, group, handle, id, language, name, primary.',
    ],
    [
      { sites: [{ handle: 'e n', language: 'en' }] },
      'sites[0] (e n): handle: "e n" is no handle: write a letter followed by letters, digits and _.',
    ],
    [
      { sites: [{ handle: 'en', language: 'english please' }] },
      'sites[0] (en): language: "english please" is no language tag. Write en, de or de-CH.',
    ],
    [
      { sites: [{ handle: 'en', language: 'en', baseUrl: 'javascript:alert(1)' }] },
      'sites[0] (en): baseUrl: "javascript:alert(1)" is neither an address nor a path. Write https://example.com/de or /de.',
    ],
    [
      {
        sites: [
          { handle: 'en', language: 'en' },
          { handle: 'EN', language: 'de' },
        ],
      },
      'sites: two have the handle "EN", in whatever letters. Give each its own.',
    ],
    [
      {
        sites: [
          { handle: 'en', language: 'en', id: 1, primary: true },
          { handle: 'de', language: 'de', id: 2, primary: true },
        ],
      },
      'sites: en and de are each primary. Only one can be: take `primary` from the others.',
    ],
    [
      {
        sites: [
          { handle: 'en', language: 'en', id: 1 },
          { handle: 'de', language: 'de', id: 1 },
        ],
      },
      'sites: two have the id 1. Give each its own.',
    ],
    [{ sections: 'posts' }, 'sections: write a list: [section({ … })].'],
    [{ sections: [posts(), null] }, 'sections[1] is no section. Make one with section({ … }).'],
    [
      { sections: [{ handle: 'posts', type: 'channel' }] },
      'sections[0] is no section. Make one with section({ … }).',
    ],
    [
      { sections: [posts(), posts({ handle: 'Posts' })] },
      'sections: two have the handle "Posts", in whatever letters. Give each its own.',
    ],
    [
      { sections: [posts({ id: 3 }), posts({ handle: 'news', id: 3 })] },
      'sections: two have the id 3. Give each its own.',
    ],
    [
      { sections: [posts({ handle: 'siteId' })] },
      'sections[0] (siteId): handle: the handle "siteId" is taken by what every entry has: choose another.',
    ],
    [
      { sections: [posts({ handle: 'a'.repeat(65) })] },
      `sections[0] (${'a'.repeat(65)}): handle: a handle has at most 64 characters.`,
    ],
    [
      { sections: [posts({ maxLevel: 2 })] },
      `${AT}: There is no option "maxLevel". There are defaultPlacement, enableVersioning, enabledByDefault, entryTypes, ` +
        'guests, handle, id, maxAuthors, maxLevels, minAuthors, name, propagationMethod, renamedFrom, reservedSlugs, sites, ' +
        'type, uriFormat.',
    ],
    [
      { sections: [posts({ guests: { limits: false } })] },
      `${AT}: guests: There is no option "limits". There are authorId, enabledByDefault, limit, runValidation.`,
    ],
    [
      { sections: [posts({ type: 'stream' })] },
      `${AT}: type: Invalid option: expected one of "single"|"channel"|"structure"`,
    ],
    [
      { sections: [posts({ maxLevels: 2 })] },
      `${AT}: maxLevels: only a structure has levels, and this is a channel.`,
    ],
    [
      { sections: [posts({ type: 'structure', maxLevels: 101 })] },
      `${AT}: maxLevels: 101 is more than 100, which no structure can go beyond.`,
    ],
    [
      { sections: [posts({ defaultPlacement: 'end' })] },
      `${AT}: defaultPlacement: only a structure has an order of its own, and this is a channel.`,
    ],
    [
      { sections: [posts({ type: 'single', maxAuthors: 2 })] },
      `${AT}: maxAuthors: the entry of a single has no authors. Leave it out.`,
    ],
    [
      { sections: [posts({ type: 'single', guests: {} })] },
      `${AT}: guests: a single has its one entry; nobody makes another.`,
    ],
    [{ sections: [posts({ minAuthors: 2 })] }, `${AT}: minAuthors: 2 is more than maxAuthors, which is 1.`],
    [
      { sections: [posts({ sites: { de: {} } })] },
      `${AT}: sites.de: there is no such site. There are default.`,
    ],
    [
      { sections: [posts({ sites: {} })] },
      `${AT}: sites: it is on no site. Name one, or leave \`sites\` out for all.`,
    ],
    [
      { sections: [posts({ uriFormat: '' })] },
      `${AT}: uriFormat: it is empty. Write null for entries without pages, or __home__ for the home page.`,
    ],
    [
      { sections: [posts({ uriFormat: '/posts/{slug}' })] },
      `${AT}: uriFormat: "/posts/{slug}" is no path. Write it without slashes around it, blanks, ? and #: posts/{slug}.`,
    ],
    [
      { sections: [posts({ uriFormat: 'posts/{slug' })] },
      `${AT}: uriFormat: "posts/{slug" cannot be read: write each name in braces of its own, {slug}.`,
    ],
    [
      { sections: [posts({ uriFormat: 'posts/{foo}' })] },
      `${AT}: uriFormat: there is no {foo}. There are ${URI_NAMES}.`,
    ],
    [
      { sections: [posts({ uriFormat: '{fields.constructor}/{slug}' })] },
      `${AT}: uriFormat: there is no {fields.constructor}. There are ${URI_NAMES}.`,
    ],
    [
      { sections: [posts({ uriFormat: '{parent.uri}/{slug}' })] },
      `${AT}: uriFormat: only entries of a structure have a parent, and this is a channel.`,
    ],
    [
      { sections: [posts({ type: 'structure', uriFormat: "{parent.uri ?? '/a b'}/{slug}" })] },
      `${AT}: uriFormat: "{parent.uri ?? '/a b'}/{slug}" is no path. Write it without slashes around it, blanks, ? and #: posts/{slug}.`,
    ],
    [
      { sections: [posts({ uriFormat: '{slug ?? help}' })] },
      `${AT}: uriFormat: there is no {slug ?? help}. There are ${URI_NAMES}.`,
    ],
    [
      { sections: [posts({ sites: { default: { uriFormat: 'posts' } } })] },
      `${AT}: sites.default.uriFormat: all entries would have the URI "posts". Put {slug} into it.`,
    ],
    [
      { sections: [posts({ entryTypes: [] })] },
      `${AT}: entryTypes: there is none. Give it one: entryType("post", { … }).`,
    ],
    [
      { sections: [posts({ entryTypes: [{ handle: 'post' }] })] },
      `${AT}: entryTypes[0] is no entry type. Make one with entryType('post', { … }).`,
    ],
    [
      { sections: [posts({ entryTypes: [post, post] })] },
      `${AT}: entryTypes: two have the handle "post". Give each its own.`,
    ],
    [
      {
        sections: [posts({ entryTypes: [entryType('one', {}, { id: 4 }), entryType('two', {}, { id: 4 })] })],
      },
      `${AT}: entryTypes: two have the id 4. Give each its own.`,
    ],
    [
      withField({ body: field.text() }, { titleField: true }),
      `${TYPE}: There is no option "titleField". There are hasTitleField, id, name, renamedFrom, titleFormat, titleLabel, titleTranslation.`,
    ],
    [
      withField({ body: field.text() }, { hasTitleField: false }),
      `${TYPE}: titleFormat: nobody writes the title, so say what makes it: titleFormat: "{fields.name}".`,
    ],
    [
      withField({ body: field.text() }, { titleFormat: '{fields.body' }),
      `${TYPE}: titleFormat: "{fields.body" cannot be read: write each name in braces of its own, {fields.name}.`,
    ],
    [
      withField({ body: field.text() }, { titleFormat: '{slug}' }),
      `${TYPE}: titleFormat: there is no {slug}. There are ${URI_NAMES.replace('{slug}, {parent.uri}, {parent.slug}, ', '')}.`,
    ],
    [
      withField({ 'a-b': field.text() }),
      `${TYPE}: fields.a-b: "a-b" is no handle: write a letter followed by letters, digits and _.`,
    ],
    [
      withField({ title: field.text() }),
      `${TYPE}: fields.title: the handle "title" is taken by what every entry has: choose another.`,
    ],
    [
      withField({ constructor: field.text() }),
      `${TYPE}: fields.constructor: the handle "constructor" is taken by what every entry has: choose another.`,
    ],
    [
      withField({ body: 'text' }),
      `${TYPE}: fields.body: it is no field. Make one with field.text(), field.number() and their like.`,
    ],
    [
      withField({ others: relation({ sections: ['news'] }) }),
      `${TYPE}: fields.others: there is no section "news". There are posts.`,
    ],
    [
      withField({ who: relation({ groups: ['staff'] }) }),
      `${TYPE}: fields.who: there is no group "staff". There is none.`,
    ],
    [
      withField({ cover: relation({ volume: 'images' }) }),
      `${TYPE}: fields.cover: there is no volume "images". There are uploads.`,
    ],
    [
      withField({ topics: field.categories({ section: 'posts' }) }),
      `${TYPE}: fields.topics: categories are of a structure, and the section "posts" is none.`,
    ],
    [
      { assets: { volumes: { images: {} } }, ...withField({ cover: field.assets({ kinds: ['image'] }) }) },
      `${TYPE}: fields.cover: there is no volume "uploads". There are images.`,
    ],
    [
      withField({
        blocks: field.matrix({
          types: [entryType('quote', { of: field.entries({ sections: ['people'] }) })],
        }),
      }),
      `${TYPE}: fields.blocks: quote.fields.of: there is no section "people". There are posts.`,
    ],
    [
      withField({
        blocks: field.matrix({ types: [entryType('quote', {}, { titleFormat: '{fields.of}' })] }),
      }),
      `${TYPE}: fields.blocks: quote.titleFormat: nothing makes the titles of entries within a field. Leave it out, with \`hasTitleField: false\` where they need no title.`,
    ],
    [
      withField({ seo: field.contentBlock({ fields: { 'a b': field.text() } }) }),
      `${TYPE}: fields.seo: fields.a b: "a b" is no handle: write a letter followed by letters, digits and _.`,
    ],
    [
      withField({ seo: field.contentBlock({ fields: { text: field.text({ renamedFrom: 'words' }) } }) }),
      `${TYPE}: fields.seo: fields.text: renamedFrom: only fields of the entry itself are renamed, not those within another field.`,
    ],
    [
      {
        sections: [
          posts({
            entryTypes: [
              entryType('one', { size: field.text() }),
              entryType('two', { size: field.number() }),
            ],
          }),
        ],
      },
      `${AT}: entryTypes[1] (two): fields.size: it is a number field here and a text field in one. In one section a handle is one kind of field.`,
    ],
    [
      { sections: [posts({ renamedFrom: 'news' }), posts({ handle: 'news' })] },
      'sections: posts is renamed from "news", which is still there.',
    ],
    [
      { sections: [posts({ renamedFrom: 'old' }), posts({ handle: 'news', renamedFrom: 'old' })] },
      'sections: posts and news are both renamed from "old". Only one can be.',
    ],
    [
      withField({ body: field.text({ renamedFrom: 'text' }), text: field.text() }),
      `${TYPE}: fields: body is renamed from "text", which is still there.`,
    ],
  ])('%#', (options, sentence) => {
    expect(faults(options)).toEqual([sentence]);
  });

  test('by createSite, all at once', () => {
    const options = { loginPath: '', timeZone: 'Mars', sites: [{ handle: '1', language: 'xx-' }] };
    expect(() => createSite(options)).toThrow(
      /loginPath is empty[\s\S]*timeZone[\s\S]*handle: "1"[\s\S]*language/,
    );
  });
});

describe('permissions of content', () => {
  const groups = (...permissions: string[]): object => ({
    users: { groups: { staff: { name: 'Staff', permissions } } },
  });
  const told =
    (options: object): (() => unknown) =>
    () =>
      createSite(options as SiteOptions);

  test('name sections, sites and volumes that there are', () => {
    const right = [
      'viewEntries:POSTS',
      'savePeerEntryDrafts:posts',
      'editSite:default',
      'viewAssets:uploads',
    ];
    expect(told({ sections: [posts()], ...groups(...right) })).not.toThrow();
  });

  test.each([
    ['viewEntries:nope', 'there is no section "nope"'],
    ['deletePeerEntryDrafts:nope', 'there is no section "nope"'],
    ['editSite:nope', 'there is no site "nope"'],
    ['viewAssets:nope', 'there is no volume "nope"'],
    ['createFolders:nope', 'there is no volume "nope"'],
    ['editPeerImages:nope', 'there is no volume "nope"'],
    ['replaceFiles:nope', 'there is no volume "nope"'],
  ])('%s is told', (permission, sentence) => {
    expect(told({ sections: [posts()], ...groups(permission) })).toThrow(
      `users.groups.staff.permissions: "${permission}": ${sentence}.`,
    );
    // Without sections there is no content, and permissions of it are as good as any.
    expect(told(groups(permission))).not.toThrow();
  });
});

test('fields that name other elements are for entries', () => {
  const options = { users: { fields: { friends: relation({}) } } } as SiteOptions;
  expect(() => resolveSettings(options, {})).toThrow(
    'users.fields.friends is a field of the kind entries, which only entries have.',
  );
});
