import type { EntryChanges, EntryDerived, NewEntry } from '../../src/entries/entry-store.ts';
import type { Entry, EntrySiteState } from '../../src/entries/entry.ts';

export const NO_DERIVED: EntryDerived = { sites: {} };

export function siteState(slug: string | null, more: Partial<EntrySiteState> = {}): EntrySiteState {
  return {
    title: slug === null ? null : `Title of ${slug}`,
    slug,
    uri: slug === null ? null : `posts/${slug}`,
    enabled: true,
    fields: {},
    ...more,
  };
}

/** An entry of the section `posts` that is told apart by its slug, on the site `en` unless `sites` says others. */
export function entryNamed(slug: string | null, more: Partial<NewEntry> = {}): NewEntry {
  return {
    section: 'posts',
    type: 'post',
    draft: false,
    enabled: true,
    postAt: 1_700_000_000_000,
    expiresAt: null,
    authorIds: [],
    parentId: null,
    creatorId: null,
    sites: { en: siteState(slug) },
    ...more,
  };
}

/** What a save of an entry writes that changes nothing but what is named. */
export function changesOf(entry: Entry, more: Partial<EntryChanges> = {}): EntryChanges {
  const { type, draft, enabled, postAt, expiresAt, authorIds, parentId, sites } = entry;
  return { type, draft, enabled, postAt, expiresAt, authorIds, parentId, sites, ...more };
}
