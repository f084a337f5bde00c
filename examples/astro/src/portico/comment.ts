import { defineAction } from 'portico';
import { z } from 'zod';
import { comments } from '../data/comments.ts';

export const comment = defineAction({
  accept: 'form',
  input: z.object({
    author: z.string().trim().min(1, 'Who are you?'),
    text: z.string().trim().min(3, 'A few more words, please.'),
  }),
  handler: async (input) => {
    comments.push(input);
    return { count: comments.length };
  },
});
