import type { Services } from '../services.ts';
import type { Address } from './address.ts';
import { lockAddress, type AddressEditor } from './own-address.ts';

/** Deletes an address and returns what it was. Throws `BAD_REQUEST` where there is none that the editor may delete. */
export function removeAddress(
  { database }: Pick<Services, 'database'>,
  id: number,
  editor: AddressEditor,
): Promise<Address> {
  return database.transaction(async (stores) => {
    const address = await lockAddress(stores, id, editor);
    await stores.addresses.delete(id);
    return address;
  });
}
