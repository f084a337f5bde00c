import type { ContentSection } from '../../content/content.ts';
import type { CurrentUser } from '../../users/current-user.ts';
import type { EntryViewer } from './entry-query-spec.ts';

/** Who reads, as `ctx.user` has it. */
export type Viewer = Pick<CurrentUser, 'id' | 'can'>;

/** What somebody sees of these sections beside what is live; null is a guest. As `mayEntry` judges a single entry. */
export function queryViewer(viewer: Viewer | null, sections: readonly ContentSection[]): EntryViewer {
  const within = (holds: (section: ContentSection) => boolean): readonly string[] =>
    viewer === null ? [] : sections.filter(holds).map(({ handle }) => handle);
  const may = (permission: string, { handle }: ContentSection): boolean =>
    viewer?.can(`${permission}:${handle}`) === true;
  return {
    userId: viewer?.id ?? 0,
    ownIn: within((section) => may('viewEntries', section)),
    // Singles are nobody's own.
    peersIn: within(
      (section) =>
        may('viewEntries', section) && (section.type === 'single' || may('viewPeerEntries', section)),
    ),
    ownDraftsIn: within((section) => may('viewEntries', section)),
    draftsIn: within((section) => may('viewEntries', section) && may('viewPeerEntryDrafts', section)),
  };
}
