import { createSite, entryType, field, section } from '@portico/site';

const options = ['red', 'green', 'blue', 'grey', 'gold'] as const;

/** A site as a magazine has it: three sections, one with ten custom fields of different kinds. */
export function contentSite(dataDir: string) {
  return createSite({
    siteUrl: 'http://localhost:3000',
    dataDir,
    database: `sqlite:${dataDir}/site.db`,
    sections: [
      section({
        handle: 'posts',
        type: 'channel',
        uriFormat: 'posts/{slug}',
        entryTypes: [
          entryType('post', {
            body: field.text({ multiline: true }),
            summary: field.text(),
            rating: field.number(),
            price: field.number(),
            featured: field.lightswitch(),
            happens: field.date(),
            colour: field.dropdown({ options }),
            colours: field.checkboxes({ options }),
            tags: field.tags({ section: 'tags' }),
            related: field.entries({ sections: ['posts'] }),
          }),
        ],
      }),
      section({
        handle: 'news',
        type: 'channel',
        uriFormat: 'news/{slug}',
        entryTypes: [entryType('short', { body: field.text() })],
      }),
      section({ handle: 'tags', type: 'channel', maxAuthors: 0, entryTypes: [entryType('tag', {})] }),
    ],
  });
}

export type ContentSite = ReturnType<typeof contentSite>;
