import type { AddressContent, AddressLines } from './address.ts';

/** The fields that a country may use or not, by libaddressinput's letters. A name and an organization can always be kept. */
export const FIELDS_OF_LETTER = {
  N: ['fullName'],
  O: ['organization'],
  A: ['addressLine1', 'addressLine2', 'addressLine3'],
  D: ['dependentLocality'],
  C: ['locality'],
  S: ['administrativeArea'],
  Z: ['postalCode'],
  X: ['sortingCode'],
} as const satisfies Record<string, ReadonlyArray<keyof AddressLines>>;

export type AddressLetter = keyof typeof FIELDS_OF_LETTER;
export type PostalField = (typeof FIELDS_OF_LETTER)[AddressLetter][number];

/** All fields of an address but its custom ones, by their names in requests and answers. */
export const NATIVE_FIELDS = [
  'title',
  'fullName',
  'firstName',
  'lastName',
  'countryCode',
  'administrativeArea',
  'locality',
  'dependentLocality',
  'postalCode',
  'sortingCode',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'organization',
  'organizationTaxId',
  'latitude',
  'longitude',
] as const satisfies ReadonlyArray<keyof AddressContent>;

export type NativeField = (typeof NATIVE_FIELDS)[number];

/** What a country may have no use for. A name and an organization belong to an address of any country. */
export const COUNTRY_FIELDS: readonly PostalField[] = (['A', 'D', 'C', 'S', 'Z', 'X'] as const).flatMap(
  (letter): readonly PostalField[] => FIELDS_OF_LETTER[letter],
);

/** The letters of a format, in its order. */
export function lettersOf(format: string): AddressLetter[] {
  return [...format.matchAll(/%([A-Z])/g)].map(([, letter]) => letter as AddressLetter);
}

/** The native fields of an address and nothing else that may be there. */
export function contentOf(address: AddressContent): AddressContent {
  return Object.fromEntries(
    NATIVE_FIELDS.map((field) => [field, address[field]]),
  ) as unknown as AddressContent;
}
