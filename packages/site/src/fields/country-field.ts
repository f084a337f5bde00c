import { z } from 'zod';
import { countryCodes } from './country-codes.ts';
import type { Field, FieldOptions } from './field.ts';
import { textLike } from './fits-field.ts';
import { formControl } from './form-control.ts';
import { postedText } from './posted-text.ts';

export interface CountryField extends Field<string> {
  readonly type: 'country';
  readonly options: FieldOptions;
}

const CODES = new Set(countryCodes);
const NAMES = new Intl.DisplayNames('en', { type: 'region' });

/** A country by its ISO 3166-1 code of two letters, in any case; kept in upper case. `__blank__` is none. */
export function countryField(options: FieldOptions = {}): CountryField {
  return {
    type: 'country',
    options,
    initial: null,
    isKept: textLike(/^[A-Z]{2}$/),
    comparedAs: 'text',
    normalize(posted, label) {
      const text = postedText(posted);
      if (text === null || text === '__blank__') return { value: null };
      // ASCII letters only: `ı` has the upper case of `i`.
      const code = text !== undefined && /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : '';
      return CODES.has(code)
        ? { value: code }
        : { error: `${label} is not the code of a country. Write two letters, like FR.` };
    },
    keywords: (value) => (typeof value === 'string' && CODES.has(value) ? (NAMES.of(value) ?? '') : ''),
    formSchema: () => formControl(z.enum([...countryCodes]), options),
  };
}
