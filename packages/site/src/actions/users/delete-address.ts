import { defineAction } from 'portico';
import { z } from 'zod';
import { addressView } from '../../addresses/address-view.ts';
import { removeAddress } from '../../addresses/delete-address.ts';
import type { Services } from '../../services.ts';
import { can, currentUser } from '../../users/current-user.ts';

/** `POST users/delete-address`: deletes an address of one's own, or with `editUsers` of another user, and answers with it. */
export const deleteAddress = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ addressId: z.int({ error: 'Say which address: its ID.' }) }),
    model: 'address',
    messages: { success: 'Address deleted.', failure: 'Couldn’t delete address.' },
    async handler({ addressId }, ctx) {
      const editor = { user: currentUser(ctx), mayEditUsers: can(ctx, 'editUsers') };
      return { address: addressView(await removeAddress(services, addressId, editor), services.settings) };
    },
  });
