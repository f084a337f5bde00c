import type { Settings } from '../../config.ts';
import type { ContentSection, ContentType } from '../../content/content.ts';
import type { User } from '../../users/user.ts';
import { defaultPostAt } from '../dates.ts';
import type { Entry, EntrySiteState, EntryState } from '../entry.ts';
import { formatData } from '../format-data.ts';
import { renderFormat } from '../object-format.ts';
import { onSite } from '../on-site.ts';
import { propagated } from '../propagation.ts';
import { MAX_LENGTH, normalizeSlug, slugFromTitle } from '../slug.ts';
import type { EntryErrors } from './errors.ts';

export interface StateToComplete {
  readonly section: ContentSection;
  readonly type: ContentType;
  readonly former: Entry | undefined;
  readonly state: EntryState;
  readonly origin: string;
  readonly draft: boolean;
  /** The first author, for formats. */
  readonly author: User | undefined;
}

/**
 * The state with what it follows from the rest of it: the other sites, titles by their format, slugs by their titles (not yet
 * free), a post date. What a single or a channel does not have is taken away.
 */
export function completeState(
  settings: Settings,
  now: number,
  wanted: StateToComplete,
): { readonly state: EntryState; readonly errors: EntryErrors } {
  const { section, type, origin, draft, former } = wanted;
  const isSingle = section.type === 'single';
  const native: EntryState = {
    ...wanted.state,
    authorIds: section.maxAuthors === 0 ? [] : [...new Set(wanted.state.authorIds)],
    parentId: section.type === 'structure' ? wanted.state.parentId : null,
    expiresAt: isSingle ? null : wanted.state.expiresAt,
  };
  const postAt = native.postAt ?? (draft ? null : defaultPostAt(native, now));
  const state = propagated(section, type, { ...native, postAt }, origin);
  const errors: Record<string, readonly string[]> = {};
  const sites = Object.entries(state.sites).map(([handle, version]): [string, EntrySiteState] => {
    const title = titleOn(wanted, state, handle, version);
    const slug = slugOn(settings, wanted, title, version, former && onSite(former, handle));
    if (slug === '' && handle === origin) errors['slug'] = ['Slug is invalid.'];
    return [handle, { ...version, title, slug: slug || null }];
  });
  return { state: { ...state, sites: Object.fromEntries(sites) }, errors };
}

function titleOn(
  { section, type, author, draft, former: entry }: StateToComplete,
  state: EntryState,
  handle: string,
  version: EntrySiteState,
): string | null {
  const written = type.hasTitleField ? version.title?.trim() || null : null;
  const on = section.sites.get(handle);
  if (written !== null || type.titleFormat === undefined || on === undefined) return written;
  // What a format names is not all there yet on a draft.
  const data = formatData({ section, type, site: on.site, state, author, entry });
  const made = renderFormat(type.titleFormat, data).replace(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
  return made === '' && !draft ? type.name : made || null;
}

/** '' where the slug that was written is none. */
function slugOn(
  settings: Settings,
  { draft, type }: StateToComplete,
  title: string | null,
  { slug }: EntrySiteState,
  former: EntrySiteState | undefined,
): string | null {
  // One that is stored stays as it is, whatever the settings are today.
  if (slug !== null && slug === former?.slug) return slug;
  if (slug !== null && slug.trim() !== '') return normalizeSlug(slug, settings);
  if (draft) return null;
  return slugFromTitle(title ?? '', settings) || normalizeSlug(type.handle, settings) || 'entry';
}
