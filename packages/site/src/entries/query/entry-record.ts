import type { Content } from '../../content/content.ts';
import { declaredFields } from '../../fields/apply-fields.ts';
import type { FieldValues } from '../../fields/field.ts';
import type { Entry, EntryStatus } from '../entry.ts';
import { statusOf } from '../status.ts';

/** An entry on one site, for server code: all that is known of it there. */
export interface EntryRecord<Type extends string = string, Fields = FieldValues> {
  readonly id: number;
  readonly uid: string;
  /** Handle. */
  readonly section: string;
  /** Handle of its entry type. */
  readonly type: Type;
  /** Handle. */
  readonly site: string;
  /** Of the site: `en`, `de-CH`. */
  readonly language: string;
  readonly title: string | null;
  readonly slug: string | null;
  /** Path below the site's base URL; `__home__` is the home page. */
  readonly uri: string | null;
  /** The whole address; null where it has no `uri`. */
  readonly url: string | null;
  readonly status: EntryStatus;
  /** On all sites. */
  readonly enabled: boolean;
  /** On this one, beside `enabled`. */
  readonly enabledForSite: boolean;
  readonly postDate: Date | null;
  readonly expiryDate: Date | null;
  readonly dateCreated: Date;
  readonly dateUpdated: Date;
  /** In their order. */
  readonly authorIds: readonly number[];
  readonly creatorId: number | null;
  /** Of a structure. */
  readonly parentId: number | null;
  /** 1 at the top of a structure, and everywhere else. */
  readonly level: number;
  readonly version: number;
  /** Every field that its entry type has: what was never set is what a new entry has. */
  readonly fields: Fields;
}

/**
 * The entry as it is on that site at that time (epoch milliseconds). `undefined` where it is not on that site, or where the
 * content has no such site, section or entry type (any more).
 */
export function entryRecord(
  entry: Entry,
  siteHandle: string,
  content: Content,
  now: number,
): EntryRecord | undefined {
  const state = Object.hasOwn(entry.sites, siteHandle) ? entry.sites[siteHandle] : undefined;
  const site = content.site(siteHandle);
  const section = content.section(entry.section);
  const type = section && content.type(section, entry.type);
  if (state === undefined || site === undefined || type === undefined) return undefined;
  return {
    id: entry.id,
    uid: entry.uid,
    section: entry.section,
    type: entry.type,
    site: site.handle,
    language: site.language,
    title: state.title,
    slug: state.slug,
    uri: state.uri,
    url: state.uri === null ? null : entryUrl(site.baseUrl, state.uri),
    status: statusOf(entry, site.handle, now),
    enabled: entry.enabled,
    enabledForSite: state.enabled,
    postDate: dateOf(entry.postAt),
    expiryDate: dateOf(entry.expiresAt),
    dateCreated: new Date(entry.createdAt),
    dateUpdated: new Date(entry.updatedAt),
    authorIds: entry.authorIds,
    creatorId: entry.creatorId,
    parentId: entry.parentId,
    level: entry.level,
    version: entry.version,
    fields: declaredFields(type.fields, state.fields),
  };
}

/** The whole address of a `uri` below a site's base URL. */
export function entryUrl(baseUrl: string, uri: string): string {
  return uri === '__home__'
    ? `${baseUrl}/`
    : `${baseUrl}/${encodeURI(uri).replaceAll('?', '%3F').replaceAll('#', '%23')}`;
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
