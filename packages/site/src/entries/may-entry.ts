import type { Settings } from '../config.ts';
import type { Content, ContentSection } from '../content/content.ts';
import { hasPermission } from '../users/permissions/permissions.ts';
import type { Editor } from './editor.ts';
import type { Entry } from './entry.ts';

/** What is done to an entry, or to somebody's unpublished work on it. */
export type EntryAct =
  | 'view'
  | 'create'
  | 'save'
  | 'delete'
  | 'changeAuthor'
  | 'viewDraft'
  | 'saveDraft'
  | 'deleteDraft';

export interface EntryAsk {
  readonly act: EntryAct;
  readonly editor: Editor;
  readonly section: ContentSection;
  /** None for `create`, and for a single that is not there yet. */
  readonly entry?: Pick<Entry, 'draft' | 'authorIds' | 'creatorId'> | undefined;
  /** Of `view`: whether it is live on the site in question, where anybody sees it. */
  readonly live?: boolean;
  /** Of acts that write: handles of the sites that are written to. */
  readonly sites?: readonly string[];
  /** Of `…Draft` acts on a published entry: whose draft it is. Default: the editor's own. */
  readonly draftCreatorId?: number | null;
  readonly settings: Pick<Settings, 'users'>;
  readonly content: Pick<Content, 'sites'>;
}

/** `login`: not without signing in; for all that nobody may, too. */
export type EntryVerdict = 'allow' | 'forbidden' | 'login';

/**
 * Whether somebody may do something to an entry of a section: by their permissions for the section and, where there is more
 * than one site, for the sites. Server code may do everything; guests see what is live, and make entries where the section
 * lets them. Says nothing of fields, nor whether the entry exists.
 */
export function mayEntry(ask: EntryAsk): EntryVerdict {
  const { act, editor, section } = ask;
  if (editor.kind === 'server') return 'allow';
  if (act === 'view' && ask.live === true) return 'allow';
  if (editor.kind === 'guest') {
    const isOpen = act === 'create' && section.guests !== undefined && section.type !== 'single';
    return isOpen ? 'allow' : 'login';
  }
  const { user } = editor;
  const can = (permission: string): boolean =>
    hasPermission(user, ask.settings, `${permission}:${section.handle}`);
  const { sites = [] } = ask;
  const isOnSites = !WRITES.has(act) || sites.every((site) => mayEditSite(editor, site, ask));
  return isOnSites && RULES[act](ask, user.id, can) ? 'allow' : 'forbidden';
}

type Can = (permission: string) => boolean;
type Rule = (ask: EntryAsk, userId: number, can: Can) => boolean;

const WRITES: ReadonlySet<EntryAct> = new Set(['create', 'save', 'delete', 'saveDraft']);

/** Whether somebody may write to a site: `editSite:<handle>`, asked for where there is more than one. */
export function mayEditSite(
  editor: Editor,
  site: string,
  { settings, content }: Pick<EntryAsk, 'settings' | 'content'>,
): boolean {
  if (editor.kind !== 'user') return editor.kind === 'server';
  return content.sites.length < 2 || hasPermission(editor.user, settings, `editSite:${site}`);
}

/** The permission, and the one for what is somebody else's. Singles are nobody's. */
function ownOrPeer({ section, entry }: EntryAsk, userId: number, can: Can, verb: string): boolean {
  if (!can(`${verb}Entries`)) return false;
  const isOwn = section.type === 'single' || entry === undefined || entry.authorIds.includes(userId);
  return isOwn || can(`${verb}PeerEntries`);
}

/** Whether a draft, one that was never published or changes to an entry, is one's own or open to the editor. */
function ownOrPeerDraft(
  { entry, draftCreatorId }: EntryAsk,
  userId: number,
  can: Can,
  verb: string,
): boolean {
  const creatorId = entry?.draft === true ? entry.creatorId : (draftCreatorId ?? userId);
  return creatorId === userId || can(`${verb}PeerEntryDrafts`);
}

const RULES: Readonly<Record<EntryAct, Rule>> = {
  view: (ask, userId, can) =>
    ask.entry?.draft === true
      ? can('viewEntries') && ownOrPeerDraft(ask, userId, can, 'view')
      : ownOrPeer(ask, userId, can, 'view'),
  create: ({ section }, _userId, can) => section.type !== 'single' && can('createEntries'),
  // Saving a draft that was never published publishes it: that makes an entry.
  save: (ask, userId, can) =>
    ask.entry?.draft === true
      ? can('createEntries') && ownOrPeerDraft(ask, userId, can, 'save')
      : ownOrPeer(ask, userId, can, 'save'),
  delete: (ask, userId, can) =>
    ask.section.type !== 'single' &&
    (ask.entry?.draft === true
      ? ownOrPeerDraft(ask, userId, can, 'delete')
      : ownOrPeer(ask, userId, can, 'delete')),
  changeAuthor: ({ entry }, userId, can) =>
    entry === undefined ||
    entry.authorIds.length === 0 ||
    entry.authorIds.includes(userId) ||
    can('changeAuthorForPeerEntries'),
  viewDraft: (ask, userId, can) => RULES.view(ask, userId, can) && ownOrPeerDraft(ask, userId, can, 'view'),
  // The entry itself is judged, not the draft of it that is one's own.
  saveDraft: (ask, userId, can) => RULES.save(ask, userId, can) && ownOrPeerDraft(ask, userId, can, 'save'),
  deleteDraft: (ask, userId, can) => ownOrPeerDraft(ask, userId, can, 'delete'),
};
