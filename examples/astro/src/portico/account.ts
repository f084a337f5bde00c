import { defineAction } from 'portico';
import { z } from 'zod';

export const signIn = defineAction({
  accept: 'form',
  input: z.object({ name: z.string().trim().min(2, 'At least two letters.') }),
  redirect: '/',
  handler: async ({ name }, { session, cookies, flash, url }) => {
    session.userId = name;
    const secure = url.protocol === 'https:';
    cookies.set('user-session', crypto.randomUUID(), { httpOnly: true, sameSite: 'lax', secure });
    flash.set('notice', `Good to see you, ${name}.`);
  },
});

export const logout = defineAction({
  accept: 'any',
  handler: async (_input: unknown, { session, cookies }) => {
    session.destroy();
    cookies.delete('user-session');
  },
});
