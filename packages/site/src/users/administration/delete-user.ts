import type { Services } from '../../services.ts';
import { manageUser } from './manage-user.ts';
import type { Actor } from './may-manage.ts';
import { transferContent } from './transfer-content.ts';
import type { User } from '../user.ts';

/**
 * Deletes a user with addresses, sessions, codes and photo, and returns the user that was. Content goes to the user
 * `transferContentTo`.
 */
export function deleteUserAccount(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  actor: Actor,
  targetId: number,
  transferContentTo?: number,
): Promise<User> {
  return manageUser(services, { actor, targetId, act: 'delete' }, async (managed) => {
    const { stores, target, now } = managed;
    if (transferContentTo !== undefined) await transferContent(managed, services.settings, transferContentTo);
    for (const address of await stores.addresses.listOf(target.id)) await stores.addresses.delete(address.id);
    if (target.photo !== null) await stores.discardedFiles.discard(target.photo.storageKey, now);
    await stores.codes.remove(target.id);
    await stores.sessions.revokeAll(target.id);
    await stores.users.delete(target.id);
    return target;
  });
}
