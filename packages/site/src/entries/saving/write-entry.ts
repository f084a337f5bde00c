import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { derivedOf } from '../derived.ts';
import { editorId, type Editor } from '../editor.ts';
import type { Entry, EntryState } from '../entry.ts';
import { namedInFormats } from '../named-in-formats.ts';
import { completeState } from './complete-state.ts';
import { refuseWrong, type EntryErrors } from './errors.ts';
import { withFreeUris } from './free-uris.ts';
import { judgeEntry, type JudgedEntry } from './judge-entry.ts';
import { keepRevision } from './keep-revision.ts';
import { moveDescendants } from './move-descendants.ts';

export interface EntryWrite {
  readonly section: ContentSection;
  /** As locked by `lockEntry`; none makes an entry. */
  readonly former: Entry | undefined;
  /** As wanted. Slugs may be null or taken; URIs are made here, whatever stands there. */
  readonly state: EntryState;
  /** Handle of the site that was edited: what other sites share is taken from it. */
  readonly origin: string;
  /** Keeps it an unpublished draft: nothing must be complete, and it has no URI. */
  readonly draft: boolean;
  readonly editor: Editor;
  /** Of the revision that is kept. */
  readonly notes: string | null;
  /** Whether the custom fields must be complete where the entry counts. Default: yes. */
  readonly checkComplete?: boolean;
  /** `asset:3`, `entry:9`: what was made for it just now, and may be named whoever the editor is. */
  readonly made?: ReadonlySet<string>;
  /** What was found wrong already, by the names under which it was posted: told together with what is found here. */
  readonly found?: EntryErrors;
  /** Errors of custom fields by handle → by the names under which they were posted. Default: `fields.<handle>`. */
  readonly nameErrors?: (errors: EntryErrors) => EntryErrors;
  /** The name under which authors were posted. Default: `authors`. */
  readonly authorsName?: string;
  /** The name at which to tell that no slug is left: `title` where no slug was posted. Default: `slug`. */
  readonly slugName?: 'slug' | 'title' | undefined;
}

type WriteServices = Pick<Services, 'settings' | 'content' | 'now'>;

/**
 * Stores an entry as wanted, all that belongs to it included: titles by their formats, slugs and URIs that are free, the other
 * sites, the default post date, what queries find it by, a revision; the editor's own draft of it is gone then. To be called
 * in a transaction of `inFreeUris`, with the entry locked (`lockEntry`). Throws input errors by the names `title`, `slug`, `postDate`,
 * `expiryDate`, `authors`, `parentId`, `siteId`, `typeId`, `fields.<handle>`. What the editor may do is asked before.
 */
export async function writeEntry(services: WriteServices, stores: Stores, write: EntryWrite): Promise<Entry> {
  const judged = await judgeEntry(services, stores, write);
  refuseWrong(judged.errors);
  const entry = await store(services, stores, write, judged);
  if (write.draft) return entry;
  const { section, former, editor, notes } = write;
  const now = services.now();
  if (former !== undefined) await moveDescendants(services, stores, section, former, entry);
  if (section.enableVersioning)
    await keepRevision(services.settings, stores, { former, entry, editor, notes }, now);
  const ownerId = editorId(editor);
  if (former !== undefined && ownerId !== null) await stores.entryDrafts.delete(former.id, ownerId);
  return entry;
}

async function store(
  services: WriteServices,
  stores: Stores,
  write: EntryWrite,
  judged: JudgedEntry,
): Promise<Entry> {
  const { section, former, draft, editor } = write;
  const { type } = judged;
  const now = services.now();
  // Until the commit nobody else takes the slug that is chosen; as late as can be, since others wait for it.
  if (former === undefined && !draft) await stores.entries.lockSection(section.handle);
  const settled = await settle(services, stores, write, judged);
  const derived = derivedOf(type, settled);
  if (former !== undefined) return stores.entries.update(former.id, { ...settled, draft }, derived, now);
  const creatorId = editorId(editor);
  const fresh = { ...settled, section: section.handle, draft, creatorId };
  const entry = await stores.entries.insert(fresh, derived, section.defaultPlacement, now);
  if (draft || !namedInFormats(section, type).identity) return entry;
  const again = { ...write, former: { ...entry, draft: true } };
  const { state } = completeState(services.settings, now, {
    ...again,
    state: write.state,
    type,
    author: judged.author,
  });
  const named = await settle(services, stores, again, { ...judged, state });
  return stores.entries.update(entry.id, { ...named, draft }, derivedOf(type, named), now);
}

/** With slugs and URIs; drafts have none to keep from others. */
async function settle(
  { settings }: WriteServices,
  stores: Stores,
  { section, former, draft, slugName }: EntryWrite,
  { type, state, author, parent }: JudgedEntry,
): Promise<EntryState> {
  const choice = { section, type, former, state, author, parent, slugName };
  if (!draft) return withFreeUris(settings, stores, choice);
  const sites = Object.entries(state.sites).map(([site, version]) => [site, { ...version, uri: null }]);
  return { ...state, sites: Object.fromEntries(sites) as EntryState['sites'] };
}
