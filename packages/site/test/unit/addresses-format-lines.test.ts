import { describe, expect, it } from 'vitest';
import type { Address, AddressContent } from '../../src/addresses/address.ts';
import { addressForm, type AddressFormField } from '../../src/addresses/address-form.ts';
import { NATIVE_FIELDS } from '../../src/addresses/address-field.ts';
import { addressView } from '../../src/addresses/address-view.ts';
import { countryRules, type CountryRules } from '../../src/addresses/country-rules.ts';
import { formatAddress, formatAddressHtml } from '../../src/addresses/format-address.ts';
import { settingsSchema } from '../../src/config.ts';
import { field } from '../../src/fields/define.ts';

const EMPTY = Object.fromEntries(NATIVE_FIELDS.map((name) => [name, null])) as unknown as AddressContent;
const cupertino: AddressContent = {
  ...EMPTY,
  fullName: 'Ada King',
  organization: 'Engines & Co',
  countryCode: 'US',
  addressLine1: '1 Infinite Loop',
  addressLine2: 'Suite 2',
  locality: 'Cupertino',
  administrativeArea: 'CA',
  postalCode: '95014',
};
const tokyo: AddressContent = {
  ...EMPTY,
  fullName: '山田太郎',
  countryCode: 'JP',
  addressLine1: '千代田区千代田1-1',
  administrativeArea: '13',
  postalCode: '100-0001',
};

describe('formatAddress', () => {
  it('writes lines as the country does', () => {
    expect(formatAddress(cupertino)).toEqual([
      'Ada King',
      'Engines & Co',
      '1 Infinite Loop',
      'Suite 2',
      'Cupertino, CA 95014',
      'United States',
    ]);
  });

  it.each([
    ['a city', { locality: null }, 'CA 95014'],
    ['a state', { administrativeArea: null }, 'Cupertino 95014'],
    ['a postal code', { postalCode: null }, 'Cupertino, CA'],
    ['anything', { locality: null, administrativeArea: null, postalCode: null }, 'Suite 2'],
  ])('leaves no comma over without %s', (_what, changes, line) => {
    expect(formatAddress({ ...cupertino, ...changes }, { country: false }).at(-1)).toBe(line);
  });

  it('leaves a prefix out with its postal code', () => {
    const zurich = { ...EMPTY, countryCode: 'CH', addressLine1: 'Bahnhofstrasse 1', locality: 'Zürich' };
    expect(formatAddress(zurich)).toEqual(['Bahnhofstrasse 1', 'Zürich', 'Switzerland']);
    expect(formatAddress({ ...zurich, postalCode: '8001' })[1]).toBe('CH-8001 Zürich');
  });

  it('follows the letters an address is written in', () => {
    expect(formatAddress(tokyo)).toEqual(['Japan', '〒100-0001', '東京都', '千代田区千代田1-1', '山田太郎']);
    expect(formatAddress({ ...tokyo, addressLine1: '1-1 Chiyoda', fullName: 'Taro Yamada' })).toEqual([
      'Taro Yamada',
      '1-1 Chiyoda, Tokyo',
      '100-0001',
      'Japan',
    ]);
  });

  it('can be told which letters, and the language of the country', () => {
    expect(formatAddress(tokyo, { script: 'latin', country: 'ja' })).toEqual([
      '山田太郎',
      '千代田区千代田1-1, Tokyo',
      '100-0001',
      '日本',
    ]);
  });

  it('writes capitals where the post wants them', () => {
    expect(formatAddress(cupertino, { postalLabel: true }).slice(-2)).toEqual([
      'CUPERTINO, CA 95014',
      'UNITED STATES',
    ]);
    const london = { ...EMPTY, countryCode: 'GB', locality: 'London', postalCode: 'sw1a 1aa' };
    expect(formatAddress(london, { postalLabel: true })).toEqual(['LONDON', 'SW1A 1AA', 'UNITED KINGDOM']);
  });

  it('shows the area as an envelope does', () => {
    const barcelona = {
      ...EMPTY,
      countryCode: 'ES',
      locality: 'Sitges',
      administrativeArea: 'B',
      postalCode: '08870',
    };
    expect(formatAddress(barcelona, { country: false })).toEqual(['08870 Sitges Barcelona']);
    const dublin = { ...EMPTY, countryCode: 'IE', locality: 'Swords', administrativeArea: 'D' };
    expect(formatAddress(dublin, { country: false })).toEqual(['Swords', 'Co. Dublin']);
    const kowloon = { ...EMPTY, countryCode: 'HK', addressLine1: '彌敦道1號', administrativeArea: 'Kowloon' };
    expect(formatAddress(kowloon, { country: false })).toEqual(['九龍', '彌敦道1號']);
    expect(formatAddress(kowloon, { country: false, script: 'latin' })).toEqual(['彌敦道1號', 'Kowloon']);
  });

  it('writes what it can of a country that there is none of', () => {
    expect(formatAddress({ ...cupertino, countryCode: 'ZZ' }, { country: false })).toEqual([
      'Ada King',
      'Engines & Co',
      '1 Infinite Loop',
      'Suite 2',
      'Cupertino',
    ]);
  });

  it('escapes each line in HTML', () => {
    const hostile = {
      ...EMPTY,
      countryCode: 'US',
      fullName: '<img src=x onerror=alert(1)>',
      locality: '"A" & B',
    };
    expect(formatAddressHtml(hostile, { country: false }).toString()).toBe(
      '&lt;img src=x onerror=alert(1)&gt;<br />&quot;A&quot; &amp; B',
    );
  });
});

