import type { CountryData } from './country-data.ts';
import { genericCountry } from './country-data.ts';
import type { NativeField } from './address-field.ts';

const POSTAL = { postal: 'Postal code', zip: 'ZIP code', pin: 'PIN code', eircode: 'Eircode' };
const PLACES: Readonly<Record<string, string>> = {
  area: 'Area',
  city: 'City',
  county: 'County',
  department: 'Department',
  district: 'District',
  do_si: 'Do/Si',
  emirate: 'Emirate',
  island: 'Island',
  neighborhood: 'Neighborhood',
  oblast: 'Oblast',
  parish: 'Parish',
  post_town: 'Post town',
  prefecture: 'Prefecture',
  province: 'Province',
  state: 'State',
  suburb: 'Suburb',
  townland: 'Townland',
  village_township: 'Village/Township',
};
const LABELS: Readonly<Record<NativeField, string>> = {
  title: 'Label',
  fullName: 'Full name',
  firstName: 'First name',
  lastName: 'Last name',
  countryCode: 'Country',
  administrativeArea: 'Province',
  locality: 'City',
  dependentLocality: 'Suburb',
  postalCode: 'Postal code',
  sortingCode: 'Sorting code',
  addressLine1: 'Address line 1',
  addressLine2: 'Address line 2',
  addressLine3: 'Address line 3',
  organization: 'Organization',
  organizationTaxId: 'Organization tax ID',
  latitude: 'Latitude',
  longitude: 'Longitude',
};

/** What the country's people call a field, in English: ZIP code, Prefecture, Post town. */
export function addressLabel(field: NativeField, country: CountryData): string {
  const type = labelType(field, country);
  if (type === undefined) return LABELS[field];
  return (field === 'postalCode' ? POSTAL[type as keyof typeof POSTAL] : PLACES[type]) ?? LABELS[field];
}

/** What kind of thing the field is there, in libaddressinput's words, for labels of other languages: `zip`, `prefecture`. */
export function labelType(field: NativeField, country: CountryData): string | undefined {
  switch (field) {
    case 'postalCode':
      return country.postalType ?? genericCountry.postalType;
    case 'administrativeArea':
      return country.areaType ?? genericCountry.areaType;
    case 'locality':
      return country.localityType ?? genericCountry.localityType;
    case 'dependentLocality':
      return country.dependentType ?? genericCountry.dependentType;
    default:
      return undefined;
  }
}
