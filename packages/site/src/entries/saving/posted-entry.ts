import type { FieldLayout } from '../../fields/field.ts';
import type { EntryErrors } from './errors.ts';

/** What was sent of an entry. What is undefined was not sent, and changes nothing. */
export interface PostedEntry {
  /** Of the entry to change; none makes one. */
  readonly id: number | undefined;
  /** Handle or id; said for new entries only. */
  readonly section: unknown;
  /** Handle of the section that the entry of the id must be of. */
  readonly ofSection?: string;
  readonly type: unknown;
  readonly site: unknown;
  readonly title: string | null | undefined;
  readonly slug: string | null | undefined;
  /** Ids, as a list or one. */
  readonly authors: unknown;
  readonly postDate: unknown;
  readonly expiryDate: unknown;
  readonly parentId: unknown;
  readonly enabled: boolean | undefined;
  /** A switch, a list of sites, or switches by site. */
  readonly enabledForSite: unknown;
  /** Saves unpublished work instead of the entry. */
  readonly provisional: boolean;
  /** Gives fields that are blank what a new entry has. */
  readonly isFresh: boolean;
  /** Makes a copy of the entry and changes that. */
  readonly duplicate: boolean;
  readonly notes: string | null;
  /** Of the entry that the form was made from. */
  readonly version: number | undefined;
  /** Handle of the site that is meant where nothing says which. */
  readonly currentSite: string;
  /** Custom fields for `applyFields`, given the layout of the entry type. */
  readonly fields: (layout: FieldLayout) => unknown;
  /** Errors of custom fields by handle → by the names under which they were sent. */
  readonly nameErrors: (errors: EntryErrors) => EntryErrors;
  /** The name under which authors were sent. */
  readonly authorsName: string;
}

// A handle begins with a letter, an id is a number: this is neither.
const NO_HANDLE = '?';

/** One id of a section, type or site: a handle or a number, also in a list of one; undefined where nothing was sent. */
export function postedHandle(posted: unknown): string | undefined {
  const one = Array.isArray(posted) && posted.length < 2 ? (posted[0] as unknown) : posted;
  if (one === undefined || one === null) return undefined;
  if (typeof one === 'number') return String(one);
  return typeof one === 'string' ? one.trim() || undefined : NO_HANDLE;
}

/** A list of ids that was sent as such or alone: blank is none; undefined for what is no list of ids. */
export function postedIds(posted: unknown): readonly number[] | undefined {
  const items = listOf(posted).filter((item) => item !== '' && item !== null);
  const ids = items.map((item) =>
    typeof item === 'string' && /^\d{1,15}$/.test(item.trim()) ? Number(item) : item,
  );
  const isList = ids.every(
    (id): id is number => typeof id === 'number' && Number.isSafeInteger(id) && id > 0,
  );
  return isList ? [...new Set(ids)] : undefined;
}

/** A switch as forms and scripts send it; undefined for what is none. */
export function postedSwitch(posted: unknown): boolean | undefined {
  if (typeof posted === 'boolean') return posted;
  if (posted === null) return false;
  if (typeof posted !== 'string' && typeof posted !== 'number') return undefined;
  return SWITCHES.get(String(posted).trim().toLowerCase());
}

const SWITCHES = new Map([
  ...['1', 'true', 'on', 'yes'].map((text) => [text, true] as const),
  ...['0', 'false', 'off', 'no', ''].map((text) => [text, false] as const),
]);

/** What was sent as a list, as the object that a form with numbered names makes, or alone. */
function listOf(posted: unknown): readonly unknown[] {
  if (Array.isArray(posted)) return posted as readonly unknown[];
  if (typeof posted !== 'object' || posted === null) return [posted];
  const items = Object.values(posted);
  return items.length > 0 ? items : [posted];
}
