import { z } from 'zod';
import { isLocale } from '../../addresses/countries.ts';

/** The language of countries' names, as BCP 47 writes it. */
export const localeParam = z
  .string()
  .max(100)
  .refine(isLocale, { error: 'locale must be a language tag such as en or de-AT.' })
  .default('en');
