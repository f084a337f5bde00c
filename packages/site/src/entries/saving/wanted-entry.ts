import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { applyFields, type AppliedFields } from '../../fields/apply-fields.ts';
import type { FieldValues } from '../../fields/field.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import type { Editor } from '../editor.ts';
import type { EntrySiteState, EntryState } from '../entry.ts';
import { mayEditSite } from '../may-entry.ts';
import { onSite } from '../on-site.ts';
import { baseState } from './base-state.ts';
import { joined, type EntryErrors } from './errors.ts';
import type { SaveTarget } from './find-target.ts';
import { postedAuthors } from './posted-authors.ts';
import { postedHandle, type PostedEntry } from './posted-entry.ts';
import { postedDates, postedParent, postedTexts } from './posted-natives.ts';
import { postedSwitches, withSwitches } from './posted-switches.ts';
import { withHierarchy } from './with-hierarchy.ts';

export interface EntryWish {
  readonly editor: Editor;
  readonly target: SaveTarget;
  /** What stays of what was not posted: the entry, one's draft of it, or a copy. None for a new entry. */
  readonly present: EntryState | undefined;
  readonly posted: PostedEntry;
  /** Whether nothing need be complete. */
  readonly draft: boolean;
}

export interface WantedEntry {
  /** With numbers below 0 in the fields, where files and tags are yet to be made. */
  readonly state: EntryState;
  readonly type: ContentType;
  readonly applied: AppliedFields;
  readonly errors: EntryErrors;
}

/**
 * What was posted, put over what there is. Guests write title, slug and fields; when their entries are published is not theirs
 * to say. Throws 403 where it would change authors who are not the editor's to change, and an input error for an entry type
 * that is none of the section's.
 */
export async function wantedEntry(
  services: Pick<Services, 'settings' | 'content' | 'now'>,
  stores: Pick<Stores, 'users' | 'entries'>,
  wish: EntryWish,
): Promise<WantedEntry> {
  const { editor, target, posted, present } = wish;
  const { section, origin } = target;
  const presentType = present && services.content.type(section, present.type);
  const type = typeOf(services, wish, presentType);
  const base = baseState({ section, type, origin, present, presentType, editor });
  const authors = await postedAuthors(services, stores, editor, target, base, posted);
  const natives = editor.kind === 'guest' ? untouched(base) : postedNatives(services, wish, base);
  const before = onSite(base, origin) ?? NO_VERSION;
  const texts = postedTexts(type, before, posted);
  const enabled = natives.switches.get(origin) ?? before.enabled;
  const sent = appliedFields(services, wish, type, before, natives.state.enabled && enabled);
  const complete = await withHierarchy(stores, type.fields, sent.values);
  const applied = { ...sent, values: complete.values };
  const crowded = Object.entries(complete.errors).map(([path, messages]) => [sent.postedAt(path), messages]);
  const version: EntrySiteState = { ...before, title: texts.title, slug: texts.slug, fields: applied.values };
  return {
    type,
    applied,
    state: {
      ...natives.state,
      authorIds: authors.ids,
      sites: withSwitches(base.sites, version, natives.switches, origin),
    },
    errors: joined(
      authors.faults.length === 0 ? {} : { [posted.authorsName]: authors.faults },
      natives.errors,
      texts.errors,
      posted.nameErrors(joined(applied.errors, Object.fromEntries(crowded) as EntryErrors)),
    ),
  };
}

const NO_VERSION: EntrySiteState = { title: null, slug: null, uri: null, enabled: true, fields: {} };

function typeOf(
  { content }: Pick<Services, 'content'>,
  { target: { section }, posted, present }: EntryWish,
  presentType: ContentType | undefined,
): ContentType {
  const handle = postedHandle(posted.type);
  // Of a type that is gone, or that only newer code knows, no value would be left: nobody is given another one unasked.
  if (handle === undefined && present !== undefined && presentType === undefined) {
    const types = section.types.map((type) => type.handle).join(', ');
    throw inputErrors({
      typeId: `Entries of the type “${present.type}” are no longer allowed in this section. Send another typeId: ${types}.`,
    });
  }
  const type = handle === undefined ? (presentType ?? section.types[0]) : content.type(section, handle);
  if (type === undefined) throw inputErrors({ typeId: 'This section has no such entry type.' });
  return type;
}

interface Natives {
  readonly state: EntryState;
  readonly switches: ReadonlyMap<string, boolean>;
  readonly errors: EntryErrors;
}

function untouched(state: EntryState): Natives {
  return { state, switches: new Map(), errors: {} };
}

function postedNatives(
  { settings, content, now }: Pick<Services, 'settings' | 'content' | 'now'>,
  { editor, target, posted }: EntryWish,
  base: EntryState,
): Natives {
  const { section, origin } = target;
  const mayEdit = (site: string): boolean => mayEditSite(editor, site, { settings, content });
  const language = content.site(origin)?.language ?? 'en';
  const dates = postedDates(base, posted, { now: now(), timeZone: settings.timeZone, language });
  const place = section.type === 'structure' ? postedParent(base, posted) : { parentId: null, errors: {} };
  const switched = postedSwitches(content, { section, origin, base, mayEdit }, posted);
  const { postAt, expiresAt } = dates;
  return {
    state: { ...base, enabled: switched.enabled, postAt, expiresAt, parentId: place.parentId },
    switches: switched.sites,
    errors: joined(dates.errors, place.errors, switched.errors),
  };
}

function appliedFields(
  { settings, content, now }: Pick<Services, 'settings' | 'content' | 'now'>,
  { editor, target: { section, origin }, posted, draft }: EntryWish,
  type: ContentType,
  { fields }: EntrySiteState,
  enabled: boolean,
): AppliedFields {
  // Somebody enables what guests send; whether it must be complete by then is for the section to say.
  const isJudged = editor.kind === 'guest' && section.guests?.runValidation === true;
  const values = posted.isFresh ? withDefaults(type, fields) : fields;
  return applyFields(type.fields, posted.fields(type.fields), values, {
    trusted: editor.kind === 'server',
    checkRequired: !draft && (enabled || isJudged),
    timeZone: settings.timeZone,
    language: content.site(origin)?.language ?? 'en',
    now: now(),
  });
}

function withDefaults({ fields }: ContentType, values: FieldValues): FieldValues {
  const blank = Object.entries(fields).filter(
    ([handle]) => !Object.hasOwn(values, handle) || values[handle] === null,
  );
  return { ...values, ...Object.fromEntries(blank.map(([handle, field]) => [handle, field.initial])) };
}
