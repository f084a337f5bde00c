import type { Stores } from '../../database.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { currentEditor } from '../current-editor.ts';
import { editorId, type Editor } from '../editor.ts';
import { withState } from '../entry-state.ts';
import type { Entry, EntryState } from '../entry.ts';
import type { EntryAct } from '../may-entry.ts';
import { requireEntry } from '../require-entry.ts';
import { enabledSites } from './enabled-sites.ts';
import { joined, refuseWrong, type EntryErrors } from './errors.ts';
import { findTarget, type SaveTarget } from './find-target.ts';
import { inFreeUris } from './in-free-uris.ts';
import { judgeEntry } from './judge-entry.ts';
import { makeNoted, prepareUploads, type PreparedUploads, type UploadFault } from './make-noted.ts';
import type { PostedEntry } from './posted-entry.ts';
import { requireVersion } from './version-conflict.ts';
import { withParents } from './with-parents.ts';
import { wantedEntry, type WantedEntry } from './wanted-entry.ts';
import { writeEntry, type EntryWrite } from './write-entry.ts';

export interface SavedEntry {
  /** As it is now; a draft of a published entry as the draft has it. */
  readonly entry: Entry;
  /** Handle of the site that was edited. */
  readonly site: string;
  readonly isProvisionalDraft: boolean;
}

type Kind = 'entry' | 'unpublished draft' | 'own draft';

interface Plan extends WantedEntry {
  readonly target: SaveTarget;
  readonly kind: Kind;
  readonly write: EntryWrite;
  /** The version of the entry that the form was made from. */
  readonly seenVersion: number | undefined;
}

/**
 * Makes or changes an entry, as it was posted. What is wrong with it is found out before files are written, and again with
 * the entry locked: two tabs undo nothing of each other. Throws 404, 401 and 403 before anything else; then 409 `CONFLICT`
 * where the entry was saved since the `version` that was sent, with both in its data; input errors by the names that were
 * posted.
 */
export async function saveEntry(
  services: Services,
  editor: Editor,
  posted: PostedEntry,
): Promise<SavedEntry> {
  const { database } = services;
  const first = await planSave(services, database, editor, posted, false);
  const { errors } = await judgeEntry(services, database, first.write);
  refuseWrong(errors);
  const { prepared, faults } = await prepareUploads(services, first.applied.uploads);
  if (faults.length > 0) throw inputErrors(posted.nameErrors(byPath(faults)));
  return inFreeUris(database, async (stores) => {
    const current = await currentEditor(stores, editor);
    const plan = await planSave(services, stores, current, posted, true);
    return storePlan(services, stores, current, plan, prepared);
  });
}

function byPath(faults: readonly UploadFault[]): EntryErrors {
  return joined(...faults.map(({ path, message }) => ({ [path]: [message] })));
}

async function planSave(
  services: Services,
  stores: Stores,
  editor: Editor,
  posted: PostedEntry,
  lock: boolean,
): Promise<Plan> {
  const target = await findTarget(services, stores, editor, posted, lock);
  const { section, former, copy, origin } = target;
  const kind = kindOf(target, posted);
  requireSave(services, editor, target, kind, posted);
  const own = kind === 'own draft' && former ? await ownDraft(stores, editor, former) : undefined;
  const draft = kind !== 'entry';
  const present = own?.state ?? former ?? copy;
  const wanted = await wantedEntry(services, stores, { editor, target, present, posted, draft });
  if (kind !== 'own draft') {
    const wish = { state: wanted.state, site: origin };
    await requireVersion(services, stores, former, posted.version, wish);
  }
  const { postedAt } = wanted.applied;
  const write: EntryWrite = {
    section,
    former,
    state: wanted.state,
    origin,
    draft,
    editor,
    notes: posted.notes,
    checkComplete: false,
    found: wanted.errors,
    authorsName: posted.authorsName,
    slugName: posted.slug === undefined && posted.title !== undefined ? 'title' : 'slug',
    nameErrors: (found) =>
      posted.nameErrors(
        Object.fromEntries(Object.entries(found).map(([path, messages]) => [postedAt(path), messages])),
      ),
  };
  return { ...wanted, target, kind, write, seenVersion: posted.version };
}

function kindOf({ former }: SaveTarget, { provisional }: PostedEntry): Kind {
  if (!provisional) return 'entry';
  return former === undefined || former.draft ? 'unpublished draft' : 'own draft';
}

function requireSave(
  { settings, content }: Services,
  editor: Editor,
  target: SaveTarget,
  kind: Kind,
  { enabledForSite }: PostedEntry,
): void {
  const { section, former, origin } = target;
  const named = enabledForSite === undefined ? undefined : enabledSites(enabledForSite, origin, content);
  const sites = [...new Set([origin, ...(named?.sites.keys() ?? [])])];
  const act = actOf(target, editor, kind);
  requireEntry({ act, editor, section, entry: former, sites, settings, content });
}

function actOf({ section, former, copy }: SaveTarget, editor: Editor, kind: Kind): EntryAct {
  const isNew = former === undefined && section.type !== 'single';
  // Guests make entries, and neither copies nor drafts, which would be nobody's.
  if (isNew && (editor.kind !== 'guest' || (kind === 'entry' && copy === undefined))) return 'create';
  return kind === 'entry' ? 'save' : 'saveDraft';
}

async function ownDraft({ entryDrafts }: Stores, editor: Editor, { id }: Entry) {
  const ownerId = editorId(editor);
  return ownerId === null ? undefined : entryDrafts.find(id, ownerId);
}

async function storePlan(
  services: Services,
  stores: Stores,
  editor: Editor,
  plan: Plan,
  uploads: PreparedUploads,
): Promise<SavedEntry> {
  const { target, kind, write, type, applied, seenVersion = Infinity } = plan;
  const { former, origin: site } = target;
  if (applied.uploads.length + applied.tags.length > 0) {
    // What is wrong with it is told before anything is made for it.
    const { errors } = await judgeEntry(services, stores, write);
    refuseWrong(errors);
  }
  const noted = await makeNoted(services, stores, { origin: site, editor, type, applied, uploads });
  const { values, added } = await withParents(stores, type, noted.values);
  const state = withFields(write.state, site, values);
  const finished: EntryWrite = { ...write, state, made: new Set([...noted.made, ...added]) };
  if (kind !== 'own draft' || former === undefined) {
    const entry = await writeEntry(services, stores, finished);
    return { entry, site, isProvisionalDraft: false };
  }
  const judged = await judgeEntry(services, stores, finished);
  refuseWrong(judged.errors);
  const creatorId = editorId(editor);
  if (creatorId === null) throw new Error('A draft of an entry is somebody’s: say by whom.');
  const before = await stores.entryDrafts.find(former.id, creatorId);
  const draft = await stores.entryDrafts.save(
    {
      entryId: former.id,
      creatorId,
      // What was saved since the form was made is not in the draft.
      baseVersion: before?.baseVersion ?? Math.min(seenVersion, former.version),
      notes: write.notes,
      state: judged.state,
    },
    services.now(),
  );
  return { entry: withState(former, draft.state), site, isProvisionalDraft: true };
}

function withFields(
  state: EntryState,
  site: string,
  fields: EntryState['sites'][string]['fields'],
): EntryState {
  const version = state.sites[site];
  return version === undefined
    ? state
    : { ...state, sites: { ...state.sites, [site]: { ...version, fields } } };
}
