import type { Entry, EntryState } from './entry.ts';

/** What is found of an entry by other ways than its text: made of its fields by `entries/derived.ts`, kept for queries. */
export interface EntryDerived {
  /** By handle of the site. */
  readonly sites: Readonly<Record<string, EntrySiteDerived>>;
}

export interface EntrySiteDerived {
  /** Words of the searchable fields, without the title. */
  readonly keywords: string;
  readonly references: readonly StoredReference[];
}

/** `target`: `entry:12`, `user:3`, `asset:9`, or `choice:red` for what a field of several choices holds. */
export interface StoredReference {
  /** Handle of the field of the entry, also where the reference stands deeper within it. */
  readonly field: string;
  readonly target: string;
  readonly position: number;
}

export interface NewEntry extends EntryState {
  readonly section: string;
  readonly draft: boolean;
  readonly creatorId: number | null;
}

/** What a save changes. `draft: false` publishes an unpublished draft. */
export type EntryChanges = EntryState & { readonly draft: boolean };

/** Where an entry is found on a site. */
export interface EntryPath {
  readonly id: number;
  /** Handle. */
  readonly site: string;
  readonly slug: string | null;
  readonly uri: string | null;
}

/** Entries that were deleted are found by `findDeleted` only. */
export interface EntryStore {
  find(id: number): Promise<Entry | undefined>;
  /** In the order of the ids; those that are not there are left out. */
  findMany(ids: readonly number[]): Promise<readonly Entry[]>;
  /** The one entry of a single. */
  findSingle(section: string): Promise<Entry | undefined>;
  /** The unpublished drafts that a user began, last saved first. */
  unpublishedBy(creatorId: number, limit: number): Promise<readonly Entry[]>;
  /** Nobody else changes it until the transaction ends. */
  lock(id: number): Promise<Entry | undefined>;
  /**
   * Until the transaction ends nobody else gives out slugs, URIs or places in this section: so that `takenSlugs` and
   * `takenUris` stay true. To be called before `lock`.
   */
  lockSection(section: string): Promise<void>;
  /** Which of these slugs other entries of the section have on that site. Drafts and deleted entries have none. */
  takenSlugs(
    place: { readonly section: string; readonly site: string; readonly exceptId: number | null },
    slugs: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /** Which of these URIs other entries have on that site, of whatever section. */
  takenUris(
    place: { readonly site: string; readonly exceptId: number | null },
    uris: readonly string[],
  ): Promise<ReadonlySet<string>>;
  /** Of a structure: places the entry first or last below its parent. Throws `TakenUriError` where a slug or URI is not free. */
  insert(entry: NewEntry, derived: EntryDerived, placement: 'beginning' | 'end', now: number): Promise<Entry>;
  /** Puts the state in the place of the one there is, on all sites; `version` grows by one. With another parent it comes last there. */
  update(id: number, changes: EntryChanges, derived: EntryDerived, now: number): Promise<Entry>;
  /** Gives up the URIs of these entries, until `setPaths` gives them others. */
  releaseUris(ids: readonly number[]): Promise<void>;
  /**
   * Gives entries that are no drafts other slugs and URIs, and changes nothing else: neither `version` nor `updatedAt`, since
   * nobody has saved them. Throws `TakenUriError` where one is not free.
   */
  setPaths(paths: readonly EntryPath[]): Promise<void>;
  /** Entries below it in a structure, at any depth, parents before children. */
  descendants(id: number): Promise<readonly Entry[]>;
  /** Puts it aside: it can be restored until it is purged. Its children move up to its parent. */
  delete(id: number, now: number): Promise<void>;
  /** As `delete`, of any number in a few statements; those that are not there are left out. */
  deleteMany(ids: readonly number[], now: number): Promise<void>;
  findDeleted(id: number): Promise<Entry | undefined>;
  /** Takes a deleted entry back, at the end of its structure; its slug and URI must be free (see `update`, which follows). */
  restore(id: number, now: number): Promise<void>;
  /** Removes for good what was deleted before then; returns how many. */
  purgeDeleted(before: number): Promise<number>;
  /** Removes unpublished drafts that were last saved before then. */
  purgeDrafts(before: number): Promise<number>;
  /** Ids of entries that have this author, and whether they have others. */
  byAuthor(userId: number): Promise<ReadonlyArray<{ readonly id: number; readonly isSole: boolean }>>;
  /** Puts `heirId` in the place of `userId` among authors and creators; without an heir the user is left out. */
  replaceAuthor(userId: number, heirId: number | null): Promise<void>;
}

/** A slug or URI that another entry has: the section was not locked while it was chosen. */
export class TakenUriError extends Error {
  override readonly name = 'TakenUriError';
}
