import type { ContentType } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { initialFields } from '../../fields/apply-fields.ts';
import type { FieldValues } from '../../fields/field.ts';
import type { Services } from '../../services.ts';
import { currentEditor } from '../current-editor.ts';
import { editorId, type Editor } from '../editor.ts';
import type { Entry, EntrySiteState, EntryState } from '../entry.ts';
import { entryNotFound, requireEntry } from '../require-entry.ts';
import { inFreeUris } from '../saving/in-free-uris.ts';
import { lockOrder } from '../saving/lock-entry.ts';
import { writeEntry } from '../saving/write-entry.ts';
import { dropUnavailable } from './drop-unavailable.ts';
import { findKnownEntry, visibleSites, type KnownEntry } from './known-entry.ts';
import { createUidChanger } from './new-uids.ts';

type Duplicating = Pick<Services, 'settings' | 'content' | 'now'>;

export interface EntryCopy extends KnownEntry {
  /** What the new entry begins with: disabled, without a post date, written by the editor. */
  readonly state: EntryState;
  /** Handle of the site to save it from. */
  readonly origin: string;
}

export interface DuplicateOptions {
  /** Whether the copy is enabled. Default: no. */
  readonly enabled?: boolean;
}

/**
 * Makes an entry of another one, in the same section: a saved one that is disabled unless asked, with a slug of its own and
 * the editor as its author. Drafts and revisions are not copied. Throws 404 where the editor may not see the entry, 403 where
 * he may not make entries in its section, and what `writeEntry` finds wrong.
 */
export function duplicateEntry(
  services: Duplicating & Pick<Services, 'database'>,
  asker: Editor,
  entryId: number,
  { enabled = false }: DuplicateOptions = {},
): Promise<Entry> {
  return inFreeUris(services.database, async (stores) => {
    const editor = await currentEditor(stores, asker);
    const { section, state, origin } = await copyEntry(services, stores, editor, entryId);
    await lockOrder(stores, section);
    return writeEntry(services, stores, {
      section,
      former: undefined,
      state: { ...state, enabled },
      origin,
      draft: false,
      editor,
      notes: null,
    });
  });
}

/**
 * What a copy of an entry begins with, to be saved as a new one: for saves that change it at once. Only what the editor may
 * see is copied, from sites where he may see it, without what its fields name that he may not see; of fields that only server
 * code writes, what a new entry has. Throws 404 and
 * 403 as `duplicateEntry` does.
 */
export async function copyEntry(
  services: Duplicating,
  stores: Pick<Stores, 'entries' | 'users' | 'assets'>,
  editor: Editor,
  entryId: number,
): Promise<EntryCopy> {
  const { settings, content } = services;
  const found = await findKnownEntry(services, stores, editor, entryId);
  const { entry, section } = found;
  const type = content.type(section, entry.type);
  const sites = visibleSites(services, editor, found).filter((site) => section.sites.has(site));
  const origin = sites.find((site) => site === content.primarySite.handle) ?? sites[0];
  if (type === undefined || origin === undefined) throw entryNotFound();
  requireEntry({ act: 'create', editor, section, sites, settings, content });
  const withNewUids = createUidChanger();
  const copied = sites.flatMap((site): Array<[string, EntrySiteState]> => {
    const state = entry.sites[site];
    if (state === undefined) return [];
    const fields = withNewUids(copiedFields(type, state.fields, editor));
    return [[site, { ...state, uri: null, fields }]];
  });
  const rest = await dropUnavailable(services, stores, editor, type, Object.fromEntries(copied));
  const author = editorId(editor);
  return {
    ...found,
    origin,
    state: {
      type: entry.type,
      enabled: false,
      postAt: null,
      expiresAt: entry.expiresAt !== null && entry.expiresAt > services.now() ? entry.expiresAt : null,
      authorIds: section.maxAuthors > 0 && author !== null ? [author] : [],
      parentId: entry.parentId,
      sites: rest.sites,
    },
  };
}

function copiedFields({ fields: layout }: ContentType, values: FieldValues, editor: Editor): FieldValues {
  const copied = Object.entries(layout).filter(
    ([handle, { options }]) =>
      Object.hasOwn(values, handle) && (options.frontend === true || editor.kind === 'server'),
  );
  return {
    ...initialFields(layout),
    ...Object.fromEntries(copied.map(([handle]) => [handle, values[handle] ?? null])),
  };
}
