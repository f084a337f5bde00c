import file from './data/countries.json' with { type: 'json' };

/**
 * A country as libaddressinput has it. Formats and lists of fields use its letters: N name, O organization, A street lines,
 * D dependent locality, C locality, S administrative area, Z postal code, X sorting code. Lists of areas are texts with `~`
 * between them, all in the order of `areaKeys`. What is missing is as in `ZZ`.
 */
export interface CountryData {
  /** In English capitals, as on an envelope. */
  readonly name?: string;
  readonly format?: string;
  /** Where letters that are not Latin have a format of their own, in `format`. */
  readonly latinFormat?: string;
  readonly required?: string;
  /** Fields that the post wants in capitals. */
  readonly upper?: string;
  readonly postalPattern?: string;
  readonly postalExamples?: string;
  readonly postalType?: string;
  readonly areaType?: string;
  readonly localityType?: string;
  readonly dependentType?: string;
  /** Languages of `format`, where there is a `latinFormat`. */
  readonly languages?: string;
  /** As an envelope names them. */
  readonly areaKeys?: string;
  readonly areaIsos?: string;
  readonly areaNames?: string;
  readonly areaLatinNames?: string;
  /** What a postal code of the area begins with. */
  readonly areaPostalStarts?: string;
  /** Patterns that take the place of the country's. */
  readonly areaPostalPatterns?: string;
  /** Fields required there, in place of the country's. */
  readonly areaRequired?: string;
  /** Names in further languages, one text a language. */
  readonly areaOtherNames?: readonly string[];
}

// ZZ is what libaddressinput takes for a country of which it knows nothing.
const { ZZ: generic, ...known } = file.countries;
const countries = new Map<string, CountryData>(Object.entries(known));

/** ISO 3166-1 codes, and those of a few territories with a post of their own, in alphabetical order. */
export const countryCodes: readonly string[] = [...countries.keys()];

/** `undefined` for what is no country code. Codes are upper case. */
export function countryData(code: string): CountryData | undefined {
  return countries.get(code);
}

export const genericCountry: Required<
  Pick<
    CountryData,
    'format' | 'required' | 'upper' | 'postalType' | 'areaType' | 'localityType' | 'dependentType'
  >
> = generic;
