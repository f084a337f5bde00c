import type { CountryRules } from './country-rules.ts';
import type { Subdivision } from './subdivision.ts';

/** What is wrong with a postal code: it is none of the country's, or none of the area's. */
export type PostalCodeFault = 'country' | 'subdivision';

/** Judges a postal code of a country and, where it is known, of an area. Whatever the case of its letters. */
export function postalCodeFault(
  postalCode: string,
  rules: CountryRules,
  subdivision: Subdivision | undefined,
): PostalCodeFault | undefined {
  // Hong Kong in an address of China has codes that are none of China's: such a pattern takes the place of the country's.
  const own = subdivision?.postalPattern;
  if (own) return own.test(postalCode) ? undefined : 'subdivision';
  if (rules.postalPattern !== null && !rules.postalPattern.test(postalCode)) return 'country';
  const start = subdivision?.postalStart;
  return start && !start.test(postalCode) ? 'subdivision' : undefined;
}
