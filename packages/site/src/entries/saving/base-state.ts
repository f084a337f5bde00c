import type { ContentSection, ContentType } from '../../content/content.ts';
import { initialFields } from '../../fields/apply-fields.ts';
import type { FieldLayout, FieldValues } from '../../fields/field.ts';
import { editorId, type Editor } from '../editor.ts';
import { entryState } from '../entry-state.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { onSite } from '../on-site.ts';

export interface StateToBegin {
  readonly section: ContentSection;
  readonly type: ContentType;
  readonly origin: string;
  /** What there is; none for a new entry. */
  readonly present: EntryState | undefined;
  /** The type of what there is, if it has still its place in the content. */
  readonly presentType: ContentType | undefined;
  readonly editor: Editor;
}

/**
 * What posted changes are put over: what there is, with a version on the site that is edited, and of the values of another
 * entry type those whose fields are alike; for a new entry, what such an entry begins with.
 */
export function baseState(begin: StateToBegin): EntryState {
  const { section, type, origin, present } = begin;
  if (present === undefined) return newState(begin);
  const state = { ...entryState(present), type: type.handle };
  const first = Object.values(state.sites)[0];
  const sites: Record<string, EntrySiteState> = { ...state.sites };
  if (onSite(state, origin) === undefined && first !== undefined)
    sites[origin] = { ...first, uri: null, enabled: section.sites.get(origin)?.enabledByDefault ?? true };
  const { presentType } = begin;
  if (presentType === type) return { ...state, sites };
  return {
    ...state,
    sites: Object.fromEntries(
      Object.entries(sites).map(([handle, version]) => [
        handle,
        { ...version, fields: valuesInCommon(type.fields, presentType?.fields ?? {}, version.fields) },
      ]),
    ),
  };
}

function newState({ section, type, origin, editor }: StateToBegin): EntryState {
  const { guests, maxAuthors } = section;
  const isGuest = editor.kind === 'guest';
  const authorId = isGuest ? (guests?.authorId ?? null) : editorId(editor);
  return {
    type: type.handle,
    enabled: isGuest ? guests?.enabledByDefault === true : true,
    postAt: null,
    expiresAt: null,
    authorIds: maxAuthors > 0 && authorId !== null ? [authorId] : [],
    parentId: null,
    sites: {
      [origin]: {
        title: section.type === 'single' ? section.name : null,
        slug: null,
        uri: null,
        enabled: section.sites.get(origin)?.enabledByDefault ?? true,
        fields: initialFields(type.fields),
      },
    },
  };
}

function valuesInCommon(layout: FieldLayout, before: FieldLayout, values: FieldValues): FieldValues {
  const alike = Object.keys(layout).filter(
    (handle) =>
      Object.hasOwn(values, handle) &&
      Object.hasOwn(before, handle) &&
      before[handle]?.type === layout[handle]?.type,
  );
  return {
    ...initialFields(layout),
    ...Object.fromEntries(alike.map((handle) => [handle, values[handle] ?? null])),
  };
}
