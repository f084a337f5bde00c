import { defineAction } from 'portico';
import { z } from 'zod';
import { NATIVE_FIELDS } from '../../addresses/address-field.ts';
import { addressView } from '../../addresses/address-view.ts';
import { storeAddress } from '../../addresses/save-address.ts';
import { fieldErrors, postedFields } from '../../fields/posted-fields.ts';
import type { Services } from '../../services.ts';
import { can, currentUser } from '../../users/current-user.ts';

const text = z.string().nullish();
const id = z.int().nullish();

// Loose only for `fieldsLocation`, which may name any place: what is not named here is never used but for custom fields.
const input = z.looseObject({
  addressId: id,
  userId: id,
  title: text,
  fullName: text,
  firstName: text,
  lastName: text,
  countryCode: text,
  administrativeArea: text,
  locality: text,
  dependentLocality: text,
  postalCode: text,
  sortingCode: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  organization: text,
  organizationTaxId: text,
  latitude: z.number().nullish(),
  longitude: z.number().nullish(),
  fieldsLocation: text,
  fields: z.unknown().optional(),
});

const ownNames: ReadonlySet<string> = new Set([...Object.keys(input.shape), ...NATIVE_FIELDS]);

/**
 * `POST users/save-address`: makes an address in the book of `userId`, oneself unless sent, or changes the one of `addressId`.
 * Another user's book takes `editUsers`. Only what is sent changes; an empty `countryCode` changes nothing.
 */
export const saveAddress = (services: Services) =>
  defineAction({
    accept: 'any',
    once: true,
    access: 'user',
    input,
    // Their layout judges them, and names what it refuses.
    decode: { fields: 'unknown' },
    model: 'address',
    messages: { success: 'Address saved.', failure: 'Couldn’t save address.' },
    async handler(posted, ctx) {
      const user = currentUser(ctx);
      const address = await storeAddress(services, {
        editor: { user, mayEditUsers: can(ctx, 'editUsers') },
        addressId: posted.addressId ?? null,
        ownerId: posted.userId ?? user.id,
        content: posted,
        fields: postedFields(posted, ownNames, services.settings.addresses.fields),
        nameErrors: (errors) => fieldErrors(posted, errors),
      });
      return { address: addressView(address, services.settings) };
    },
  });
