import { ActionError, defineAction } from 'portico';
import { csrfToken, csrfTokenName } from 'portico/html';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { remainingSeconds } from '../../sessions/remaining-time.ts';
import { currentUser } from '../../users/current-user.ts';

/**
 * `GET users/session-info`: who is signed in and for how many seconds more (0: nobody, −1: until the browser closes), and a
 * CSRF token. JSON only. With `dontExtendSession=1` asking does not keep the session alive.
 */
export const sessionInfo = (services: Services) =>
  defineAction({
    method: 'GET',
    access: 'public',
    input: z.object({ dontExtendSession: z.boolean().optional() }),
    handler({ dontExtendSession = false }, ctx) {
      if (ctx.action.door !== 'server' && !ctx.wantsJson) {
        throw new ActionError({ code: 'BAD_REQUEST', message: 'Request must accept JSON in response' });
      }
      if (dontExtendSession) ctx.session.keepExpiry();
      const user = ctx.user === null ? undefined : currentUser(ctx);
      return {
        isGuest: user === undefined,
        timeout: user ? remainingSeconds(ctx, services, { extends: !dontExtendSession }) : 0,
        csrfTokenName: csrfTokenName(ctx),
        csrfTokenValue: csrfToken(ctx),
        ...(user && { id: user.id, uid: user.uid, username: user.username, email: user.email }),
      };
    },
  });
