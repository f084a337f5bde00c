import type { Settings } from '../config.ts';
import { completeFields } from '../fields/apply-fields.ts';
import type { FieldValues } from '../fields/field.ts';
import type { Address, AddressContent } from './address.ts';
import { contentOf } from './address-field.ts';
import { formatAddress } from './format-address.ts';

/** What leaves the server of an address, to its owner and to who may edit its owner. Nobody else is given one. */
export interface AddressView extends AddressContent {
  readonly id: number;
  readonly uid: string;
  readonly ownerId: number;
  /** Every field that the configuration has. */
  readonly fields: FieldValues;
  /** As an envelope has it, with the country's name in English. */
  readonly lines: readonly string[];
  /** ISO 8601. */
  readonly dateCreated: string;
  readonly dateUpdated: string;
}

/** An address by allow-list: what is added to the model stays on the server until it is named here. */
export function addressView(address: Address, settings: Pick<Settings, 'addresses'>): AddressView {
  return {
    id: address.id,
    uid: address.uid,
    ownerId: address.ownerId,
    ...contentOf(address),
    fields: completeFields(settings.addresses.fields, address.fields),
    lines: formatAddress(address),
    dateCreated: new Date(address.createdAt).toISOString(),
    dateUpdated: new Date(address.updatedAt).toISOString(),
  };
}
