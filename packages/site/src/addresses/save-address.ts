import { ActionError } from 'portico';
import type { Settings } from '../config.ts';
import type { Stores } from '../database.ts';
import { applyFields, initialFields } from '../fields/apply-fields.ts';
import { circumstances } from '../fields/circumstances.ts';
import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { personName } from '../users/person-name.ts';
import type { Address, AddressContent } from './address.ts';
import { contentOf, NATIVE_FIELDS } from './address-field.ts';
import { lockAddress, lockOwner, requireBook, type AddressEditor } from './own-address.ts';
import { validateAddress } from './validate-address.ts';

/** What was posted of an address: what is undefined or left out was not sent and stays as it is, null clears. */
type PostedAddress = {
  readonly [Field in keyof AddressContent]?: AddressContent[Field] | null | undefined;
};

export interface SaveAddress {
  readonly editor: AddressEditor;
  /** Null makes a new one. */
  readonly addressId: number | null;
  readonly ownerId: number;
  readonly content: PostedAddress;
  /** What was posted for custom fields. */
  readonly fields: unknown;
  /** Errors of custom fields by handle → by the names under which they were sent. */
  readonly nameErrors: (errors: Readonly<Record<string, string[]>>) => Record<string, readonly string[]>;
}

/**
 * Makes or changes an address of a user's book. What was not sent is read while nobody else can change it, and the rules
 * judge the whole: two tabs undo nothing of each other. Throws input errors, also where the book is full, `FORBIDDEN` for the
 * book of a user whom the editor may not edit, `BAD_REQUEST` for an address that is not in this book.
 */
export async function storeAddress(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
  save: SaveAddress,
): Promise<Address> {
  const { database, settings, now } = services;
  const { ownerId } = save;
  requireBook(ownerId, save.editor);
  return database.transaction(async (stores) => {
    const layout = settings.addresses.fields;
    const former = await formerAddress(stores, save);
    const base = former ?? { ...EMPTY, countryCode: settings.defaultCountryCode };
    const { content, errors } = validateAddress(merged(base, save.content), settings.addresses);
    const fields = applyFields(layout, save.fields, former?.fields ?? initialFields(layout), {
      ...circumstances(services),
      checkRequired: true,
    });
    const found = { ...errors, ...save.nameErrors(fields.errors) };
    const full = former === undefined ? await fullBook(stores, ownerId, settings.addresses) : [];
    if (Object.keys(found).length + full.length > 0) throw inputErrors(found, full);
    const changes = { ...content, fields: fields.values };
    return former === undefined
      ? stores.addresses.insert({ ...changes, ownerId }, now())
      : stores.addresses.update(former.id, changes, now());
  });
}

/** Why the book, whose owner is locked, takes no further address: one sentence, or none. */
async function fullBook(
  { addresses }: Pick<Stores, 'addresses'>,
  ownerId: number,
  { maxPerUser }: Settings['addresses'],
): Promise<readonly string[]> {
  if ((await addresses.count(ownerId)) < maxPerUser) return [];
  return [`This address book is full: it holds at most ${maxPerUser} addresses. Delete one to add another.`];
}

async function formerAddress(
  stores: Stores,
  { addressId, ownerId, editor }: SaveAddress,
): Promise<Address | undefined> {
  if (addressId === null) {
    await lockOwner(stores, ownerId, editor);
    return undefined;
  }
  const address = await lockAddress(stores, addressId, editor);
  if (address.ownerId === ownerId) return address;
  throw new ActionError({
    code: 'BAD_REQUEST',
    message: `Address ${addressId} is not owned by user ${ownerId}`,
  });
}

function merged(base: AddressContent, posted: PostedAddress): AddressContent {
  const sent = NATIVE_FIELDS.filter((field) => posted[field] !== undefined);
  return {
    ...contentOf(base),
    ...Object.fromEntries(sent.map((field) => [field, posted[field]])),
    // An address is always in some country: none is no change.
    countryCode: posted.countryCode || base.countryCode,
    ...personName(posted, base),
  };
}

const EMPTY = Object.fromEntries(NATIVE_FIELDS.map((field) => [field, null])) as unknown as AddressContent;
