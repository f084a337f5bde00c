import { entryType, field, section } from '@portico/site';

export const storyFields = {
  body: field.text({
    frontend: true,
    label: 'Your story',
    multiline: true,
    required: true,
    charLimit: 2_000,
  }),
  signedAs: field.text({ frontend: true, label: 'Signed', charLimit: 80 }),
  town: field.text({ frontend: true, label: 'Town', charLimit: 80 }),
} as const;

/** What visitors tell of their pots, whether they are members or not. A moderator reads each before it is seen. */
export const stories = section({
  handle: 'stories',
  name: 'Stories',
  type: 'channel',
  entryTypes: [
    entryType('story', storyFields, {
      hasTitleField: false,
      titleFormat: "{fields.signedAs ?? 'Somebody'} {fields.town}",
    }),
  ],
  enabledByDefault: false,
  guests: { limit: { points: 5, seconds: 3600 }, enabledByDefault: false, runValidation: true },
});

/** Of members: to tell theirs. */
export const TELL_STORIES: readonly string[] = ['viewEntries:stories', 'createEntries:stories'];
export const EDIT_STORIES: readonly string[] = [
  ...TELL_STORIES,
  'saveEntries:stories',
  'deleteEntries:stories',
  'viewPeerEntries:stories',
  'savePeerEntries:stories',
  'deletePeerEntries:stories',
];
