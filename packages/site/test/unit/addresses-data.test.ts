import { describe, expect, it } from 'vitest';
import { countries, countryName, isCountryCode, isLocale } from '../../src/addresses/countries.ts';
import { countryCodes } from '../../src/addresses/country-data.ts';
import { countryRules, type CountryRules } from '../../src/addresses/country-rules.ts';
import { postalCodeFault } from '../../src/addresses/postal-code.ts';
import { findSubdivision } from '../../src/addresses/subdivision.ts';

const all = countryCodes.map((code) => countryRules(code) as CountryRules);
const rulesOf = (code: string): CountryRules => countryRules(code) as CountryRules;

describe('the countries', () => {
  it('are those of ISO 3166-1, the Ascension Islands, Tristan da Cunha and Kosovo', () => {
    expect(countryCodes).toHaveLength(252);
    expect(countryCodes).toEqual(expect.arrayContaining(['AC', 'DE', 'KP', 'SY', 'TA', 'US', 'XK']));
    expect(countryCodes).not.toContain('ZZ');
  });

  it.each(['us', 'ZZ', 'UK', 'EU', '', 'USA', '__proto__', 'constructor'])('do not count %j', (code) => {
    expect(isCountryCode(code)).toBe(false);
    expect(countryRules(code)).toBeUndefined();
  });

  it('all have a name, in any language', () => {
    expect(countries().filter(({ code, name }) => name === code)).toEqual([]);
    expect(countryName('DE', 'fr')).toBe('Allemagne');
    expect(countries('sv').at(-1)).toEqual({ code: 'TL', name: 'Östtimor' });
  });

  it.each([
    ['de-AT', true],
    ['zh-Hant', true],
    ['not a locale', false],
    ['', false],
    ['../etc', false],
  ])('know whether %j is a locale: %j', (locale, expected) => {
    expect(isLocale(locale)).toBe(expected);
  });
});

describe('the rules of every country', () => {
  it('require a street and nothing that is not used', () => {
    for (const { code, used, required } of all) {
      expect(
        [...required].filter((field) => !used.has(field)),
        code,
      ).toEqual([]);
      expect([...required], code).toContain('addressLine1');
    }
  });

  it('take their own examples of postal codes', () => {
    for (const rules of all) {
      for (const example of rules.postalExamples)
        expect(postalCodeFault(example, rules, undefined), `${rules.code} ${example}`).toBeUndefined();
    }
  });

  it('tell their areas apart by every name they take', () => {
    for (const { code, subdivisions } of all) {
      for (const area of subdivisions) {
        for (const text of [area.code, area.key, area.name, area.latinName, ...area.otherNames]) {
          if (text !== null) expect(findSubdivision(subdivisions, text), `${code} ${text}`).toBe(area);
        }
      }
    }
  });
});

describe('an area', () => {
  it.each([
    ['US', 'CA', 'CA'],
    ['US', 'california', 'CA'],
    ['US', 'Armed Forces (AE)', 'AE'],
    ['CA', 'colombie-britannique', 'BC'],
    ['CA', 'quebec', 'QC'],
    ['JP', '13', '13'],
    ['JP', '東京都', '13'],
    ['JP', 'TOKYO', '13'],
    ['IE', 'Co. Dublin', 'D'],
    ['BR', 'Sao Paulo', 'SP'],
    ['ES', 'Barcelona', 'B'],
    ['HK', '九龍', 'Kowloon'],
    ['RU', 'Севастополь', 'Севастополь'],
  ])('of %s is found as %j and stored as %j', (country, text, code) => {
    expect(findSubdivision(rulesOf(country).subdivisions, text)?.code).toBe(code);
  });

  it.each([
    ['US', 'Narnia'],
    ['US', ''],
    ['CA', 'California'],
  ])('of %s is not found as %j', (country, text) => {
    expect(findSubdivision(rulesOf(country).subdivisions, text)).toBeUndefined();
  });
});

describe('required and used fields', () => {
  it.each([
    ['US', ['addressLine1', 'locality', 'administrativeArea', 'postalCode']],
    ['DE', ['addressLine1', 'locality', 'postalCode']],
    ['HK', ['addressLine1', 'administrativeArea']],
    ['SG', ['addressLine1', 'postalCode']],
    ['AO', ['addressLine1', 'locality']],
    // As commerceguys/addressing has it, not libaddressinput.
    ['MX', ['addressLine1', 'locality', 'administrativeArea', 'postalCode']],
    ['UA', ['addressLine1', 'locality', 'postalCode']],
  ])('of %s are %j', (code, required) => {
    expect([...rulesOf(code).required]).toEqual(required);
  });

  it('leave out what the country has no place for', () => {
    expect(rulesOf('DE').used.has('administrativeArea')).toBe(false);
    expect(rulesOf('SG').used.has('locality')).toBe(false);
    expect(rulesOf('GB').used.has('sortingCode')).toBe(false);
  });

  it.each([
    ['US', 'ZIP code', 'State', 'City'],
    ['IN', 'PIN code', 'State', 'City'],
    ['IE', 'Eircode', 'County', 'City'],
    ['GB', 'Postal code', 'Province', 'Post town'],
    ['JP', 'Postal code', 'Prefecture', 'City'],
  ])('are called in %s: %s, %s, %s', (code, postalCode, area, locality) => {
    const { label } = rulesOf(code);
    expect([label('postalCode'), label('administrativeArea'), label('locality')]).toEqual([
      postalCode,
      area,
      locality,
    ]);
  });
});
