import type { Stores } from '../../database.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import { hasPermission } from '../permissions/permissions.ts';
import type { User } from '../user.ts';
import type { Managed } from './manage-user.ts';
import type { Settings } from '../../config.ts';

/**
 * Hands what a user wrote to another user, before the first is deleted: whatever he is an author or the creator of, and files he
 * uploaded, drafts of others' entries aside. Throws an input error for an heir who is none, or by someone who may not choose one.
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
  const heir = await stores.users.lock(heirId);
  if (heir === undefined) throw inputErrors({ transferContentTo: `There is no user with the ID ${heirId}.` });
  if (!canSignIn(heir)) {
    throw inputErrors({ transferContentTo: 'Choose a user whose account is active and not suspended.' });
  }
  await stores.entries.replaceAuthor(target.id, heirId);
  await stores.assets.replaceUploader(target.id, heirId);
}

/** Puts entries aside, as `entries/lifecycle/discard-entries.ts` does: rules of users know of none. */
export type DiscardEntries = (stores: Stores, ids: readonly number[]) => Promise<void>;

/**
 * Puts aside what only this user has written, where nobody gets it: such entries can be restored like other deleted ones. From
 * what he wrote with others he is taken off.
 */
export async function discardContent(
  { stores, target }: Managed,
  discardEntries: DiscardEntries,
): Promise<void> {
  const written = await stores.entries.byAuthor(target.id);
  const own = written.filter(({ isSole }) => isSole);
  await discardEntries(
    stores,
    own.map(({ id }) => id),
  );
  await stores.entries.replaceAuthor(target.id, null);
}

function canSignIn({ status, suspended }: User): boolean {
  return status === 'active' && !suspended;
}
