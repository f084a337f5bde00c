import { ActionError, type PorticoContext, type PorticoUser } from 'portico';

/** The member who is signed in. Throws `UNAUTHORIZED`; `access: 'user'` makes sure that it does not come to that. */
export function memberOf(ctx: PorticoContext): PorticoUser {
  if (ctx.user) return ctx.user;
  throw new ActionError({ code: 'UNAUTHORIZED', message: 'Sign in first.' });
}
