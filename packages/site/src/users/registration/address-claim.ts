import type { Settings } from '../../config.ts';
import type { Beginning } from '../account-state.ts';
import type { UserStore } from '../user-store.ts';
import type { User } from '../user.ts';

/**
 * What the address that a guest registers with already stands for.
 * - `free`: nothing, or closed accounts that stay closed: the guest gets an account of their own
 * - `taken`: an active or pending account
 * - `waiting`: an account that still waits for an administrator to let it in
 * - `reclaimable`: an account that nobody ever used
 */
export type AddressClaim =
  | { readonly kind: 'free' | 'waiting' }
  | { readonly kind: 'taken' | 'reclaimable'; readonly owner: User };

/**
 * Craft hands an inactive account with this address, and all that is in it, to whoever registers. Typing an address proves
 * nothing, so here nothing of such an account is shown or changed before the code of a mail to it was used; and only an
 * account that nobody ever used is handed over at all (made by an import or an administrator, without password or rights).
 * One that was closed stays closed. Where the settings have no mail sent, nobody could prove anything, and a separate
 * account is made: inactive accounts may share an address with one that counts.
 */
export async function addressClaim(
  users: Pick<UserStore, 'findByEmail'>,
  settings: Pick<Settings, 'users'>,
  email: string,
  beginning: Beginning,
): Promise<AddressClaim> {
  const owner = await users.findByEmail(email);
  if (!owner) return { kind: 'free' };
  if (owner.status !== 'inactive') return { kind: 'taken', owner };
  if (!beginning.state.approved) return { kind: isWaiting(owner) ? 'waiting' : 'free' };
  // A mail about a password to set proves nothing where the account is open already.
  const isProved = !beginning.state.verified && beginning.link !== null;
  return isProved && isReclaimable(owner, settings) ? { kind: 'reclaimable', owner } : { kind: 'free' };
}

/** Whether whoever proves to own its address may have this account. */
export function isReclaimable(user: User, settings: Pick<Settings, 'users'>): boolean {
  const { defaultGroup } = settings.users;
  return (
    user.status === 'inactive' &&
    user.passwordHash === null &&
    user.lastLoginAt === null &&
    !user.suspended &&
    !user.admin &&
    user.permissions.length === 0 &&
    user.groups.every((group) => group === defaultGroup)
  );
}

/** Registered and never let in. Registering once more makes no second one for the administrator to wonder at. */
function isWaiting(user: User): boolean {
  return !user.approved && user.lastLoginAt === null && !user.suspended;
}
