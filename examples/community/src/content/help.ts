import { entryType, field, section } from '@portico/site';

/** How deep the tree may be. */
export const MAX_LEVELS = 3;

export const pageFields = {
  body: field.text({ frontend: true, label: 'Text', multiline: true, charLimit: 40_000 }),
} as const;

/** How the studio works, as a tree of pages: a chapter, its pages, and one level below. */
export const help = section({
  handle: 'help',
  name: 'Help',
  type: 'structure',
  entryTypes: [entryType('page', pageFields)],
  uriFormat: "{parent.uri ?? 'help'}/{slug}",
  maxLevels: MAX_LEVELS,
  // They are the studio's, and nobody's.
  maxAuthors: 0,
});

export const EDIT_HELP: readonly string[] = [
  'viewEntries:help',
  'createEntries:help',
  'saveEntries:help',
  'deleteEntries:help',
  'viewPeerEntries:help',
  'savePeerEntries:help',
  'deletePeerEntries:help',
];
