import { describe, expect, test } from 'vitest';
import { planContent } from '../../src/content/plan-content.ts';
import {
  type ContentSchema,
  type FieldSchema,
  type SectionSchema,
  type TypeSchema,
} from '../../src/content/schema.ts';
import { schemaAfter } from '../../src/content/schema-after.ts';

const field = (handle: string, kind = 'text', renamedFrom?: string): FieldSchema => ({
  handle,
  kind,
  renamedFrom,
});
const type = (handle: string, fields: readonly FieldSchema[], renamedFrom?: string): TypeSchema => ({
  handle,
  fields,
  renamedFrom,
});
const section = (
  handle: string,
  types: readonly TypeSchema[],
  more: Partial<SectionSchema> = {},
): SectionSchema => ({ handle, type: 'channel', sites: ['default'], types, ...more });
const schema = (sections: readonly SectionSchema[], indexes: readonly string[] = []): ContentSchema => ({
  sections,
  indexes: indexes.map((name) => {
    const [of = '', handle = '', as] = name.split('.');
    return { section: of, field: handle, comparedAs: as === 'number' ? 'number' : 'text' };
  }),
});

const featured: FieldSchema = {
  ...field('featured', 'lightswitch'),
  initial: { value: false, choices: [] },
};

const posts = (fields: readonly FieldSchema[], more: Partial<SectionSchema> = {}): SectionSchema =>
  section('posts', [type('post', fields)], more);

const texts = (before: ContentSchema | undefined, after: ContentSchema, drop = false): readonly string[] =>
  planContent(before, after, drop).map(({ text, destroys }) => (destroys ? `! ${text}` : text));

