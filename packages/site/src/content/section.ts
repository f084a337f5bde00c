import type { EntryType } from './entry-type.ts';

export type SectionType = 'single' | 'channel' | 'structure';

/** What a section does on one of its sites. */
interface SectionSiteOptions {
  /** Whether new entries are enabled where nothing else is said. Default: yes. */
  readonly enabledByDefault?: boolean;
  /** `posts/{slug}`, `{parent.uri}/{slug}`: the path of its entries below the site's `baseUrl`. Null: they have none. */
  readonly uriFormat?: string | null;
}

/** Entries by visitors who are not signed in. */
export interface GuestOptions {
  /** Entries by one address in so many seconds. Default: 5 in an hour. */
  readonly limit?: { readonly points: number; readonly seconds: number } | false;
  /** Whether they are published at once. Default: no, somebody enables them. */
  readonly enabledByDefault?: boolean;
  /** Whether required fields must be filled in although the entry is not published yet. Default: yes. */
  readonly runValidation?: boolean;
  /** Id of the user who counts as their author. Default: nobody. */
  readonly authorId?: number;
}

export interface SectionOptions<
  Handle extends string = string,
  Types extends readonly EntryType[] = readonly EntryType[],
> extends SectionSiteOptions {
  readonly handle: Handle;
  /** A number that forms may call it by, beside its handle: for templates that came from Craft. */
  readonly id?: number;
  readonly name?: string;
  /** `single`: exactly one entry; `channel`: a stream; `structure`: a tree. */
  readonly type: SectionType;
  /** The first is the one of new entries that say nothing else. */
  readonly entryTypes: Types;
  /** Of a structure: how deep it may be, at most `MAX_LEVELS`. Default: that deep. */
  readonly maxLevels?: number;
  /** Of a structure: where a new entry comes among its siblings. Default: `end`. */
  readonly defaultPlacement?: 'beginning' | 'end';
  /** 0: entries have no authors. Default: 1. */
  readonly maxAuthors?: number;
  /** Default: 1 where there are authors at all. */
  readonly minAuthors?: number;
  /** Whether each save leaves a revision. Default: yes. */
  readonly enableVersioning?: boolean;
  /** Slugs that no entry is given, since a page of yours answers at their path: `['new']`. */
  readonly reservedSlugs?: readonly string[];
  /** The sites that an entry gets a version on beside the one it was made on. Default: `all`. */
  readonly propagationMethod?: 'none' | 'siteGroup' | 'language' | 'custom' | 'all';
  /** The sites it is on, by handle, with what differs there. Default: every site. */
  readonly sites?: Readonly<Record<string, SectionSiteOptions>>;
  /** Lets visitors who are not signed in make entries. Default: they may not. */
  readonly guests?: GuestOptions;
  /** The handle it had before, so that the next migration takes its entries along. */
  readonly renamedFrom?: string;
}

// The place of an entry in its tree has eleven bytes a level (`db/entry-tree.ts`), and PostgreSQL takes 2,700 in an index.
/** As deep as a structure may ever be. */
export const MAX_LEVELS = 100;

/** A section as the configuration declares it. */
export interface Section<
  Handle extends string = string,
  Types extends readonly EntryType[] = readonly EntryType[],
> {
  readonly handle: Handle;
  readonly entryTypes: Types;
  readonly options: SectionOptions<Handle, Types>;
}

/**
 * `section({ handle: 'posts', type: 'channel', entryTypes: [entryType('post', { … })] })`: a place for entries. What is wrong
 * with it is told by `createSite`, together with everything else that is.
 */
export function section<const Handle extends string, const Types extends readonly EntryType[]>(
  options: SectionOptions<Handle, Types>,
): Section<Handle, Types> {
  return { handle: options.handle, entryTypes: options.entryTypes, options };
}
