import { ActionError } from 'portico';
import type { Services } from '../../services.ts';
import { currentEditor } from '../current-editor.ts';
import type { Editor } from '../editor.ts';
import type { Entry } from '../entry.ts';
import { requireEntry } from '../require-entry.ts';
import { inFreeUris } from '../saving/in-free-uris.ts';
import { lockKnownEntry } from './known-entry.ts';
import { deleteAndLift } from './delete-and-lift.ts';

/**
 * Puts an entry aside, to be restored until it is purged, and returns what it was. The entries below it move up to its parent.
 * Throws 404 where the editor knows of none, 403 without the right, 409 for the entry of a single.
 */
export function deleteEntry(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  asker: Editor,
  id: number,
): Promise<Entry> {
  const { settings, content, database } = services;
  return inFreeUris(database, async (stores) => {
    const editor = await currentEditor(stores, asker);
    const { entry, section } = await lockKnownEntry(services, stores, editor, id);
    if (section.type === 'single') {
      throw new ActionError({
        code: 'CONFLICT',
        message: `“${section.name}” always has its one entry: it cannot be deleted. Disable it instead.`,
      });
    }
    const sites = Object.keys(entry.sites);
    requireEntry({ act: 'delete', editor, section, entry, sites, settings, content });
    await deleteAndLift(services, stores, section, entry);
    return entry;
  });
}
