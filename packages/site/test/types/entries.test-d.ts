import { expectTypeOf } from 'vitest';
import {
  createSite,
  entryType,
  field,
  section,
  type AssetRecord,
  type EntryConflict,
  type EntryRecord,
  type EntryView,
  type LinkData,
  type PublicUser,
} from '../../src/index.ts';

const site = createSite({
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [
        entryType('post', {
          body: field.text(),
          rating: field.number(),
          featured: field.lightswitch(),
          since: field.date(),
          colour: field.dropdown({ options: ['red', 'blue'] }),
          colours: field.checkboxes({ options: ['red', 'blue'] }),
          cover: field.assets({ max: 1 }),
          tags: field.tags({ section: 'tags' }),
          readers: field.users(),
          steps: field.table({ columns: { minutes: field.number() } }),
          blocks: field.matrix({ types: [entryType('quote', { sources: field.entries() })] }),
          shops: field.addresses(),
          more: field.link(),
        }),
      ],
    }),
    section({
      handle: 'news',
      type: 'channel',
      entryTypes: [
        entryType('short', { body: field.text() }),
        entryType('long', { body: field.text(), pages: field.number() }),
      ],
    }),
    section({ handle: 'tags', type: 'channel', entryTypes: [entryType('tag', {})] }),
  ],
});

// Entries have the fields that their section declares.
const posts = site.entries('posts');
const [post] = await posts.all();
if (post) {
  expectTypeOf(post.type).toEqualTypeOf<'post'>();
  expectTypeOf(post.fields.body).toEqualTypeOf<string | null>();
  expectTypeOf(post.fields.rating).toEqualTypeOf<number | null>();
  expectTypeOf(post.fields.colour).toEqualTypeOf<'red' | 'blue' | null>();
  // What begins as an empty list is never null.
  expectTypeOf(post.fields.cover).toEqualTypeOf<readonly number[]>();
  expectTypeOf(post.fields.colours).toEqualTypeOf<ReadonlyArray<'red' | 'blue'>>();
  expectTypeOf(post.fields.tags.map((id) => id + 1)).toEqualTypeOf<number[]>();
  expectTypeOf(post.fields.steps[0]?.minutes).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(post.fields.blocks[0]?.type).toEqualTypeOf<'quote' | undefined>();
  expectTypeOf(post.fields.blocks[0]?.fields.sources).toEqualTypeOf<readonly number[] | undefined>();
  expectTypeOf(post.fields.shops.length).toEqualTypeOf<number>();
  // What may be blank is.
  expectTypeOf(post.fields.more).toEqualTypeOf<LinkData | null>();
  expectTypeOf(post.fields.featured).toEqualTypeOf<boolean | null>();
  expectTypeOf(post.postDate).toEqualTypeOf<Date | null>();
  // @ts-expect-error no such field
  void post.fields.shoeSize;
  // @ts-expect-error it was not loaded
  void post.author;
}

// Several entry types are told apart by their handle.
const news = await site.entries('news').first();
if (news?.type === 'long') expectTypeOf(news.fields.pages).toEqualTypeOf<number | null>();
// @ts-expect-error only long ones have pages
void news?.fields.pages;
const long = await site.entries('news').type('long').first();
expectTypeOf(long?.fields.pages).toEqualTypeOf<number | null | undefined>();
// @ts-expect-error no such type
site.entries('news').type('tag');

// @ts-expect-error no such section
site.entries('stories');

