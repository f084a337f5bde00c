import { entryType, field, section } from '@portico/site';

/** Letters that a post may have. */
export const MAX_BODY = 20_000;

/** What the journal is made of. `frontend`: the author's to write. */
export const posts = section({
  handle: 'posts',
  name: 'Journal',
  type: 'channel',
  entryTypes: [
    entryType('post', {
      body: field.text({
        frontend: true,
        required: true,
        label: 'Text',
        multiline: true,
        charLimit: MAX_BODY,
      }),
      cover: field.assets({ frontend: true, label: 'Picture', max: 1 }),
      pictured: field.text({ frontend: true, label: 'What do we see?', charLimit: 140 }),
      tags: field.tags({ frontend: true, label: 'Tags', section: 'tags', allowNew: true, max: 8 }),
    }),
  ],
  uriFormat: 'posts/{slug}',
  // `/posts/new` is a page of ours.
  reservedSlugs: ['new'],
});

/** What members may do in the journal, and what those may who look after it. */
export const WRITE_POSTS: readonly string[] = [
  'viewEntries:posts',
  'createEntries:posts',
  'saveEntries:posts',
  'deleteEntries:posts',
];
export const EDIT_POSTS: readonly string[] = [
  ...WRITE_POSTS,
  'viewPeerEntries:posts',
  'savePeerEntries:posts',
  'deletePeerEntries:posts',
];
