import { defineAction } from 'portico';
import { z } from 'zod';
import { addToGuestBook } from '../../data/guest-book.ts';

export const signGuestBook = defineAction({
  description: 'Writes into the guest book.',
  accept: 'any', // a form, or JSON
  input: z.object({
    name: z.string().trim().min(1, 'Please tell us your name.').max(60),
    message: z.string().trim().min(3, 'A few more words, please.').max(500),
  }),
  limit: { points: 10, seconds: 600, by: 'ip' },
  once: true, // a double click writes one entry
  messages: { success: 'Thank you for your words.', failure: 'Please look at the form once more.' },
  handler: async (input) => ({ entry: await addToGuestBook(input) }),
});
