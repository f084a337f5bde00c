import { ActionError } from 'portico';
import type { Services } from '../../services.ts';
import type { User } from '../../users/user.ts';
import { currentEditor } from '../current-editor.ts';
import type { Entry } from '../entry.ts';
import { lockKnownEntry } from '../lifecycle/known-entry.ts';
import { requireEntry } from '../require-entry.ts';

/**
 * Removes a user's unpublished changes to an entry, which stays as it is and is returned. Another user's take
 * `deletePeerEntryDrafts`. Throws 404 where there is no such entry or no such draft.
 */
export function discardDraft(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  user: User,
  entryId: number,
  creatorId: number = user.id,
): Promise<Entry> {
  const { settings, content, database } = services;
  return database.transaction(async (stores) => {
    const editor = await currentEditor(stores, { kind: 'user', user });
    const { entry, section } = await lockKnownEntry(services, stores, editor, entryId);
    const draftCreatorId = creatorId;
    requireEntry({ act: 'deleteDraft', editor, section, entry, draftCreatorId, settings, content });
    if ((await stores.entryDrafts.find(entry.id, creatorId)) === undefined) throw draftNotFound();
    await stores.entryDrafts.delete(entry.id, creatorId);
    return entry;
  });
}

function draftNotFound(): ActionError {
  return new ActionError({ code: 'NOT_FOUND', message: 'Draft not found' });
}
