import { entryType, field, section, type SiteOptions } from '../../src/index.ts';

/** The content of the sites that run in processes of their own: on two sites each, with a file, tags and words to search. */
export const CONTENT_MODEL = {
  sites: [
    { handle: 'en', language: 'en' },
    { handle: 'de', language: 'de', baseUrl: '/de' },
  ],
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      uriFormat: 'posts/{slug}',
      entryTypes: [
        entryType('post', {
          body: field.text({ frontend: true, searchable: true }),
          cover: field.assets({ frontend: true, max: 1 }),
          topics: field.tags({ frontend: true, section: 'topics', allowNew: true }),
        }),
      ],
    }),
    section({ handle: 'topics', type: 'channel', entryTypes: [entryType('topic', {})], maxAuthors: 0 }),
  ],
} as const satisfies SiteOptions;
