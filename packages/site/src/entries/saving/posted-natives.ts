import type { ContentType } from '../../content/content.ts';
import { parsePostedDate } from '../../fields/posted-date.ts';
import { isStorableText } from '../../lib/storable-text.ts';
import { visibleText } from '../../lib/visible-text.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import type { EntryErrors } from './errors.ts';
import { postedIds, type PostedEntry } from './posted-entry.ts';

interface Texts extends Pick<EntrySiteState, 'title' | 'slug'> {
  readonly errors: EntryErrors;
}

/** Title and slug as they were sent, or as they are. */
export function postedTexts(
  { titleLabel }: ContentType,
  version: EntrySiteState,
  posted: PostedEntry,
): Texts {
  const errors: Record<string, readonly string[]> = {};
  const text = (name: 'title' | 'slug', label: string): string | null => {
    const given = posted[name];
    if (given === undefined) return version[name];
    if (given === null || isStorableText(given)) return given === null ? null : visibleText(given);
    errors[name] = [`${label} has characters that cannot be stored.`];
    return version[name];
  };
  return { title: text('title', titleLabel), slug: text('slug', 'Slug'), errors };
}

export interface DateReading {
  /** IANA name. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

interface Dates extends Pick<EntryState, 'postAt' | 'expiresAt'> {
  readonly errors: EntryErrors;
}

/** The dates as they were sent, or as they are; blank clears. */
export function postedDates(base: EntryState, posted: PostedEntry, reading: DateReading): Dates {
  const errors: Record<string, readonly string[]> = {};
  const time = (name: 'postDate' | 'expiryDate', label: string, before: number | null): number | null => {
    if (posted[name] === undefined) return before;
    const parsed = parsePostedDate(posted[name], reading);
    if (parsed !== undefined) return parsed;
    errors[name] = [`${label} is not a valid date. Write it like 2026-11-21T10:30.`];
    return before;
  };
  const postAt = time('postDate', 'Post date', base.postAt);
  const expiresAt = time('expiryDate', 'Expiry date', base.expiresAt);
  return { postAt, expiresAt, errors };
}

interface Parent extends Pick<EntryState, 'parentId'> {
  readonly errors: EntryErrors;
}

/** The parent as it was sent, or as it is; blank is the top. */
export function postedParent({ parentId }: EntryState, { parentId: posted }: PostedEntry): Parent {
  if (posted === undefined) return { parentId, errors: {} };
  const ids = postedIds(posted);
  if (ids !== undefined && ids.length < 2) return { parentId: ids[0] ?? null, errors: {} };
  return { parentId, errors: { parentId: ['The parent is sent as the ID of one entry.'] } };
}
