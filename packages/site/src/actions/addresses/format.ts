import { defineAction } from 'portico';
import { z } from 'zod';
import { addressForm } from '../../addresses/address-form.ts';
import { countryFault } from '../../addresses/address-faults.ts';
import { countryName } from '../../addresses/countries.ts';
import { countryRules } from '../../addresses/country-rules.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { localeParam } from './locale-param.ts';

const HOUR = 3600;

/**
 * `GET addresses/format?country=JP`: which fields an address of the country has, in order, with what a form needs to know of
 * each. `locale` is the language of the country's name, and decides between its local and its Latin order. Without a country it
 * is the default one.
 */
export const format = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'public',
    cache: { maxAge: HOUR, scope: 'public' },
    input: z.object({
      country: z.string().optional(),
      countryCode: z.string().optional(),
      locale: localeParam,
    }),
    handler({ country, countryCode, locale }) {
      const { settings } = services;
      const code = countryCode ?? country ?? settings.defaultCountryCode;
      const rules = countryRules(code);
      if (rules === undefined)
        throw inputErrors({ [countryCode === undefined ? 'country' : 'countryCode']: countryFault(code) });
      return {
        countryCode: code,
        countryName: countryName(code, locale),
        fields: addressForm(rules, {
          locale,
          required: settings.addresses.required,
          firstAndLastName: settings.showFirstAndLastNameFields,
        }),
      };
    },
  });
