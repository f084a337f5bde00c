import { z } from 'zod';
import { mustBe } from './must-be.ts';

const NO_ID = mustBe('an ID: a whole number above 0');

/** A parameter that is the ID of something. */
export const idParam = z.int(NO_ID).positive(NO_ID);

/** The parameter `version`: of the entry that a form was made from. */
export const versionParam = z
  .int(mustBe('the version that the entry had when the form was made: a whole number'))
  .nullish();
