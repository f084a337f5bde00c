import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AddressContent } from '../../src/addresses/address.ts';
import { NATIVE_FIELDS } from '../../src/addresses/address-field.ts';
import { validateAddress, type AddressRules } from '../../src/addresses/validate-address.ts';

const EMPTY = Object.fromEntries(NATIVE_FIELDS.map((name) => [name, null])) as unknown as AddressContent;
const strict: AddressRules = { validation: 'strict', required: [] };
const craft: AddressRules = { validation: 'craft', required: [] };

const cupertino: AddressContent = {
  ...EMPTY,
  countryCode: 'US',
  addressLine1: '1 Infinite Loop',
  locality: 'Cupertino',
  administrativeArea: 'CA',
  postalCode: '95014',
};
const errorsOf = (changes: Partial<AddressContent>, rules = strict): Record<string, string[]> =>
  validateAddress({ ...cupertino, ...changes }, rules).errors as Record<string, string[]>;
const contentOf = (changes: Partial<AddressContent>, rules = strict): AddressContent =>
  validateAddress({ ...cupertino, ...changes }, rules).content;

describe('a whole address', () => {
  it('is stored as it is when nothing is wrong', () => {
    expect(validateAddress(cupertino, strict)).toEqual({ content: cupertino, errors: {} });
  });

  it('is trimmed, and blank texts are null', () => {
    expect(contentOf({ locality: '  Cupertino ', organization: '   ' })).toMatchObject({
      locality: 'Cupertino',
      organization: null,
    });
  });

  it.each([
    ['us', 'Country must be written in capitals: US.'],
    ['XX', 'Country must be the two letters of its ISO 3166-1 code, such as US or DE.'],
    ['ZZ', 'Country must be the two letters of its ISO 3166-1 code, such as US or DE.'],
    ['', 'Country must be the two letters of its ISO 3166-1 code, such as US or DE.'],
    ['__proto__', 'Country must be the two letters of its ISO 3166-1 code, such as US or DE.'],
  ])('in the country %j is refused: %s', (countryCode, message) => {
    expect(errorsOf({ countryCode })).toEqual({ countryCode: [message] });
  });

  it('needs what its country requires, by the names it is known by there', () => {
    expect(
      errorsOf({ postalCode: null, administrativeArea: ' ', locality: null, addressLine1: null }),
    ).toEqual({
      postalCode: ['ZIP code cannot be blank.'],
      administrativeArea: ['State cannot be blank.'],
      locality: ['City cannot be blank.'],
      addressLine1: ['Address line 1 cannot be blank.'],
    });
  });

  it('loses what its country does not use, but never a name or an organization', () => {
    const german = contentOf({
      countryCode: 'DE',
      postalCode: '10117',
      sortingCode: 'X1',
      dependentLocality: 'Mitte',
      organization: 'Bund',
      organizationTaxId: 'DE1',
      fullName: 'Ada King',
      latitude: 1,
      longitude: 2,
    });
    expect(german).toMatchObject({
      administrativeArea: null,
      sortingCode: null,
      dependentLocality: null,
      organization: 'Bund',
      organizationTaxId: 'DE1',
      fullName: 'Ada King',
      latitude: 1,
      longitude: 2,
    });
  });

  it('needs what the site requires, whatever the country', () => {
    const rules: AddressRules = {
      ...strict,
      required: ['title', 'organizationTaxId', 'latitude', 'fullName'],
    };
    expect(errorsOf({ latitude: 0, fullName: 'Ada' }, rules)).toEqual({
      title: ['Label cannot be blank.'],
      organizationTaxId: ['Organization tax ID cannot be blank.'],
    });
  });
});

