import { defineAction } from 'portico';
import { z } from 'zod';
import { countries as countriesIn } from '../../addresses/countries.ts';
import { localeParam } from './locale-param.ts';

const HOUR = 3600;

/**
 * `GET addresses/countries?locale=de`: all countries, sorted by their names in a language, for the list that a form offers.
 * `addresses/format` says the rest of one.
 */
export const countries = () =>
  defineAction({
    method: 'GET',
    access: 'public',
    cache: { maxAge: HOUR, scope: 'public' },
    input: z.object({ locale: localeParam }),
    handler: ({ locale }) => ({ countries: countriesIn(locale) }),
  });