// Columns, operators and values fit one another.
posts.where('slug', 'hello').where('title', '!=', null).where({ slug: 'x', 'fields.rating': 3 });
posts.where('postDate', '>=', new Date()).where('id', 'in', [1, 2]).where('enabled', true);
posts.where('fields.rating', '>', 3).where('fields.colour', 'in', ['red']).where('fields.featured', true);
posts.where('fields.colours', 'contains', 'red').where('fields.tags', 'contains', 12);
posts.where('fields.since', '<', new Date()).where('fields.since', '2026-11-21T00:00:00.000Z');
posts.where('fields.body', null).where('authorId', 'not in', [7]);
posts.whereAny([['slug', 'x'], ['fields.rating', '>', 3], { type: 'post' }]);
// @ts-expect-error no such column
posts.where('password', 'x');
// @ts-expect-error no such field
posts.where('fields.shoeSize', 3);
// @ts-expect-error a number
posts.where('fields.rating', 'three');
// @ts-expect-error no such colour
posts.where('fields.colour', 'green');
// @ts-expect-error no such operator
posts.where('slug', 'like', 'x%');
// @ts-expect-error a list
posts.where('id', 'in', 3);
// @ts-expect-error a Date
posts.where('postDate', '>', '2026-11-21');
// @ts-expect-error of one value contains says nothing
posts.where('fields.rating', 'contains', 3);
// @ts-expect-error ids
posts.where('fields.tags', 'contains', 'red');
// @ts-expect-error one of the options
posts.where('fields.colours', 'contains', 'green');
// @ts-expect-error the type's name
posts.where('type', 'short');
// @ts-expect-error fields of a section that has them
site.entries('tags').where('fields.rating', 3);
// @ts-expect-error a value is asked for
posts.whereAny([['slug']]);

posts.orderBy('postDate', 'desc').orderBy('fields.rating').orderBy('title');
// @ts-expect-error nothing to sort by
posts.orderBy('authorId');
// @ts-expect-error several values have no order
posts.orderBy('fields.colours');
// @ts-expect-error nor have ids
posts.orderBy('fields.cover');
// @ts-expect-error a direction
posts.orderBy('title', 'down');
// @ts-expect-error no such column
posts.orderBy('fields.shoeSize');

posts.status('live', 'pending').status('any').visibleTo(null).site('*').search('pots').limit(5).after(null);
// @ts-expect-error no such status
posts.status('published');
// @ts-expect-error a user has rights
posts.visibleTo({ id: 1 });
posts
  .relatedTo(5)
  .relatedTo({ id: 5, kind: 'user' })
  .relatedTo({ ids: [1, 2], field: 'tags' });
// @ts-expect-error no such kind
posts.relatedTo({ id: 5, kind: 'address' });

// What is loaded changes its type, and nothing else does.
const full = await posts.with('author', 'cover').with('tags', 'children').first();
if (full) {
  expectTypeOf(full.author).toEqualTypeOf<PublicUser | null>();
  expectTypeOf(full.children).toEqualTypeOf<readonly EntryRecord[]>();
  expectTypeOf(full.fields.cover).toEqualTypeOf<readonly AssetRecord[]>();
  expectTypeOf(full.fields.tags).toEqualTypeOf<readonly EntryRecord[]>();
  expectTypeOf(full.fields.readers).toEqualTypeOf<readonly number[]>();
  expectTypeOf(full.fields.rating).toEqualTypeOf<number | null>();
  // @ts-expect-error it was not loaded
  void full.authors;
}
// @ts-expect-error it names nothing
posts.with('rating');
// @ts-expect-error no such field
posts.with('shoes');

const page = await posts.with('authors').page(2, 20);
expectTypeOf(page.entries[0]?.authors).toEqualTypeOf<readonly PublicUser[] | undefined>();
expectTypeOf(page.total).toEqualTypeOf<number>();
expectTypeOf((await posts.cursorPage(20)).next).toEqualTypeOf<string | null>();
expectTypeOf(await posts.ids()).toEqualTypeOf<readonly number[]>();
expectTypeOf(await posts.exists()).toEqualTypeOf<boolean>();

// Of every section: fields are whatever they are.
const anything = await site.entries().findByUri('posts/hello');
expectTypeOf(anything?.type).toEqualTypeOf<string | undefined>();
expectTypeOf(anything?.fields['body']).not.toBeAny();

// The data of a 409, for who shows both.
expectTypeOf<EntryConflict>().toEqualTypeOf<{
  readonly entry: EntryView;
  readonly current: EntryView;
  readonly currentVersion: number;
}>();
