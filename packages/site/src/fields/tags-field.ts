import { z } from 'zod';
import type { EntryRecord } from '../entries/query/entry-record.ts';
import { isStorableText } from '../lib/storable-text.ts';
import type { Normalized, Posting, FilledField } from './field.ts';
import { shownPost } from './posted-record.ts';
import { notIds, relationField, type RelationOptions } from './relation-field.ts';
import { MOST_ITEMS, postedId, postedItems, tooManyItems, withIds } from './relation-list.ts';

export interface TagsOptions extends RelationOptions {
  /** Handle of the section whose entries they are. */
  readonly section: string;
  /** Whether a text that is no id makes a tag of that title. */
  readonly allowNew?: boolean;
}

export interface TagsField extends FilledField<readonly number[], readonly EntryRecord[]> {
  readonly type: 'tags';
  readonly options: TagsOptions;
}

const LONGEST_TITLE = 255;

/**
 * Entries that things are found by. With `allowNew` titles are taken beside ids: one text holds titles only, with commas
 * between them, so that a year is a tag as any other; in a list, a text of digits alone is an id.
 */
export function tagsField(options: TagsOptions): TagsField {
  const type = 'tags';
  const { section, allowNew = false } = options;
  const relation = relationField<TagsOptions, EntryRecord>(options, {
    type,
    kind: 'entry',
    allowed: { sections: [section] },
    normalize: (posted, label, posting) => normalizeTags(posted, label, posting, { section, allowNew }),
  });
  return {
    ...relation,
    type,
    withNoted: withIds,
    // Where titles are taken, a form has one text of them all.
    ...(allowNew && { formSchema: () => z.string().optional() }),
  };
}

function normalizeTags(
  posted: unknown,
  label: string,
  posting: Posting,
  { section, allowNew }: { readonly section: string; readonly allowNew: boolean },
): Normalized<readonly number[]> {
  const items = postedItems(posted);
  if (items === undefined) return { error: notIds(label) };
  const parts = items.flatMap((item): readonly unknown[] =>
    typeof item === 'string' ? partsOf(item) : [item],
  );
  if (parts.length > MOST_ITEMS) return { error: tooManyItems(label) };
  const areTitles = allowNew && typeof posted === 'string';
  const found: Array<number | string> = [];
  for (const part of parts) {
    const id = areTitles ? undefined : postedId(part);
    // Digits are an id, or nothing.
    if (!areTitles && id === undefined && typeof part === 'string' && /^\d+$/.test(part))
      return { error: notIds(label) };
    const tag = id ?? (typeof part === 'string' && allowNew ? part : undefined);
    if (tag === undefined) return { error: typeof part === 'string' ? noTag(label, part) : notIds(label) };
    const fault = typeof tag === 'string' ? titleFault(label, tag) : undefined;
    if (fault !== undefined) return { error: fault };
    found.push(tag);
  }
  // Nothing is noted before all is right.
  const noted = new Map<string, number>();
  const ids = found.map((tag) => {
    if (typeof tag === 'number') return tag;
    const key = tag.normalize('NFC').toLowerCase();
    const known = noted.get(key) ?? posting.tag(tag, section);
    noted.set(key, known);
    return known;
  });
  return { value: [...new Set(ids)] };
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.replaceAll(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
}

function noTag(label: string, text: string): string {
  return `${label}: there is no tag “${shownPost(text)}”. Select tags by their IDs.`;
}

function titleFault(label: string, title: string): string | undefined {
  if (Array.from(title).length > LONGEST_TITLE)
    return `${label}: a tag should contain at most ${LONGEST_TITLE} characters.`;
  return isStorableText(title) ? undefined : `${label} has characters that cannot be stored.`;
}
