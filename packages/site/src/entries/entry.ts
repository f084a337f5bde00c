import type { FieldValues } from '../fields/field.ts';

/** What an entry is on one site. */
export interface EntrySiteState {
  readonly title: string | null;
  /** Null only on an unpublished draft that has none yet. */
  readonly slug: string | null;
  /** Path below the site's base URL; null without a `uriFormat`, and on unpublished drafts. `__home__` is the home page. */
  readonly uri: string | null;
  readonly enabled: boolean;
  readonly fields: FieldValues;
}

/** What people write of an entry: what drafts and revisions keep, and what a save puts in its place. */
export interface EntryState {
  /** Handle of its entry type. */
  readonly type: string;
  /** On all sites; each site has its own switch beside it. */
  readonly enabled: boolean;
  /** Epoch milliseconds. */
  readonly postAt: number | null;
  readonly expiresAt: number | null;
  /** In their order. */
  readonly authorIds: readonly number[];
  /** Of a structure. */
  readonly parentId: number | null;
  /** By handle. */
  readonly sites: Readonly<Record<string, EntrySiteState>>;
}

/** An entry as it is stored, on all its sites. */
export interface Entry extends EntryState {
  readonly id: number;
  readonly uid: string;
  /** Handle. */
  readonly section: string;
  /** Never published: nobody but its creator, and who may see peers' drafts, knows of it. */
  readonly draft: boolean;
  /** 1 at the top of a structure, and everywhere else. */
  readonly level: number;
  /** Who made it; null for guests, server code, and users who are gone. */
  readonly creatorId: number | null;
  /** Counts its saves: what a form was made from, for optimistic locking. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type EntryStatus = 'live' | 'pending' | 'expired' | 'disabled' | 'draft';
