import { FIELDS_OF_LETTER, lettersOf, type NativeField, type PostalField } from './address-field.ts';
import { countryData, genericCountry, type CountryData } from './country-data.ts';
import { addressLabel } from './field-labels.ts';
import { REQUIRED_FIELDS } from './overrides.ts';
import { subdivisionsOf, type Subdivision } from './subdivision.ts';

/** How the addresses of a country are made. */
export interface CountryRules {
  readonly code: string;
  readonly data: CountryData;
  /** In the country's own language and order. */
  readonly localFormat: string;
  /** In Latin letters, for the rest of the world; the same where there is only one. */
  readonly latinFormat: string;
  readonly used: ReadonlySet<PostalField>;
  /** Of those that are used. */
  readonly required: ReadonlySet<PostalField>;
  readonly postalPattern: RegExp | null;
  readonly postalExamples: readonly string[];
  /** Empty where any text will do. */
  readonly subdivisions: readonly Subdivision[];
  label(field: NativeField): string;
}

const made = new Map<string, CountryRules>();

/** `undefined` for what is no country code. Codes are upper case. */
export function countryRules(code: string): CountryRules | undefined {
  const known = made.get(code);
  if (known !== undefined) return known;
  const data = countryData(code);
  if (data === undefined) return undefined;
  const rules = rulesOf(code, data);
  made.set(code, rules);
  return rules;
}

/** The fields required in an area of the country. */
export function requiredIn(
  rules: CountryRules,
  subdivision: Subdivision | undefined,
): ReadonlySet<PostalField> {
  const letters = subdivision?.required ?? null;
  return letters === null ? rules.required : requiredFields(letters, rules.used);
}

function rulesOf(code: string, data: CountryData): CountryRules {
  const localFormat = data.format ?? genericCountry.format;
  const used = new Set(
    lettersOf(localFormat).flatMap((letter): readonly PostalField[] => FIELDS_OF_LETTER[letter]),
  );
  const { postalPattern } = data;
  return {
    code,
    data,
    localFormat,
    latinFormat: data.latinFormat ?? localFormat,
    used,
    required: requiredFields(REQUIRED_FIELDS[code] ?? data.required ?? genericCountry.required, used),
    postalPattern: postalPattern === undefined ? null : new RegExp(`^(?:${postalPattern})$`, 'iv'),
    postalExamples: data.postalExamples?.split('~') ?? [],
    // Andorra's data names areas that its format has no place for.
    subdivisions: used.has('administrativeArea') ? subdivisionsOf(data) : [],
    label: (field) => addressLabel(field, data),
  };
}

function requiredFields(letters: string, used: ReadonlySet<PostalField>): Set<PostalField> {
  const first = [...letters].map((letter) => FIELDS_OF_LETTER[letter as keyof typeof FIELDS_OF_LETTER][0]);
  return new Set(first.filter((field) => used.has(field)));
}
