import type { ContentSite } from './content-model.ts';

type Posts = ReturnType<typeof postsOf>;

function postsOf(entries: ContentSite['entries']) {
  return entries('posts');
}

export interface ContentCase {
  readonly name: string;
  /** Runs it, and says how many were found. */
  run(entries: ContentSite['entries'], given: Given): Promise<number>;
}

export interface Given {
  readonly tag: number;
  /** Of the posts by rating, somewhere in the middle. */
  readonly cursor: string;
  readonly slug: string;
}

const rated = (posts: Posts): Posts =>
  posts.where('fields.rating', '>=', 50).orderBy('fields.rating', 'desc');
const red = (posts: Posts): Posts => posts.where('fields.colour', 'red');

async function paged(query: Posts, page: number): Promise<number> {
  return (await query.page(page, 20)).entries.length;
}

/** What pages ask of 100,000 entries. */
export const contentCases: readonly ContentCase[] = [
  { name: 'newest posts, first page', run: (entries) => paged(entries('posts'), 1) },
  { name: 'newest posts, page 50', run: (entries) => paged(entries('posts'), 50) },
  { name: 'of all sections, 20 newest', run: async (entries) => (await entries().limit(20).all()).length },
  { name: 'rating ≥ 50 by rating, first page', run: (entries) => paged(rated(entries('posts')), 1) },
  { name: 'rating ≥ 50 by rating, page 50', run: (entries) => paged(rated(entries('posts')), 50) },
  {
    name: 'rating ≥ 50 by rating, from a cursor',
    run: async (entries, { cursor }) =>
      (await rated(entries('posts')).after(cursor).cursorPage(20)).entries.length,
  },
  { name: 'colour red, newest, first page', run: (entries) => paged(red(entries('posts')), 1) },
  { name: 'colour red, newest, page 50', run: (entries) => paged(red(entries('posts')), 50) },
  {
    name: 'featured (one in ten), by date of the event',
    run: (entries) => paged(entries('posts').where('fields.featured', true).orderBy('fields.happens'), 1),
  },
  { name: 'by title, page 50', run: (entries) => paged(entries('posts').orderBy('title'), 50) },
  {
    name: 'with a tag',
    run: (entries, { tag }) => paged(entries('posts').relatedTo({ id: tag, field: 'tags' }), 1),
  },
  {
    name: 'with a tag, loaded with authors and tags',
    run: (entries, { tag }) =>
      paged(entries('posts').relatedTo(tag).with('author', 'tags') as unknown as Posts, 1),
  },
  {
    name: 'a colour among several',
    run: (entries) => paged(entries('posts').where('fields.colours', 'contains', 'gold'), 1),
  },
  { name: 'count, all live', run: (entries) => entries('posts').count() },
  { name: 'count, rating ≥ 50', run: (entries) => rated(entries('posts')).count() },
  { name: 'count, with a tag', run: (entries, { tag }) => entries('posts').relatedTo(tag).count() },
  {
    name: 'search: one common word',
    run: async (entries) => (await entries().search('word0040').limit(20).all()).length,
  },
  {
    name: 'search: two words',
    run: async (entries) => (await entries().search('word0003 word0050').limit(20).all()).length,
  },
  {
    name: 'search: the beginning of a word',
    run: async (entries) => (await entries().search('word412').limit(20).all()).length,
  },
  {
    name: 'search: in posts, by date, with the number of all',
    run: (entries) => paged(entries('posts').search('word0040').orderBy('postDate', 'desc'), 1),
  },
  {
    name: 'one by slug',
    run: async (entries, { slug }) => ((await entries('posts').findBySlug(slug)) ? 1 : 0),
  },
  {
    name: 'one by address',
    run: async (entries, { slug }) => ((await entries().findByUri(`posts/${slug}`)) ? 1 : 0),
  },
];
