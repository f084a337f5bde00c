import type { EntryType } from '../../content/entry-type.ts';
import type { Section } from '../../content/section.ts';
import type { Field, FieldLayout } from '../../fields/field.ts';
import type { Services } from '../../services.ts';
import type { TypesOfSection } from '../query/create-entries.ts';
import { entryRecord } from '../query/entry-record.ts';
import type { EntryOf } from '../query/query-types.ts';
import { namedFields } from './errors.ts';
import type { PostedEntry } from './posted-entry.ts';
import { saveEntry } from './save-entry.ts';

/** What server code may write to a field: what it keeps, a `Date` for a date, and what forms may send for it beside. */
type Written<Kind> =
  Kind extends Field<infer Value>
    ? // Of fields that nothing is known of.
      string extends Kind['type']
      ? unknown
      : Value | null | FurtherOf<Kind>
    : never;

// Files, titles of new tags, and rows that have no uid yet.
type FurtherOf<Kind> = Kind extends { readonly type: 'date' }
  ? Date
  : Kind extends { readonly type: 'assets' }
    ? ReadonlyArray<number | File>
    : Kind extends { readonly type: 'tags' }
      ? ReadonlyArray<number | string>
      : Kind extends {
            readonly type: 'matrix' | 'table' | 'contentBlock' | 'addresses' | 'link' | 'money' | 'json';
          }
        ? unknown
        : never;

type WrittenFields<Layout extends FieldLayout> = {
  readonly [Handle in keyof Layout]?: Written<Layout[Handle]> | undefined;
};

/** What server code saves of an entry; what is left out stays, or is what a new entry has. */
export interface EntryToSave {
  /** Of the entry to change; none makes one. */
  readonly id?: number | undefined;
  /** Handle; the primary one, or the first that the entry is on. */
  readonly site?: string | undefined;
  readonly title?: string | null | undefined;
  readonly slug?: string | null | undefined;
  readonly postDate?: Date | null | undefined;
  readonly expiryDate?: Date | null | undefined;
  readonly authorIds?: readonly number[] | undefined;
  /** Of a structure. */
  readonly parentId?: number | null | undefined;
  /** On all sites. */
  readonly enabled?: boolean | undefined;
  /** On the site that is saved, or by handle. */
  readonly enabledForSite?: boolean | Readonly<Record<string, boolean>> | undefined;
  /** Makes or changes an unpublished draft; without it a draft is published. */
  readonly draft?: boolean | undefined;
  /** Of the revision that is kept. */
  readonly notes?: string | null | undefined;
  /** Refuses, with 409, to save over a newer one. */
  readonly version?: number | undefined;
}

/** With the fields of an entry type, which `type` names where the section has several. */
type TypedEntryToSave<Types> = EntryToSave &
  (Types extends EntryType<infer Handle, infer Layout>
    ? { readonly type?: Handle | undefined; readonly fields?: WrittenFields<Layout> | undefined }
    : never);

export interface SaveOptions {
  /** Id of the user who counts as its maker and, on a new entry, as its author. Default: nobody. */
  readonly by?: number;
}

/** Saving entries from server code. */
export type SaveEntries<Sections extends Section = Section> = <const Handle extends Sections['handle']>(
  section: Handle,
  entry: TypedEntryToSave<TypesOfSection<Sections, Handle>>,
  options?: SaveOptions,
) => Promise<EntryOf<TypesOfSection<Sections, Handle>>>;

/**
 * Saves an entry as server code asks for it: every field may be written, and no permission is asked for; all that must be right
 * with an entry must be so here, too. Throws input errors, 404 where there is no entry of that id in the section, and a
 * `TypeError` where there is no such section or user.
 */
export function createSaveEntry<Sections extends Section>(services: Services): SaveEntries<Sections> {
  async function save(
    handle: string,
    entry: EntryToSave & { readonly type?: string; readonly fields?: object },
    { by }: SaveOptions = {},
  ): Promise<unknown> {
    const { content } = services;
    const section = content.section(handle);
    if (section === undefined) throw new TypeError(`There is no section “${handle}”.`);
    if (by !== undefined && (await services.database.users.find(by)) === undefined)
      throw new TypeError(`saveEntry: there is no user with the ID ${by} (option by).`);
    const editor = { kind: 'server', userId: by ?? null } as const;
    const saved = await saveEntry(services, editor, asPosted(entry, handle, content.primarySite.handle));
    return entryRecord(saved.entry, saved.site, content, services.now());
  }
  return save as unknown as SaveEntries<Sections>;
}

function asPosted(
  entry: EntryToSave & { readonly type?: string; readonly fields?: object },
  section: string,
  currentSite: string,
): PostedEntry {
  return {
    id: entry.id,
    section,
    ofSection: section,
    type: entry.type,
    site: entry.site,
    title: entry.title,
    slug: entry.slug,
    authors: entry.authorIds,
    authorsName: 'authors',
    postDate: entry.postDate,
    expiryDate: entry.expiryDate,
    parentId: entry.parentId,
    enabled: entry.enabled,
    enabledForSite: entry.enabledForSite,
    provisional: entry.draft === true,
    isFresh: false,
    duplicate: false,
    notes: entry.notes ?? null,
    version: entry.version,
    currentSite,
    fields: () => entry.fields,
    nameErrors: namedFields,
  };
}
