import { countryName, isCountryCode } from './countries.ts';
import type { CountryRules } from './country-rules.ts';
import type { PostalCodeFault } from './postal-code.ts';
import type { Subdivision } from './subdivision.ts';

/** What to say of a country code that is none. */
export function countryFault(code: string): string {
  const meant = code.trim().toUpperCase();
  return isCountryCode(meant)
    ? `Country must be written in capitals: ${meant}.`
    : 'Country must be the two letters of its ISO 3166-1 code, such as US or DE.';
}

/** What to say of a text that is no area of the country. */
export function areaFault(text: string, country: CountryRules): string {
  const [first] = country.subdivisions;
  const hint = first === undefined ? '' : ` For example: ${first.latinName ?? first.name}.`;
  const label = country.label('administrativeArea');
  return `${label} is not valid for ${countryName(country.code)}: “${shown(text)}”.${hint}`;
}

/** What to say of a postal code that belongs to no place of the country, or to none of the area. */
export function postalFault(
  text: string,
  fault: PostalCodeFault,
  country: CountryRules,
  area: Subdivision | undefined,
): string {
  const [example] = country.postalExamples;
  const hint = fault === 'country' && example !== undefined ? ` It looks like ${example}.` : '';
  const within = fault === 'subdivision' && area !== undefined ? `${area.latinName ?? area.name}, ` : '';
  const label = country.label('postalCode');
  return `${label} is not valid for ${within}${countryName(country.code)}: “${shown(text)}”.${hint}`;
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
