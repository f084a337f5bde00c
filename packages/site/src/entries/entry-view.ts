import type { Settings } from '../config.ts';
import type { Content } from '../content/content.ts';
import { completeFields } from '../fields/apply-fields.ts';
import type { FieldValues } from '../fields/field.ts';
import { publicUserOf, type PublicUser } from '../users/user-view.ts';
import type { User } from '../users/user.ts';
import type { Entry, EntryStatus } from './entry.ts';
import { onSite } from './on-site.ts';
import { entryUrl } from './query/entry-record.ts';
import { statusOf } from './status.ts';

/** As redirect templates of Craft name it: `{section.handle}`. */
interface NamedPart {
  readonly handle: string;
  readonly name: string;
}

/** What answers show of an entry on one site. Times are ISO strings. */
export interface EntryView {
  readonly id: number;
  readonly uid: string;
  /** The entry that a draft is of; of all others their own. */
  readonly canonicalId: number;
  readonly sectionId: number | string;
  readonly sectionHandle: string;
  readonly section: NamedPart;
  readonly typeId: number | string;
  readonly typeHandle: string;
  readonly type: NamedPart;
  readonly siteId: number | string;
  readonly title: string | null;
  readonly slug: string | null;
  readonly uri: string | null;
  readonly url: string | null;
  readonly status: EntryStatus;
  readonly enabled: boolean;
  readonly enabledForSite: boolean;
  readonly postDate: string | null;
  readonly expiryDate: string | null;
  readonly dateCreated: string;
  readonly dateUpdated: string;
  readonly authorIds: readonly number[];
  /** The first of the authors. */
  readonly author: PublicUser | null;
  readonly authors: readonly PublicUser[];
  readonly parentId: number | null;
  readonly level: number;
  readonly version: number;
  readonly isDraft: boolean;
  readonly isProvisionalDraft: boolean;
  /** Those that forms may write. */
  readonly fields: FieldValues;
}

export interface EntryViewing {
  /** Handle of the site it is shown on; where it has no version there, it is shown without one. */
  readonly site: string;
  /** At least its authors, as far as they are still there. */
  readonly users: readonly User[];
  /** Whether it is shown as somebody's own unpublished changes have it. */
  readonly isProvisionalDraft?: boolean;
  readonly content: Content;
  readonly settings: Pick<Settings, 'base'>;
  /** Epoch milliseconds. */
  readonly now: number;
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** An entry by allow-list: what is added to the model stays on the server until it is named here. */
export function entryView(entry: Entry, viewing: EntryViewing): EntryView {
  const { content, isProvisionalDraft = false } = viewing;
  const section = content.section(entry.section);
  const type = section && content.type(section, entry.type);
  const site = content.site(viewing.site) ?? content.primarySite;
  const version = onSite(entry, site.handle);
  const uri = version?.uri ?? null;
  const authors = authorsOf(entry, viewing);
  return {
    id: entry.id,
    uid: entry.uid,
    canonicalId: entry.id,
    sectionId: section?.id ?? entry.section,
    sectionHandle: entry.section,
    section: { handle: entry.section, name: section?.name ?? entry.section },
    typeId: type?.id ?? entry.type,
    typeHandle: entry.type,
    type: { handle: entry.type, name: type?.name ?? entry.type },
    siteId: site.id,
    title: version?.title ?? null,
    slug: version?.slug ?? null,
    uri,
    url: uri === null ? null : entryUrl(site.baseUrl, uri),
    status: isProvisionalDraft ? 'draft' : statusOf(entry, site.handle, viewing.now),
    enabled: entry.enabled,
    enabledForSite: version?.enabled ?? false,
    postDate: iso(entry.postAt),
    expiryDate: iso(entry.expiresAt),
    dateCreated: new Date(entry.createdAt).toISOString(),
    dateUpdated: new Date(entry.updatedAt).toISOString(),
    authorIds: authors.map(({ id }) => id),
    author: authors[0] ?? null,
    authors,
    parentId: entry.parentId,
    level: entry.level,
    version: entry.version,
    isDraft: entry.draft || isProvisionalDraft,
    isProvisionalDraft,
    fields: type === undefined ? {} : shownFields(type.fields, version?.fields ?? {}),
  };
}

function authorsOf({ authorIds }: Entry, { users, settings }: EntryViewing): readonly PublicUser[] {
  return authorIds.flatMap((authorId) => {
    const user = users.find(({ id }) => id === authorId);
    return user === undefined ? [] : [publicUserOf(user, settings)];
  });
}

function shownFields(layout: Parameters<typeof completeFields>[0], values: FieldValues): FieldValues {
  const complete = completeFields(layout, values);
  return Object.fromEntries(
    Object.entries(layout).flatMap(([handle, { options }]) =>
      options.frontend === true ? [[handle, complete[handle] ?? null]] : [],
    ),
  );
}
