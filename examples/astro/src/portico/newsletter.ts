import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { subscribers } from '../data/subscribers.ts';

export const newsletter = defineAction({
  accept: 'form',
  input: z.object({ email: z.email('Please write an e-mail address.'), terms: z.boolean() }),
  messages: { success: 'Welcome on board. Your first letter is on its way.' },
  handler: async ({ email, terms }) => {
    if (!terms)
      throw new ActionError({ code: 'FORBIDDEN', message: 'The terms of service must be agreed to.' });
    subscribers.add(email);
    return { email, count: subscribers.size };
  },
});
