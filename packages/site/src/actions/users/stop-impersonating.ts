import { ActionError, defineAction } from 'portico';
import type { Services } from '../../services.ts';
import {
  findImpersonator,
  impersonatorOf,
  stopImpersonating as endImpersonation,
} from '../../sessions/impersonation.ts';
import { signOut } from '../../sessions/sign-in.ts';
import { currentUser } from '../../users/current-user.ts';
import { ownUser } from '../../users/user-view.ts';

/**
 * `POST users/stop-impersonating`: goes back to whom one really is, without an elevated session. A session that came of a
 * link ends instead: whoever follows a link has not proved to be its maker.
 */
export const stopImpersonating = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    model: 'user',
    messages: { success: 'You are yourself again.' },
    async handler(_input, ctx) {
      const impersonator = impersonatorOf(ctx);
      if (impersonator === undefined) {
        throw new ActionError({ code: 'BAD_REQUEST', message: 'You are not impersonating anybody.' });
      }
      const user = await findImpersonator(services, impersonator, currentUser(ctx));
      const isBack = user !== undefined && endImpersonation(ctx) === 'returned';
      if (isBack) return { user: ownUser(user, services.settings) };
      signOut(ctx);
      return { user: null };
    },
  });
