import { entryType } from '../../src/content/entry-type.ts';
import { section, type SectionOptions } from '../../src/content/section.ts';
import type { Entry } from '../../src/entries/entry.ts';
import { field } from '../../src/fields/define.ts';
import type { Answer, TestSite, TestSiteOptions, Visitor } from './site.ts';

// A site with members who write: what is saved is looked up behind its back.

export const SAVE = 'entries/save-entry';

const post = entryType('post', {
  body: field.text({ frontend: true, required: true }),
  score: field.number({ frontend: true }),
  mood: { ...field.text({ frontend: true }), initial: 'good' },
  rank: field.number({ label: 'Secret rank' }),
});

const link = entryType('link', { body: field.text({ frontend: true }) }, { id: 42 });

export function posts(options: Partial<SectionOptions> = {}) {
  return section({
    handle: 'posts',
    type: 'channel',
    uriFormat: 'posts/{slug}',
    entryTypes: [post, link],
    ...options,
  });
}

export const pages = (options: Partial<SectionOptions> = {}) =>
  section({
    handle: 'pages',
    type: 'structure',
    uriFormat: '{parent.uri}/{slug}',
    entryTypes: [entryType('page', {})],
    ...options,
  });

export const about = section({
  handle: 'about',
  type: 'single',
  uriFormat: 'about-us',
  entryTypes: [entryType('about', { body: field.text({ frontend: true }) })],
});

/** Permissions for a section, as they are stored. */
export const may = (handle: string, ...names: readonly string[]): string[] =>
  names.map((name) => `${name}:${handle}`.toLowerCase());

export const WRITER = ['viewEntries', 'createEntries', 'saveEntries'];
export const EDITOR = [...WRITER, 'viewPeerEntries', 'savePeerEntries'];

export interface Writer {
  readonly id: number;
  readonly visits: Visitor;
}

export async function writer(
  site: TestSite,
  permissions: readonly string[] = may('posts', ...WRITER),
  options: Parameters<TestSite['user']>[0] = {},
): Promise<Writer> {
  const user = await site.user({ permissions, ...options });
  return { id: user.id, visits: await site.login(user) };
}

export const stored = (site: TestSite, id: number): Promise<Entry | undefined> =>
  site.site.services.database.entries.find(id);

/** The entry as it is stored. Throws where there is none, with the answer. */
export async function saved(site: TestSite, answer: Answer): Promise<Entry> {
  if (answer.status !== 200) throw new Error(`Not saved: ${answer.status} ${answer.text}`);
  const entry = await stored(site, answer.json.entry.id as number);
  if (entry === undefined) throw new Error(`Nothing was stored: ${answer.text}`);
  return entry;
}

export interface Newsroom {
  readonly site: TestSite;
  readonly ada: Writer;
  /** Saves as Ada and gives what is stored then. */
  save(changes: object): Promise<Entry>;
  /** The answer. */
  send(changes: object): Promise<Answer>;
}

/** A site with `posts`, and Ada who may write there. */
export async function newsroom(
  open: (options?: TestSiteOptions) => Promise<TestSite>,
  options: TestSiteOptions = {},
  permissions?: readonly string[],
): Promise<Newsroom> {
  const site = await open({ sections: [posts()], ...options });
  const ada = await writer(site, permissions);
  const send = (changes: object): Promise<Answer> =>
    ada.visits.json(SAVE, changes as Record<string, unknown>);
  return { site, ada, send, save: async (changes) => saved(site, await send(changes)) };
}

export const HELLO = { sectionId: 'posts', title: 'Hello', fields: { body: 'Text' } };
