import type { AddressContent } from './address.ts';
import { areaFault, countryFault, postalFault } from './address-faults.ts';
import { COUNTRY_FIELDS, type NativeField } from './address-field.ts';
import { checkText } from './address-text.ts';
import { countryRules, requiredIn, type CountryRules } from './country-rules.ts';
import { addressLabel } from './field-labels.ts';
import { postalCodeFault } from './postal-code.ts';
import { findSubdivision } from './subdivision.ts';

export interface AddressRules {
  /** `strict` checks postal codes and administrative areas too, `craft` required and used fields only. */
  readonly validation: 'strict' | 'craft';
  /** Fields that are required whatever the country. */
  readonly required: readonly NativeField[];
}

export interface ValidatedAddress {
  /** As it is to be stored: trimmed, without what the country does not use, its area by code. */
  readonly content: AddressContent;
  /** By field; empty when it may be stored. */
  readonly errors: Readonly<Record<string, string[]>>;
}

type Report = (field: NativeField, message: string) => void;

/** Judges a whole address by the rules of its country. Never throws. */
export function validateAddress(address: AddressContent, rules: AddressRules): ValidatedAddress {
  const errors = new Map<string, string[]>();
  const report: Report = (field, message) => {
    if (!errors.has(field)) errors.set(field, [message]);
  };
  const country = countryRules(address.countryCode);
  const labelOf = (field: NativeField): string => country?.label(field) ?? addressLabel(field, {});
  if (country === undefined) report('countryCode', countryFault(address.countryCode));
  const kept = country === undefined ? address : withoutUnused(address, country);
  const text = checkText(kept, labelOf, report);
  checkPosition(text, report);
  const content = country === undefined ? text : checkByCountry(text, country, rules, report);
  for (const field of rules.required) {
    if (content[field] === null) report(field, `${labelOf(field)} cannot be blank.`);
  }
  return { content, errors: Object.fromEntries(errors) };
}

function withoutUnused(address: AddressContent, { used }: CountryRules): AddressContent {
  const unused = COUNTRY_FIELDS.filter((field) => !used.has(field));
  return { ...address, ...Object.fromEntries(unused.map((field) => [field, null])) };
}

function checkByCountry(
  address: AddressContent,
  country: CountryRules,
  { validation }: AddressRules,
  report: Report,
): AddressContent {
  const { administrativeArea, postalCode } = address;
  const area =
    administrativeArea === null ? undefined : findSubdivision(country.subdivisions, administrativeArea);
  for (const field of requiredIn(country, area)) {
    if (address[field] === null) report(field, `${country.label(field)} cannot be blank.`);
  }
  if (validation === 'strict') {
    if (administrativeArea !== null && area === undefined && country.subdivisions.length > 0)
      report('administrativeArea', areaFault(administrativeArea, country));
    const fault = postalCode === null ? undefined : postalCodeFault(postalCode, country, area);
    if (fault !== undefined) report('postalCode', postalFault(postalCode ?? '', fault, country, area));
  }
  return area === undefined ? address : { ...address, administrativeArea: area.code };
}

function checkPosition({ latitude, longitude }: AddressContent, report: Report): void {
  if (latitude !== null && !(Math.abs(latitude) <= 90))
    report('latitude', 'Latitude must be a number from -90 to 90.');
  if (longitude !== null && !(Math.abs(longitude) <= 180))
    report('longitude', 'Longitude must be a number from -180 to 180.');
}
