import { inputErrors } from '../../lib/input-errors.ts';
import { hasPermission } from '../permissions/permissions.ts';
import type { Managed } from './manage-user.ts';
import type { Settings } from '../../config.ts';

/**
 * Hands what a user wrote to another user, before the first is deleted. There is no content yet: entries move here once
 * there are any. Throws an input error for an heir who is none, or by someone who may not choose one.
 */
export async function transferContent(
  { stores, target, actor }: Managed,
  settings: Pick<Settings, 'users'>,
  heirId: number,
): Promise<void> {
  // Who may only close his own account learns nothing of others by naming them, and gives them nothing unasked.
  if (!hasPermission(actor.user, settings, 'deleteUsers')) {
    throw inputErrors({ transferContentTo: 'You are not permitted to hand content to another user.' });
  }
  if (heirId === target.id) {
    throw inputErrors({ transferContentTo: 'Choose another user than the one who is deleted.' });
  }
  const heir = await stores.users.find(heirId);
  if (heir === undefined) throw inputErrors({ transferContentTo: `There is no user with the ID ${heirId}.` });
}
