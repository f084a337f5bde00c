import { countryCodes, countryData } from './country-data.ts';

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly name: string;
}

/** Whether it is a code of a country, in capitals. */
export function isCountryCode(code: string): boolean {
  return countryData(code) !== undefined;
}

/** All countries, sorted by their names in the language of `locale`, English unless given. Throws a `RangeError` for no locale. */
export function countries(locale = 'en'): Country[] {
  const names = namesIn(locale);
  const { compare } = new Intl.Collator(locale);
  return countryCodes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
}

/** A country's name, English unless `locale` says otherwise. Throws a `RangeError` for no locale. */
export function countryName(code: string, locale = 'en'): string {
  return namesIn(locale).of(code) ?? code;
}

/** Whether it is a locale as BCP 47 writes them: `de-AT`. */
export function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

// Nearly every name is asked for in English, and making a table of names takes longer than all else here.
const english = new Intl.DisplayNames('en', { type: 'region' });

function namesIn(locale: string): Intl.DisplayNames {
  return locale === 'en' ? english : new Intl.DisplayNames([locale, 'en'], { type: 'region' });
}
