import { ActionError } from 'portico';
import type { Stores } from '../database.ts';
import type { User } from '../users/user.ts';
import type { Address } from './address.ts';

/** Who acts on address books. */
export interface AddressEditor {
  readonly user: User;
  /** Whether other users' books are open to them too. */
  readonly mayEditUsers: boolean;
}

/** Refuses the book of another user, before anything is asked of the database: `FORBIDDEN`, whether there is such a user or not. */
export function requireBook(ownerId: number, { user, mayEditUsers }: AddressEditor): void {
  if (ownerId !== user.id && !mayEditUsers) {
    throw new ActionError({ code: 'FORBIDDEN', message: 'You may not edit the addresses of this user.' });
  }
}

/**
 * Locks the owner of a book, so that no address is left behind by a user who goes at this moment. Throws `BAD_REQUEST` where
 * there is none, `FORBIDDEN` for an administrator's book, which only administrators touch.
 */
export async function lockOwner(stores: Stores, ownerId: number, { user }: AddressEditor): Promise<void> {
  const owner = await stores.users.lock(ownerId);
  if (owner === undefined) {
    throw new ActionError({ code: 'BAD_REQUEST', message: `Invalid user ID: ${ownerId}` });
  }
  if (owner.admin && !user.admin && owner.id !== user.id) {
    throw new ActionError({
      code: 'FORBIDDEN',
      message: 'Only an administrator may edit the addresses of an administrator.',
    });
  }
}

/**
 * Locks an address that the editor may write. Throws `BAD_REQUEST` where there is none, and the very same for one of a
 * stranger: who may not see it must not learn that it exists.
 */
export async function lockAddress(stores: Stores, id: number, editor: AddressEditor): Promise<Address> {
  const address = await stores.addresses.find(id);
  const isOpen = address !== undefined && (address.ownerId === editor.user.id || editor.mayEditUsers);
  // The owner first, as whoever deletes a user with the whole book does: in another order, two could wait for each other.
  if (isOpen) await lockOwner(stores, address.ownerId, editor);
  const locked = isOpen ? await stores.addresses.lock(id) : undefined;
  if (locked !== undefined) return locked;
  throw new ActionError({ code: 'BAD_REQUEST', message: `Invalid address ID: ${id}` });
}
