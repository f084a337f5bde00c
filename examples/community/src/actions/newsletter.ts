import { defineAction } from 'portico';
import { z } from 'zod';
import { addSubscriber } from '../data/subscribers.ts';

/** Signs an address up for the letter. Two forms of a page may offer it: the footer and the front page. */
export const newsletter = defineAction({
  description: 'Signs an e-mail address up for the monthly letter.',
  accept: 'form',
  once: true,
  input: z.object({
    email: z.email('That does not look like an e-mail address.').max(254),
    terms: z.boolean().refine((agreed) => agreed, 'Please agree to the terms first.'),
  }),
  errors: {
    TAKEN: {
      status: 409,
      message: 'This address gets the letter already.',
      data: z.object({ since: z.date() }),
    },
  },
  limit: { points: 20, seconds: 60, by: 'ip' },
  messages: { success: 'You are on the list.', failure: 'You are not on the list yet: see the form.' },
  handler: ({ email }, ctx) => {
    const added = addSubscriber(ctx.locals.db, email);
    if ('takenSince' in added) return ctx.fail('TAKEN', { since: added.takenSince });
    return { subscription: { id: added.id } };
  },
});
