import { FIELDS_OF_LETTER, lettersOf, type NativeField } from './address-field.ts';
import type { CountryRules } from './country-rules.ts';
import { labelType } from './field-labels.ts';

/** What a form needs to know of one field of an address. */
export interface AddressFormField {
  readonly name: NativeField;
  /** In English, as the country's people call it. */
  readonly label: string;
  /** What the label says in libaddressinput's words, for labels in other languages: `zip`, `prefecture`. */
  readonly labelType: string | null;
  readonly required: boolean;
  /** For HTML's `autocomplete`. */
  readonly autocomplete: string | null;
  /** The areas to choose from; null where any text will do. `value` is what is sent and stored. */
  readonly options: readonly AddressOption[] | null;
  /** A regular expression that the whole postal code matches, whatever the case of its letters. */
  readonly pattern: string | null;
  readonly example: string | null;
}

interface AddressOption {
  readonly value: string;
  /** The ISO 3166-2 part, where there is one. */
  readonly iso: string | null;
  readonly name: string;
  readonly latinName: string | null;
}

export interface AddressFormOptions {
  /** The language of the visitor: whether it is the country's own decides between its two orders. */
  readonly locale: string;
  /** Fields that are required whatever the country. */
  readonly required: readonly NativeField[];
  /** Asks for a name in its two parts. */
  readonly firstAndLastName: boolean;
}

const AUTOCOMPLETE: Readonly<Partial<Record<NativeField, string>>> = {
  fullName: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
  organization: 'organization',
  addressLine1: 'address-line1',
  addressLine2: 'address-line2',
  addressLine3: 'address-line3',
  administrativeArea: 'address-level1',
  locality: 'address-level2',
  dependentLocality: 'address-level3',
  postalCode: 'postal-code',
};

/** The fields of an address of this country in the order in which its people write them. */
export function addressForm(rules: CountryRules, options: AddressFormOptions): AddressFormField[] {
  const format = isOwnLanguage(options.locale, rules) ? rules.localFormat : rules.latinFormat;
  const inFormat = [...new Set(lettersOf(format))].flatMap((letter): readonly NativeField[] =>
    letter === 'N' && options.firstAndLastName ? ['firstName', 'lastName'] : FIELDS_OF_LETTER[letter],
  );
  const further = options.required.filter((field) => field !== 'fullName' && !inFormat.includes(field));
  const required = new Set<NativeField>([...rules.required, ...options.required]);
  return [...inFormat, ...further].map((name) => fieldOf(name, rules, required.has(name)));
}

function fieldOf(name: NativeField, rules: CountryRules, required: boolean): AddressFormField {
  const isPostalCode = name === 'postalCode';
  return {
    name,
    label: rules.label(name),
    labelType: labelType(name, rules.data) ?? null,
    required,
    autocomplete: AUTOCOMPLETE[name] ?? null,
    options: name === 'administrativeArea' ? optionsOf(rules) : null,
    pattern: isPostalCode ? (rules.data.postalPattern ?? null) : null,
    example: isPostalCode ? (rules.postalExamples[0] ?? null) : null,
  };
}

function optionsOf({ subdivisions }: CountryRules): AddressOption[] | null {
  if (subdivisions.length === 0) return null;
  return subdivisions.map(({ code, iso, name, latinName }) => ({ value: code, iso, name, latinName }));
}

function isOwnLanguage(locale: string, { data }: CountryRules): boolean {
  const language = new Intl.Locale(locale).language;
  return (data.languages ?? '').split('~').some((own) => new Intl.Locale(own || 'und').language === language);
}
