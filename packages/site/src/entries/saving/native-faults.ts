import type { ContentSection, ContentType } from '../../content/content.ts';
import { dateOrderFault } from '../dates.ts';
import type { Entry, EntryState } from '../entry.ts';
import { onSite } from '../on-site.ts';
import { MAX_LENGTH } from '../slug.ts';
import type { EntryErrors } from './errors.ts';

export interface NativeCheck {
  readonly section: ContentSection;
  readonly type: ContentType;
  readonly former: Entry | undefined;
  readonly state: EntryState;
  readonly origin: string;
  readonly draft: boolean;
  /** The name under which authors were posted. */
  readonly authorsName: string;
  /** Whether nobody made it: guests and server code need not be authors. */
  readonly isUnsigned: boolean;
  /** What was refused of what was posted: the title that is left is not what was written. */
  readonly found: EntryErrors;
}

/** Whether it counts on the site that was edited, and must therefore be complete. */
export function isLive(state: EntryState, origin: string, draft: boolean): boolean {
  return !draft && state.enabled && onSite(state, origin)?.enabled === true;
}

/** What is wrong with an entry beside its custom fields, as far as it tells by itself. */
export function nativeFaults(check: NativeCheck): EntryErrors {
  const { state, origin, draft, authorsName } = check;
  const faults: Array<readonly [string, string | undefined]> = [['title', titleFault(check)]];
  faults.push([authorsName, tooManyAuthors(check)]);
  if (isLive(state, origin, draft)) {
    faults.push(['expiryDate', dateOrderFault(state)], [authorsName, tooFewAuthors(check)]);
  }
  return Object.fromEntries(
    faults.flatMap(([name, fault]) => (fault === undefined ? [] : [[name, [fault]]])),
  );
}

function titleFault({ type, state, origin, draft, found }: NativeCheck): string | undefined {
  if (Object.hasOwn(found, 'title')) return undefined;
  const title = onSite(state, origin)?.title ?? null;
  if (title !== null && title.length > MAX_LENGTH)
    return `${type.titleLabel} should contain at most ${MAX_LENGTH} characters.`;
  const isDue = !draft && type.hasTitleField && type.titleFormat === undefined;
  return isDue && title === null ? `${type.titleLabel} cannot be blank.` : undefined;
}

function tooManyAuthors({ section: { maxAuthors }, state, former }: NativeCheck): string | undefined {
  const { length } = state.authorIds;
  if (length <= maxAuthors || isAsBefore(state, former)) return undefined;
  if (maxAuthors === 0) return 'Entries of this section have no authors.';
  return maxAuthors === 1 ? 'Only one author is allowed.' : `Up to ${maxAuthors} authors are allowed.`;
}

// Whoever edits what guests wrote, or somebody who is gone, need not take it for their own.
function tooFewAuthors({
  section: { minAuthors },
  state,
  former,
  isUnsigned,
}: NativeCheck): string | undefined {
  if (state.authorIds.length >= minAuthors || isUnsigned || isAsBefore(state, former)) return undefined;
  return minAuthors === 1 ? 'Author cannot be blank.' : `At least ${minAuthors} authors are required.`;
}

function isAsBefore({ authorIds }: EntryState, former: Entry | undefined): boolean {
  return former !== undefined && !former.draft && former.authorIds.join() === authorIds.join();
}
