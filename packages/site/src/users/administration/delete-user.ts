import type { Services } from '../../services.ts';
import { manageUser } from './manage-user.ts';
import type { Actor } from './may-manage.ts';
import { discardContent, transferContent, type DiscardEntries } from './transfer-content.ts';
import type { User } from '../user.ts';

/** What becomes of what a deleted user wrote. */
export interface DeletedContent {
  /** Id of the user who gets it. */
  readonly transferContentTo: number | undefined;
  /** What is done to it where nobody gets it. */
  readonly discardEntries: DiscardEntries;
}

/**
 * Deletes a user with addresses, sessions, codes, drafts and photo, and returns the user that was. Content goes to the user
 * `transferContentTo`; without one it is put aside as deleted where nobody else is its author.
 */
export function deleteUserAccount(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  actor: Actor,
  targetId: number,
  { transferContentTo, discardEntries }: DeletedContent,
): Promise<User> {
  return manageUser(services, { actor, targetId, act: 'delete' }, async (managed) => {
    const { stores, target, now } = managed;
    if (transferContentTo === undefined) await discardContent(managed, discardEntries);
    else await transferContent(managed, services.settings, transferContentTo);
    for (const address of await stores.addresses.listOf(target.id)) await stores.addresses.delete(address.id);
    if (target.photo !== null) await stores.discardedFiles.discard(target.photo.storageKey, now);
    await stores.codes.remove(target.id);
    await stores.sessions.revokeAll(target.id);
    await stores.users.delete(target.id);
    return target;
  });
}
