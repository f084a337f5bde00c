import { entryType, section } from '@portico/site';

/** What posts are about. Members make them by writing them beside a post. */
export const tags = section({
  handle: 'tags',
  name: 'Tags',
  type: 'channel',
  entryTypes: [entryType('tag', {})],
  uriFormat: 'tags/{slug}',
  maxAuthors: 0,
});