describe('a postal code', () => {
  it.each([
    ['US', 'CA', '94043-1234'],
    ['US', 'CA', '94043 1234'],
    ['CA', 'ON', 'k1a 0b1'],
    ['GB', null, 'SW1A 1AA'],
    ['GB', null, 'sw1a1aa'],
    ['JP', 'Tokyo', '1000001'],
    ['JP', 'Tokyo', '100-0001'],
    ['NL', null, '1012 ab'],
    // Hong Kong and Taiwan within China have codes of their own forms.
    ['CN', '香港', '999077'],
    ['CN', '台湾', '104'],
  ])('of %s, %s may be %s', (countryCode, administrativeArea, postalCode) => {
    expect(errorsOf({ countryCode, administrativeArea, postalCode })['postalCode']).toBeUndefined();
  });

  it.each([
    ['US', 'CA', '94043-12', 'ZIP code is not valid for United States: “94043-12”. It looks like 95014.'],
    ['US', 'CA', '940 43', 'ZIP code is not valid for United States: “940 43”. It looks like 95014.'],
    ['US', 'CA', '10001', 'ZIP code is not valid for California, United States: “10001”.'],
    [
      'US',
      'CA',
      '95014\u0663',
      'ZIP code is not valid for United States: “95014\u0663”. It looks like 95014.',
    ],
    ['DE', null, '1011', 'Postal code is not valid for Germany: “1011”. It looks like 26133.'],
    ['IN', 'GA', '40300', 'PIN code is not valid for India: “40300”. It looks like 110034.'],
    ['JP', 'Osaka', '100-0001', 'Postal code is not valid for Osaka, Japan: “100-0001”.'],
    ['CN', '香港', '100000', 'Postal code is not valid for Hong Kong, China: “100000”.'],
  ])('of %s, %s must not be %j', (countryCode, administrativeArea, postalCode, message) => {
    expect(errorsOf({ countryCode, administrativeArea, postalCode })['postalCode']).toEqual([message]);
  });

  it('is any text where a country has no pattern, and is not looked at in craft mode', () => {
    expect(errorsOf({ postalCode: 'anything' }, craft)).toEqual({});
    expect(contentOf({ countryCode: 'AO', postalCode: 'anything' }).postalCode).toBeNull();
  });

  it('is not echoed at length', () => {
    expect(errorsOf({ postalCode: '9'.repeat(200) })['postalCode']?.[0]?.length).toBeLessThan(120);
  });
});

describe('an area', () => {
  it.each([
    ['california', 'CA'],
    ['ca', 'CA'],
    ['California', 'CA'],
  ])('is stored by its code: %s as %s', (administrativeArea, stored) => {
    expect(contentOf({ administrativeArea }).administrativeArea).toBe(stored);
    expect(contentOf({ administrativeArea }, craft).administrativeArea).toBe(stored);
  });

  it('must be one of the country', () => {
    expect(errorsOf({ administrativeArea: 'Narnia' })).toEqual({
      administrativeArea: ['State is not valid for United States: “Narnia”. For example: Alabama.'],
    });
    expect(errorsOf({ administrativeArea: 'Narnia' }, craft)).toEqual({});
    expect(contentOf({ administrativeArea: 'Narnia' }, craft).administrativeArea).toBe('Narnia');
  });

  it('is any text where the country’s data names none', () => {
    const tashkent = { countryCode: 'UZ', administrativeArea: 'Anywhere', postalCode: null };
    expect(errorsOf(tashkent)).toEqual({});
  });

  it('may ask for less than its country does', () => {
    const macao = { countryCode: 'CN', administrativeArea: '澳门', locality: null, postalCode: null };
    expect(errorsOf(macao)).toEqual({});
    expect(Object.keys(errorsOf({ ...macao, administrativeArea: '北京市' }))).toEqual([
      'locality',
      'postalCode',
    ]);
  });
});

describe('a line', () => {
  it('has at most 255 characters', () => {
    expect(errorsOf({ addressLine1: '😀'.repeat(255), title: 'x'.repeat(256) })).toEqual({
      title: ['Label should contain at most 255 characters.'],
    });
  });

  it.each([['a\nb'], ['a\r\nb'], ['a\0b'], ['\ud800'], ['a\u0085b']])('cannot hold %j', (organization) => {
    expect(errorsOf({ organization })).toEqual({
      organization: ['Organization must be a single line of text.'],
    });
  });

  it('is not judged where the country does not use it', () => {
    expect(errorsOf({ sortingCode: 'x'.repeat(300) })).toEqual({});
  });
});

describe('a position', () => {
  it.each([
    [{ latitude: 90, longitude: -180 }, []],
    [{ latitude: -90.0001 }, ['latitude']],
    [{ longitude: 180.5 }, ['longitude']],
    [{ latitude: Number.NaN, longitude: Infinity }, ['latitude', 'longitude']],
  ])('%j has errors at %j', (position, fields) => {
    expect(Object.keys(errorsOf(position))).toEqual(fields);
  });
});

it('never throws, whatever the texts', () => {
  const text = fc.option(fc.string({ unit: 'binary' }));
  const record = Object.fromEntries(NATIVE_FIELDS.map((name) => [name, text]));
  const country = fc.oneof(fc.constantFrom('US', 'CN', 'JP', 'GB', 'ES', 'BR'), fc.string());
  fc.assert(
    fc.property(
      fc.record({ ...record, countryCode: country, latitude: fc.option(fc.double()) }),
      (posted) => {
        const given = { ...EMPTY, ...posted, longitude: null } as AddressContent;
        const { content, errors } = validateAddress(given, strict);
        expect(Object.keys(content).sort()).toEqual([...NATIVE_FIELDS].sort());
        // What is stored is judged the same again.
        if (Object.keys(errors).length === 0)
          expect(validateAddress(content, strict)).toEqual({ content, errors: {} });
      },
    ),
  );
});
