import { html, type SafeHtml } from 'portico/html';
import type { AddressLines } from './address.ts';
import { FIELDS_OF_LETTER, type AddressLetter } from './address-field.ts';
import { countryName } from './countries.ts';
import { genericCountry } from './country-data.ts';
import { countryRules, type CountryRules } from './country-rules.ts';
import { AREAS_SHOWN_BY_NAME } from './overrides.ts';
import { findSubdivision } from './subdivision.ts';

export interface FormatOptions {
  /**
   * `local`: in the country's own language and order. `latin`: for the rest of the world. Default: as the address itself is
   * written.
   */
  readonly script?: 'local' | 'latin';
  /** The language of the country's name; `false` leaves the country out. Default: English. */
  readonly country?: string | false;
  /** For an envelope: what the country's post wants in capitals, and the country itself, are in capitals. */
  readonly postalLabel?: boolean;
}

/** The lines of an address as its country writes them. Blank ones are left out. */
export function formatAddress(address: AddressLines, options: FormatOptions = {}): string[] {
  const { country: locale = 'en', postalLabel = false } = options;
  const rules = countryRules(address.countryCode);
  const script = options.script ?? (isLatin(address) ? 'latin' : 'local');
  const localFormat = rules?.localFormat ?? genericCountry.format;
  const format = script === 'local' ? localFormat : (rules?.latinFormat ?? localFormat);
  const upper = postalLabel ? (rules?.data.upper ?? genericCountry.upper) : '';
  const valueOf = (letter: AddressLetter): string => {
    const value = valueOfLetter(address, letter, rules, script);
    return upper.includes(letter) ? value.toUpperCase() : value;
  };
  const lines = format.split('%n').flatMap((line) => filled(line, valueOf).split('\n'));
  if (locale !== false) {
    const name = countryName(address.countryCode, locale);
    const country = postalLabel ? name.toUpperCase() : name;
    // Where the name comes last, the largest comes first.
    if (format.indexOf('%N') > format.indexOf('%A')) lines.unshift(country);
    else lines.push(country);
  }
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

/** The same as HTML: escaped, with `<br>` between the lines. */
export function formatAddressHtml(address: AddressLines, options: FormatOptions = {}): SafeHtml {
  const lines = formatAddress(address, options);
  return html`${lines.map((line, index) => (index === 0 ? html`${line}` : html`<br />${line}`))}`;
}

/**
 * One line of a format with its values. As libaddressinput does it, a text of the format stays only where a value follows,
 * and after a field only where a value stands before it: no comma is left over, and no prefix without its postal code.
 */
function filled(line: string, valueOf: (letter: AddressLetter) => string): string {
  const parts = line.split(/(%[A-Z])/).filter((part) => part !== '');
  const values = parts.map((part) => (isField(part) ? valueOf(part[1] as AddressLetter) : part));
  let text = '';
  let endsWithField = false;
  for (const [index, value] of values.entries()) {
    if (value === '') continue;
    const isValue = isField(parts[index]);
    const leadsToNothing = isField(parts[index + 1]) && values[index + 1] === '';
    const followsNothing = isField(parts[index - 1]) && !endsWithField;
    if (!isValue && (leadsToNothing || followsNothing)) continue;
    text += value;
    endsWithField = isValue;
  }
  return text;
}

function isField(part: string | undefined): boolean {
  return part !== undefined && /^%[A-Z]$/.test(part);
}

function valueOfLetter(
  address: AddressLines,
  letter: AddressLetter,
  rules: CountryRules | undefined,
  script: 'local' | 'latin',
): string {
  if (letter === 'S') return areaOf(address, rules, script);
  const values = FIELDS_OF_LETTER[letter].map((field) => address[field]);
  return values.filter((value) => value !== null).join('\n');
}

function areaOf(
  { administrativeArea }: AddressLines,
  rules: CountryRules | undefined,
  script: 'local' | 'latin',
): string {
  if (administrativeArea === null) return '';
  const area = findSubdivision(rules?.subdivisions ?? [], administrativeArea);
  if (area === undefined) return administrativeArea;
  const { key, name, latinName } = area;
  if (script === 'local') return AREAS_SHOWN_BY_NAME.has(rules?.code ?? '') ? name : key;
  return latinName ?? (isLatinText(name) && AREAS_SHOWN_BY_NAME.has(rules?.code ?? '') ? name : key);
}

function isLatin(address: AddressLines): boolean {
  const { addressLine1, addressLine2, locality, dependentLocality } = address;
  return [addressLine1, addressLine2, locality, dependentLocality].every((text) => isLatinText(text ?? ''));
}

function isLatinText(text: string): boolean {
  return !/[\p{L}--\p{Script=Latin}]/v.test(text);
}
