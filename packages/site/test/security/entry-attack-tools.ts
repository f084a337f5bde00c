import type { Entry } from '../../src/entries/entry.ts';
import type { GuestOptions } from '../../src/content/section.ts';
import { entryType, field, section, type Entries } from '../../src/index.ts';
import { expect } from 'vitest';
import type { Answer, TestSite, TestSiteOptions, Visitor } from '../support/site.ts';
import { SIGNING } from './attack-tools.ts';

export const SAVE = 'entries/save-entry';

const part = entryType('part', {
  text: field.text({ frontend: true }),
  goal: field.entries({ frontend: true }),
});

/** One of each kind of field that takes text or names something, and one for server code alone. */
const post = entryType('post', {
  body: field.text({ frontend: true, multiline: true }),
  related: field.entries({ frontend: true, sections: ['posts'] }),
  anything: field.entries({ frontend: true }),
  people: field.users({ frontend: true }),
  files: field.assets({ frontend: true, kinds: ['image', 'pdf', 'text'] }),
  link: field.link({ frontend: true, types: ['url', 'email', 'tel', 'sms', 'entry', 'asset'] }),
  topics: field.tags({ frontend: true, section: 'topics', allowNew: true }),
  data: field.json({ frontend: true }),
  rows: field.table({ frontend: true, columns: { cell: field.text() } }),
  blocks: field.matrix({ frontend: true, types: [part] }),
  box: field.contentBlock({ frontend: true, fields: { inner: field.text({ frontend: true }) } }),
  rating: field.number(),
});

function channel<const Handle extends string>(handle: Handle, guests?: GuestOptions) {
  return section({
    handle,
    type: 'channel',
    entryTypes: [post],
    uriFormat: `${handle}/{slug}`,
    maxAuthors: 3,
    ...(guests !== undefined && { guests }),
  });
}

/** Posts by several hands, a section for the staff, one where guests write, tags, and titles that are made of fields. */
export const SECTIONS = [
  channel('posts'),
  channel('internal'),
  channel('letters', { limit: false }),
  section({ handle: 'topics', type: 'channel', entryTypes: [entryType('topic', {})], maxAuthors: 0 }),
  section({
    handle: 'made',
    type: 'channel',
    uriFormat: 'made/{slug}/{fields.first}',
    entryTypes: [
      entryType(
        'made',
        {
          first: field.text({ frontend: true }),
          second: field.text({ frontend: true }),
          rating: field.number(),
        },
        { hasTitleField: false, titleFormat: '{fields.first} and {author.username}' },
      ),
    ],
  }),
] as const;

/** A site with these sections, where a hundred saves of one user are nothing. */
export const ATTACKED = {
  ...SIGNING,
  sections: SECTIONS,
  limits: { entries: false, uploads: false },
} as const satisfies TestSiteOptions;

const own = ['viewEntries', 'createEntries', 'saveEntries', 'deleteEntries'];
const peers = ['viewPeerEntries', 'savePeerEntries', 'deletePeerEntries'];
const drafts = ['viewPeerEntryDrafts', 'savePeerEntryDrafts', 'deletePeerEntryDrafts'];

/** Permissions as they are stored. */
export const within = (handle: string, ...names: readonly string[]): string[] =>
  names.map((name) => `${name}:${handle}`.toLowerCase());

export const WRITER: readonly string[] = [...within('posts', ...own), ...within('made', ...own)];
export const READER: readonly string[] = [
  ...WRITER,
  ...within('posts', 'viewPeerEntries', 'viewPeerEntryDrafts'),
];
export const CHIEF: readonly string[] = ['posts', 'internal', 'letters', 'topics', 'made'].flatMap((handle) =>
  within(handle, ...own, ...peers, ...drafts, 'changeAuthorForPeerEntries'),
);

export interface Person {
  readonly id: number;
  readonly email: string;
  readonly visits: Visitor;
}

/** Somebody who is signed in, with permissions of that moment. */
export async function person(
  site: TestSite,
  permissions: readonly string[] = WRITER,
  options: Parameters<TestSite['user']>[0] = {},
): Promise<Person> {
  const user = await site.user({ permissions, ...options });
  return { id: user.id, email: user.email, visits: await site.login(user) };
}

/** What is stored of an entry, whole. */
export const kept = ({ site }: TestSite, id: number): Promise<Entry | undefined> =>
  site.services.database.entries.find(id);

/** The entry that an answer tells of, as it is stored. Throws where it was not saved. */
export async function made(site: TestSite, answer: Answer): Promise<Entry> {
  if (answer.status !== 200) throw new Error(`Not saved: ${answer.status} ${answer.text}`);
  const entry = await kept(site, answer.json.entry.id as number);
  if (entry === undefined) throw new Error(`Nothing is stored: ${answer.text}`);
  return entry;
}

/** Saves an entry as somebody, by a script. */
export async function save(
  site: TestSite,
  { visits }: Pick<Person, 'visits'>,
  changes: Record<string, unknown> = {},
): Promise<Entry> {
  const isNew = changes['entryId'] === undefined;
  return made(
    site,
    await visits.json(SAVE, { ...(isNew && { sectionId: 'posts', title: 'Hello' }), ...changes }),
  );
}

/** What an entry holds on the site of these tests. */
export function fieldsOf(entry: Entry | undefined): Record<string, unknown> {
  return { ...entry?.sites['default']?.fields };
}

export function refused({ status, text }: Answer, what: string): void {
  expect(status, `${what}: ${text}`).toBeGreaterThanOrEqual(400);
  expect(status, `${what}: ${text}`).toBeLessThan(500);
}

/** What pages read by, with the fields of these sections. */
export const reading = ({ site }: TestSite): Entries<(typeof SECTIONS)[number]> =>
  site.entries as unknown as Entries<(typeof SECTIONS)[number]>;

/** How many entries there are, whatever their state. */
export const countOf = (
  site: TestSite,
  handle: 'posts' | 'internal' | 'letters' = 'posts',
): Promise<number> => reading(site)(handle).status('any').count();
