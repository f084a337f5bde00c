import { expectTypeOf } from 'vitest';
import { createSite, entryType, field, section } from '../../src/index.ts';

// What server code saves is typed by the section. Never run: only compiled.

const site = createSite({
  siteUrl: 'https://example.com',
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [
        entryType('post', {
          body: field.text(),
          rank: field.number(),
          when: field.date(),
          cover: field.assets({ max: 1 }),
          tags: field.tags({ section: 'tags', allowNew: true }),
        }),
        entryType('link', { target: field.text() }),
      ],
    }),
    section({ handle: 'tags', type: 'channel', entryTypes: [entryType('tag', {})] }),
  ],
});

/** Fields are those of the section’s types, with what may be written to them. */
export async function save(): Promise<void> {
  const saved = await site.saveEntry(
    'posts',
    {
      type: 'post',
      title: 'Hello',
      postDate: new Date(),
      fields: { body: 'x', rank: 1, when: new Date(), cover: [1, new File([], 'x')], tags: ['new', 2] },
    },
    { by: 1 },
  );
  expectTypeOf(saved.title).toEqualTypeOf<string | null>();
  expectTypeOf(saved.postDate).toEqualTypeOf<Date | null>();
  if (saved.type === 'post') expectTypeOf(saved.fields.rank).toEqualTypeOf<number | null>();

  // @ts-expect-error There is no such section.
  await site.saveEntry('pages', { title: 'x' });
  // @ts-expect-error There is no such field.
  await site.saveEntry('posts', { fields: { nothing: 1 } });
  // @ts-expect-error A number is no text.
  await site.saveEntry('posts', { type: 'post', fields: { body: 1 } });
  // @ts-expect-error The field is another type's.
  await site.saveEntry('posts', { type: 'link', fields: { body: 'x' } });
  // @ts-expect-error There is no such type.
  await site.saveEntry('posts', { type: 'tag' });
  // @ts-expect-error Dates are dates.
  await site.saveEntry('posts', { postDate: 'soon' });
}
