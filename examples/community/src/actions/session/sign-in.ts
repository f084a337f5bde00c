import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { findMember } from '../../data/members.ts';

/** A stand-in for a real sign-in: one picks a member from a list, and there are no passwords. */
export const signIn = defineAction({
  accept: 'form',
  input: z.object({ memberId: z.string('Choose who you are.').min(1, 'Choose who you are.') }),
  limit: { points: 30, seconds: 60, by: 'ip' },
  redirect: '/',
  messages: { success: 'Welcome back.', failure: 'Nobody is signed in yet.' },
  handler: ({ memberId }, ctx) => {
    const member = findMember(ctx.locals.db, memberId);
    if (!member) throw new ActionError({ code: 'NOT_FOUND', message: 'There is no such member.' });
    // Whoever knew the id of the guest's session must not know the member's.
    ctx.session.regenerate();
    ctx.session.set('memberId', member.id);
    return { name: member.name };
  },
});
