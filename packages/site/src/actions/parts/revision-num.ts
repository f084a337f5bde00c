import { z } from 'zod';

/** The parameter `revision`: the number of a revision within its entry. */
export const revisionNum = z
  .int({ error: 'Say which revision: its number.' })
  .positive({ error: 'Say which revision: its number.' });

/** The parameter `with`: the number of another revision, or `current`, which it is without. */
export const comparedWith = z
  .string()
  .regex(/^(?:current|[1-9]\d{0,8})$/, {
    error: 'Say which revision to compare it with: its number, or “current”.',
  })
  .optional();
