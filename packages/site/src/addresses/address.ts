import type { FieldValues } from '../fields/field.ts';

/** The lines of an address, by libaddressinput's names as Craft spells them. What a country does not use is null. */
export interface AddressLines {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly countryCode: string;
  /** The ISO 3166-2 part (`CA`, `ON`) where the country's data has one, else its name. */
  readonly administrativeArea: string | null;
  readonly locality: string | null;
  readonly dependentLocality: string | null;
  readonly postalCode: string | null;
  readonly sortingCode: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly addressLine3: string | null;
  readonly organization: string | null;
  readonly organizationTaxId: string | null;
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** What its owner writes of an address, its custom fields aside. */
export interface AddressContent extends AddressLines {
  /** The label its owner gave it: "Home". */
  readonly title: string | null;
}

/** An address of a user's address book. Times are epoch milliseconds. */
export interface Address extends AddressContent {
  readonly id: number;
  readonly uid: string;
  readonly ownerId: number;
  readonly fields: FieldValues;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewAddress = Omit<Address, 'id' | 'uid' | 'createdAt' | 'updatedAt'>;
export type AddressChanges = Partial<Omit<NewAddress, 'ownerId'>>;
