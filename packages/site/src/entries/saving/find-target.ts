import type { ContentSection } from '../../content/content.ts';
import type { Stores } from '../../database.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import type { Editor } from '../editor.ts';
import type { Entry, EntryState } from '../entry.ts';
import { copyEntry } from '../lifecycle/duplicate-entry.ts';
import { known } from '../lifecycle/known-entry.ts';
import { entryNotFound } from '../require-entry.ts';
import { onSite } from '../on-site.ts';
import { sitesFrom } from '../propagation.ts';
import { lockOrder } from './lock-entry.ts';
import { postedHandle, type PostedEntry } from './posted-entry.ts';

/** What a save is about. */
export interface SaveTarget {
  readonly section: ContentSection;
  readonly former: Entry | undefined;
  /** What a copy begins with. */
  readonly copy: EntryState | undefined;
  /** Handle of the site that is edited. */
  readonly origin: string;
}

type TargetServices = Pick<Services, 'settings' | 'content' | 'now'>;

/**
 * Finds what was posted to: the entry of the id, the one entry of a single, or nothing for a new entry of the section. With
 * `lock` nobody else changes it until the transaction ends. Throws 404 where the editor is not to know of the entry, and an
 * input error where section or site are missing or none.
 */
export async function findTarget(
  services: TargetServices,
  stores: Pick<Stores, 'entries' | 'users' | 'assets'>,
  editor: Editor,
  posted: PostedEntry,
  lock: boolean,
): Promise<SaveTarget> {
  const { section, found, copy } = await findEntry(services, stores, editor, posted);
  let former = found;
  if (lock) {
    await lockOrder(stores, section);
    if (found !== undefined) former = known(services, editor, await stores.entries.lock(found.id)).entry;
    else if (section.type === 'single') former = await stores.entries.findSingle(section.handle);
  }
  return { section, former, copy, origin: originOf(services, section, former ?? copy, posted) };
}

interface Found {
  readonly section: ContentSection;
  readonly found: Entry | undefined;
  readonly copy: EntryState | undefined;
}

async function findEntry(
  services: TargetServices,
  stores: Pick<Stores, 'entries' | 'users' | 'assets'>,
  editor: Editor,
  { id, duplicate, section: posted, ofSection }: PostedEntry,
): Promise<Found> {
  if (id !== undefined && duplicate) {
    const { section, state } = await copyEntry(services, stores, editor, id);
    return { section, found: undefined, copy: state };
  }
  if (id !== undefined) {
    const { section, entry } = known(services, editor, await stores.entries.find(id));
    if (ofSection !== undefined && section.handle !== ofSection) throw entryNotFound();
    return { section, found: entry, copy: undefined };
  }
  const handle = postedHandle(posted);
  if (handle === undefined) throw inputErrors({ sectionId: 'Request missing required param: sectionId' });
  const section = services.content.section(handle);
  if (section === undefined) throw inputErrors({ sectionId: 'There is no such section.' });
  const found = section.type === 'single' ? await stores.entries.findSingle(section.handle) : undefined;
  return { section, found, copy: undefined };
}

function originOf(
  { content }: TargetServices,
  section: ContentSection,
  state: EntryState | undefined,
  { site: posted, currentSite }: PostedEntry,
): string {
  const handle = postedHandle(posted);
  if (handle === undefined) {
    const here = [currentSite, content.primarySite.handle, ...section.sites.keys()];
    const fitting = here.find(
      (site) => section.sites.has(site) && (state === undefined || onSite(state, site)),
    );
    if (fitting !== undefined) return fitting;
    throw inputErrors({ siteId: 'The entry is on no site of its section.' });
  }
  const site = content.site(handle)?.handle;
  if (site === undefined || !section.sites.has(site))
    throw inputErrors({ siteId: 'This section is not on that site.' });
  if (state === undefined || mayComeTo(section, state, site)) return site;
  throw inputErrors({ siteId: 'This entry is not on that site.' });
}

/** Whether the entry is on the site, or would be if it were saved there. */
function mayComeTo(section: ContentSection, state: EntryState, site: string): boolean {
  if (onSite(state, site) !== undefined || section.propagationMethod === 'custom') return true;
  return Object.keys(state.sites).some((from) => sitesFrom(section, from).includes(site));
}
