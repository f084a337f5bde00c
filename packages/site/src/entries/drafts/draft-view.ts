import type { Settings } from '../../config.ts';
import { publicUserOf, type PublicUser } from '../../users/user-view.ts';
import type { Entry } from '../entry.ts';
import { originOf } from '../lifecycle/origin.ts';
import { onSite } from '../on-site.ts';
import type { Content } from '../../content/content.ts';
import type { ListedDraft } from './list-drafts.ts';

/** What answers show of somebody's unpublished changes to an entry, beside the changes. Times are ISO strings. */
export interface DraftView {
  readonly entryId: number;
  readonly creator: PublicUser | null;
  readonly title: string | null;
  readonly notes: string | null;
  /** Whether the entry was saved since the draft was begun. */
  readonly outdated: boolean;
  readonly dateCreated: string;
  readonly dateUpdated: string;
}

/** A draft by allow-list. */
export function draftView(
  { draft, creator }: ListedDraft,
  entry: Entry,
  { settings, content }: { readonly settings: Pick<Settings, 'base'>; readonly content: Content },
): DraftView {
  return {
    entryId: draft.entryId,
    creator: creator && publicUserOf(creator, settings),
    title: onSite(draft.state, originOf(draft.state, content))?.title ?? null,
    notes: draft.notes,
    outdated: draft.baseVersion < entry.version,
    dateCreated: new Date(draft.createdAt).toISOString(),
    dateUpdated: new Date(draft.updatedAt).toISOString(),
  };
}
