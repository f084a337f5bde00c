import { defineAction } from 'portico';
import { z } from 'zod';

export const signIn = defineAction({
  accept: 'form',
  input: z.object({ name: z.string().trim().min(2, 'At least two letters.') }),
  redirect: '/',
  handler: async ({ name }, { session, flash }) => {
    session.userId = name;
    flash.set('notice', `Good to see you, ${name}.`);
  },
});

export const logout = defineAction({
  accept: 'any',
  handler: async (_input: unknown, { session }) => {
    session.destroy();
  },
});