it('shows of an address what is named, and nothing that is added to it', () => {
  const address: Address & { secret: string } = {
    ...cupertino,
    id: 3,
    uid: 'u-3',
    ownerId: 7,
    fields: { note: 'Ring twice' },
    createdAt: 0,
    updatedAt: 86_400_000,
    secret: 'not for anybody',
  };
  expect(
    addressView(address, settingsSchema.parse({ addresses: { fields: { bell: field.text() } } })),
  ).toEqual({
    ...cupertino,
    id: 3,
    uid: 'u-3',
    ownerId: 7,
    fields: { bell: null, note: 'Ring twice' },
    lines: formatAddress(cupertino),
    dateCreated: '1970-01-01T00:00:00.000Z',
    dateUpdated: '1970-01-02T00:00:00.000Z',
  });
});

describe('the form of an address', () => {
  const form = (code: string, options: Partial<Parameters<typeof addressForm>[1]> = {}): AddressFormField[] =>
    addressForm(countryRules(code) as CountryRules, {
      locale: 'en',
      required: [],
      firstAndLastName: false,
      ...options,
    });
  const names = (fields: readonly AddressFormField[]): string[] => fields.map(({ name }) => name);

  it('has the fields of the country in their order', () => {
    expect(names(form('US'))).toEqual([
      'fullName',
      'organization',
      'addressLine1',
      'addressLine2',
      'addressLine3',
      'locality',
      'administrativeArea',
      'postalCode',
    ]);
  });

  it('has them in the country’s own order for those who speak its language', () => {
    expect(names(form('JP', { locale: 'ja-JP' })).slice(0, 2)).toEqual(['postalCode', 'administrativeArea']);
    expect(names(form('JP')).slice(0, 2)).toEqual(['fullName', 'organization']);
  });

  it('names no field twice', () => {
    expect(names(form('CI')).filter((name) => name === 'sortingCode')).toHaveLength(1);
  });

  it('has what the site asks for beside', () => {
    const fields = form('DE', { firstAndLastName: true, required: ['latitude', 'organization'] });
    expect(names(fields)).toEqual(expect.arrayContaining(['firstName', 'lastName', 'latitude']));
    expect(names(fields)).not.toContain('fullName');
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'organization',
      'addressLine1',
      'postalCode',
      'locality',
      'latitude',
    ]);
  });

  it('says what there is to know of each', () => {
    const fields = form('US');
    expect(fields.find(({ name }) => name === 'postalCode')).toEqual({
      name: 'postalCode',
      label: 'ZIP code',
      labelType: 'zip',
      required: true,
      autocomplete: 'postal-code',
      options: null,
      pattern: String.raw`(\d{5})(?:[ \-](\d{4}))?`,
      example: '95014',
    });
    const states = fields.find(({ name }) => name === 'administrativeArea')?.options;
    expect(states).toHaveLength(62);
    expect(states?.[0]).toEqual({ value: 'AL', iso: 'AL', name: 'Alabama', latinName: null });
    expect(states?.find(({ value }) => value === 'AE')?.iso).toBeNull();
  });
});
