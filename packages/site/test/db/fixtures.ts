import type { NewAddress } from '../../src/addresses/address.ts';
import type { NewUser } from '../../src/users/user.ts';

/** An active user, who is told apart by `name`. */
export function userNamed(name: string, more: Partial<NewUser> = {}): NewUser {
  return {
    email: `${name}@example.com`,
    username: name,
    status: 'active',
    verified: true,
    approved: true,
    ...more,
  };
}

export function addressOf(ownerId: number, more: Partial<NewAddress> = {}): NewAddress {
  return {
    ownerId,
    title: 'Home',
    countryCode: 'DE',
    administrativeArea: null,
    locality: 'München',
    dependentLocality: null,
    postalCode: '80331',
    sortingCode: null,
    addressLine1: 'Marienplatz 8',
    addressLine2: null,
    addressLine3: null,
    organization: null,
    organizationTaxId: null,
    fullName: 'Erika Mustermann',
    firstName: null,
    lastName: null,
    latitude: 48.137154,
    longitude: 11.576124,
    fields: {},
    ...more,
  };
}

/** Texts that would do harm if they were ever taken for SQL, or lost if they were taken for something else. */
export const HOSTILE = [
  "'); drop table users; --",
  `" or "1"="1`,
  "Robert'); delete from sessions where ('a'='a",
  '$1 ? :name @x %s {0}',
  '100% _under\\score\\',
  '/* comment */ -- dash',
  '🎟️ naïve Ωmega ｆｕｌｌ ١٢٣ \u202E',
  '  spaces\tand\r\nlines  ',
  '{"__proto__":{"admin":true}}',
];
