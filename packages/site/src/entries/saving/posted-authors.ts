import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { editorId, type Editor } from '../editor.ts';
import type { EntryState } from '../entry.ts';
import { requireEntry } from '../require-entry.ts';
import { postedIds, type PostedEntry } from './posted-entry.ts';
import type { SaveTarget } from './find-target.ts';

export interface PostedAuthors {
  readonly ids: readonly number[];
  /** What is wrong with them. */
  readonly faults: readonly string[];
}

/**
 * The authors that an entry is to have. Whoever changes them may change the authors of what it is now, and save what it is
 * then: nobody writes in another's name by making him the author. Throws 403 otherwise.
 */
export async function postedAuthors(
  { settings, content }: Pick<Services, 'settings' | 'content'>,
  { users }: Pick<Stores, 'users'>,
  editor: Editor,
  { section, former }: SaveTarget,
  base: EntryState,
  { authors: posted }: PostedEntry,
): Promise<PostedAuthors> {
  const before = base.authorIds;
  if (posted === undefined || section.maxAuthors === 0) return { ids: before, faults: [] };
  const ids = postedIds(posted);
  if (ids === undefined) return { ids: before, faults: ['Authors are sent as the IDs of users.'] };
  if (ids.join() === before.join()) return { ids, faults: [] };
  const ask = { editor, section, settings, content };
  requireEntry({ ...ask, act: 'changeAuthor', entry: former });
  const selfId = editorId(editor);
  if (selfId === null || !ids.includes(selfId))
    requireEntry({ ...ask, act: 'save', entry: { draft: false, creatorId: selfId, authorIds: ids } });
  const added = ids.filter((id) => !before.includes(id));
  const found = added.length === 0 ? [] : await users.findMany(added.slice(0, MOST));
  const active = new Set(found.filter(isActive).map(({ id }) => id));
  const missing = added.filter((id) => !active.has(id)).slice(0, MOST);
  return { ids, faults: missing.map((id) => `User “${id}” is not available.`) };
}

// More than any section allows, which is told anyway.
const MOST = 100;

function isActive(user: { readonly status: string; readonly suspended: boolean }): boolean {
  return user.status === 'active' && !user.suspended;
}
