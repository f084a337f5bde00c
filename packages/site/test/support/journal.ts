import type { Editor } from '../../src/entries/editor.ts';
import type { Entry, EntrySiteState, EntryState } from '../../src/entries/entry.ts';
import { lockEntry } from '../../src/entries/saving/lock-entry.ts';
import { writeEntry } from '../../src/entries/saving/write-entry.ts';
import type { FieldValues } from '../../src/fields/field.ts';
import { entryType, field, section } from '../../src/index.ts';
import type { TestSite, TestSiteOptions } from './site.ts';

const post = entryType('post', {
  body: field.text({ frontend: true, multiline: true }),
  related: field.entries({ frontend: true, sections: ['posts'] }),
  blocks: field.matrix({
    frontend: true,
    types: [entryType('quote', { text: field.text({ frontend: true }) }, { hasTitleField: false })],
  }),
  // For server code alone.
  rating: field.number(),
});

/** A site with posts by several hands, help pages in a tree, and one page about it. */
export const JOURNAL = {
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      entryTypes: [post],
      uriFormat: 'posts/{slug}',
      maxAuthors: 3,
    }),
    section({
      handle: 'help',
      type: 'structure',
      entryTypes: [entryType('page', { body: field.text({ frontend: true }) })],
      uriFormat: '{parent.uri}/{slug}',
    }),
    section({ handle: 'about', type: 'single', entryTypes: [entryType('about', {})] }),
  ],
} satisfies TestSiteOptions;

const OWN = ['viewentries', 'createentries', 'saveentries', 'deleteentries'];
const PEERS = ['viewpeerentries', 'savepeerentries', 'deletepeerentries'];
const PEER_DRAFTS = ['viewpeerentrydrafts', 'savepeerentrydrafts', 'deletepeerentrydrafts'];
const within = (names: readonly string[]): readonly string[] =>
  ['posts', 'help', 'about'].flatMap((handle) => names.map((name) => `${name}:${handle}`));

/** Permissions of somebody who writes, and of one who looks after what others write. */
export const WRITER = within(OWN);
export const CHIEF = [
  ...within([...OWN, ...PEERS, ...PEER_DRAFTS]),
  ...within(['changeauthorforpeerentries']),
];

export interface Written {
  readonly section?: string;
  readonly title?: string;
  readonly slug?: string | null;
  readonly fields?: FieldValues;
  readonly sites?: EntryState['sites'];
  readonly draft?: boolean;
  readonly notes?: string;
  readonly authors?: ReadonlyArray<{ readonly id: number }>;
  readonly enabled?: boolean;
  readonly parentId?: number | null;
  readonly postAt?: number | null;
}

const version = ({ title = 'Hello', slug = null, fields = {} }: Written): EntrySiteState => ({
  title,
  slug,
  uri: null,
  enabled: true,
  fields,
});

/** An entry as server code makes one for that user. */
export function write(
  { site }: TestSite,
  author: { readonly id: number } | null,
  written: Written = {},
): Promise<Entry> {
  const { services } = site;
  const section = services.content.section(written.section ?? 'posts');
  if (section === undefined) throw new Error(`There is no section ${written.section}.`);
  const authors = written.authors ?? (author === null ? [] : [author]);
  const editor: Editor = { kind: 'server', userId: author?.id ?? null };
  const origin = services.content.primarySite.handle;
  return services.database.transaction(async (stores) => {
    await stores.entries.lockSection(section.handle);
    return writeEntry(services, stores, {
      section,
      former: undefined,
      state: {
        type: section.types[0]?.handle ?? '',
        enabled: written.enabled ?? true,
        postAt: written.postAt ?? null,
        expiresAt: null,
        authorIds: section.maxAuthors === 0 ? [] : authors.map(({ id }) => id),
        parentId: written.parentId ?? null,
        sites: written.sites ?? { [origin]: version(written) },
      },
      origin,
      draft: written.draft ?? false,
      editor,
      notes: written.notes ?? null,
    });
  });
}

/** Another save of it, by server code in that user's name. */
export function rewrite(
  { site }: TestSite,
  editor: { readonly id: number } | null,
  { id }: { readonly id: number },
  changes: Written,
): Promise<Entry> {
  const { services } = site;
  return services.database.transaction(async (stores) => {
    const found = await stores.entries.find(id);
    const section = services.content.section(found?.section ?? '');
    if (section === undefined) throw new Error(`There is no entry ${id}.`);
    const former = await lockEntry(stores, section, id);
    const origin = services.content.primarySite.handle;
    const before = former.sites[origin];
    const after = {
      title: changes.title ?? before?.title ?? null,
      slug: changes.slug ?? before?.slug ?? null,
      uri: null,
      enabled: true,
      fields: { ...before?.fields, ...changes.fields },
    };
    return writeEntry(services, stores, {
      section,
      former,
      state: {
        ...former,
        enabled: changes.enabled ?? former.enabled,
        authorIds: changes.authors?.map((author) => author.id) ?? former.authorIds,
        parentId: changes.parentId === undefined ? former.parentId : changes.parentId,
        sites: changes.sites ?? { ...former.sites, [origin]: after },
      },
      origin,
      draft: former.draft,
      editor: { kind: 'server', userId: editor?.id ?? null },
      notes: changes.notes ?? null,
    });
  });
}

/** The entry as it is stored; `undefined` where it is deleted. */
export const stored = ({ site }: TestSite, { id }: { readonly id: number }): Promise<Entry | undefined> =>
  site.services.database.entries.find(id);

/** Somebody's unpublished changes to an entry. */
export async function draftOf(
  { site }: TestSite,
  { id: creatorId }: { readonly id: number },
  entry: Entry,
  title: string,
): Promise<void> {
  const { database, content, now } = site.services;
  const origin = content.primarySite.handle;
  const before = entry.sites[origin] ?? version({});
  const { type, enabled, postAt, expiresAt, authorIds, parentId } = entry;
  const sites = { ...entry.sites, [origin]: { ...before, title } };
  const state = { type, enabled, postAt, expiresAt, authorIds, parentId, sites };
  await database.entryDrafts.save(
    { entryId: entry.id, creatorId, baseVersion: entry.version, notes: null, state },
    now(),
  );
}