describe('the plan', () => {
  test.each<[string, ContentSchema | undefined, ContentSchema, readonly string[]]>([
    ['is empty where there is nothing', undefined, schema([]), []],
    [
      'makes indexes the first time',
      undefined,
      schema([posts([field('size', 'number')])], ['posts.size.number']),
      ['Index of posts.size, compared as number.'],
    ],
    [
      'is empty where nothing changed',
      schema([posts([field('size')])], ['posts.size.text']),
      schema([posts([field('size')])], ['posts.size.text']),
      [],
    ],
    [
      'renames a field whose old name is gone, and makes its index',
      schema([posts([field('text')])], ['posts.text.text']),
      schema([posts([field('body', 'text', 'text')])], ['posts.body.text']),
      [
        'Rename the field posts.post.text to body, with its values, also in drafts and revisions.',
        'Index of posts.body, compared as text.',
        'Keep the index of posts.text, compared as text, which nothing uses any more.',
      ],
    ],
    [
      'renames nothing that the database never knew',
      schema([posts([field('other')])]),
      schema([posts([field('other'), field('body', 'text', 'text')])]),
      [],
    ],
    [
      'renames nothing that is still there',
      schema([posts([field('text')])]),
      schema([posts([field('text'), field('body', 'text', 'text')])]),
      [],
    ],
    [
      'takes no new name for a rename that nobody declared',
      schema([posts([field('text')])]),
      schema([posts([field('body')])]),
      ['Keep the values of the field posts.post.text, which the code no longer has.'],
    ],
    [
      'renames section, type and field at once, from the outside in',
      schema([posts([field('text')])]),
      schema([
        section('articles', [type('article', [field('body', 'text', 'text')], 'post')], {
          renamedFrom: 'posts',
        }),
      ]),
      [
        'Rename the section posts to articles, with its entries and its permissions.',
        'Rename the entry type articles.post to article, with its entries.',
        'Rename the field articles.article.text to body, with its values, also in drafts and revisions.',
      ],
    ],
    [
      'tells of other kinds, and of sections of another type',
      schema([posts([field('size', 'text')])], ['posts.size.text']),
      schema([posts([field('size', 'number')], { type: 'structure' })], ['posts.size.number']),
      [
        'The field posts.post.size was of the kind text and is of the kind number: its values stay as they are, and one that does not fit counts as none until it is saved again.',
        'The section posts was a channel and is a structure: its entries stay as they are, all at the top.',
        'Index of posts.size, compared as number.',
        'Keep the index of posts.size, compared as text, which nothing uses any more.',
      ],
    ],
    [
      'makes the entry of a single, and on a site that it had not',
      schema([section('about', [type('page', [])], { type: 'single' })]),
      schema([
        section('about', [type('page', [])], { type: 'single', sites: ['default', 'de'] }),
        section('home', [type('page', [])], { type: 'single' }),
      ]),
      [
        'See that the single about has its entry on default, de.',
        'See that the single home has its entry on default.',
      ],
    ],
    [
      'leaves a single alone whose new name has its entry already',
      schema([
        section('home', [type('page', [])], { type: 'single' }),
        section('start', [type('page', [])], { type: 'single' }),
      ]),
      schema([section('start', [type('page', [])], { type: 'single', renamedFrom: 'home' })]),
      ['Keep the entries of the section home, which the code no longer has.'],
    ],
    [
      'joins sections where older code went on under the old name',
      schema([posts([field('text')]), section('articles', [type('post', [field('body')])])]),
      schema([
        section('articles', [type('post', [field('body', 'text', 'text')])], { renamedFrom: 'posts' }),
      ]),
      [
        'Rename the section posts to articles, with its entries and its permissions.',
        'Rename the field articles.post.text to body, with its values, also in drafts and revisions.',
      ],
    ],
    [
      'writes down what entries have of a new field that has something from the beginning',
      schema([posts([field('body')]), section('news', [])]),
      schema([
        section('posts', [type('post', [field('body'), featured]), type('note', [featured])]),
        section('news', [type('item', [featured])]),
      ]),
      [
        'Give the entries that have no value of the new field posts.post.featured what a new entry has: false.',
      ],
    ],
    [
      'writes nothing of a field that has only another name, or another beginning',
      schema([posts([field('old', 'lightswitch'), field('other', 'lightswitch')])]),
      schema([
        posts([
          { ...featured, renamedFrom: 'old' },
          { ...featured, handle: 'other' },
        ]),
      ]),
      ['Rename the field posts.post.old to featured, with its values, also in drafts and revisions.'],
    ],
    [
      'tells of sites that a section has left',
      schema([posts([], { sites: ['en', 'de'] }), section('news', [], { sites: ['de'] })]),
      schema([section('stories', [type('post', [])], { sites: ['en'], renamedFrom: 'posts' })]),
      [
        'Rename the section posts to stories, with its entries and its permissions.',
        'Keep the entries of the section news, which the code no longer has.',
        'Keep what the entries of stories are on the site de, which the section is no longer on, until they are saved again.',
      ],
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(texts(before, after)).toEqual(expected);
  });

  const old = schema(
    [
      section('posts', [type('post', [field('body'), field('gone')]), type('note', [field('gone')])]),
      section('news', [type('item', [])]),
    ],
    ['posts.gone.text'],
  );
  const young = schema([posts([field('body')])]);

  test('keeps what has left the code', () => {
    expect(texts(old, young)).toEqual([
      'Keep the values of the field posts.post.gone, which the code no longer has.',
      'Keep the entries of the entry type posts.note, which the code no longer has.',
      'Keep the entries of the section news, which the code no longer has.',
      'Keep the index of posts.gone, compared as text, which nothing uses any more.',
    ]);
  });

  test('removes it where that is asked for, and says what is lost', () => {
    expect(texts(old, young, true)).toEqual([
      '! Delete all values of the field posts.post.gone, also in drafts and revisions.',
      '! Delete all entries of the entry type posts.note, with their drafts and revisions.',
      '! Delete all entries of the section news, with their drafts and revisions.',
      'Drop the index of posts.gone, compared as text: nothing uses it any more.',
    ]);
  });

  test('still knows what was kept the next time, and nothing once it was dropped', () => {
    const kept = schemaAfter(old, young, false);
    expect(texts(kept, young)).toEqual(texts(old, young));
    expect(texts(kept, young, true)).toEqual(texts(old, young, true));
    const dropped = schemaAfter(kept, young, true);
    expect(texts(dropped, young, true)).toEqual([]);
    expect(dropped).toEqual(schemaAfter(schema([]), young, false));
  });
});

test.each([false, true])('sites that a section has left stay known (drop: %s)', (drop) => {
  const both = schema([posts([], { sites: ['en', 'de'] })]);
  const one = schema([posts([], { sites: ['en'] })]);
  const known = schemaAfter(both, one, drop);
  expect(known.sections[0]?.sites).toEqual(['en', 'de']);
  expect(texts(known, one, drop)).toEqual([expect.stringContaining('on the site de')]);
});

test('a rename is done once, also where older code starts again in between', () => {
  const older = schema([posts([field('text')])], ['posts.text.text']);
  const newer = schema([posts([field('body', 'text', 'text')])], ['posts.body.text']);
  const renames = (before: ContentSchema | undefined, after: ContentSchema): readonly string[] =>
    planContent(before, after).flatMap(({ kind, text }) => (kind.startsWith('rename') ? [text] : []));
  const first = schemaAfter(older, newer, false);
  expect(renames(older, newer)).toHaveLength(1);
  expect(renames(first, newer)).toEqual([]);
  expect(texts(first, newer)).toEqual([
    'Keep the index of posts.text, compared as text, which nothing uses any more.',
  ]);

  const again = schemaAfter(first, older, false);
  expect(planContent(first, older).every(({ destroys }) => !destroys)).toBe(true);
  // What the older code has saved meanwhile moves as well.
  expect(renames(again, newer)).toHaveLength(1);
});
