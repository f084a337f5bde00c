import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { startImpersonating } from '../../sessions/impersonation.ts';
import { userToImpersonate } from '../../users/administration/impersonation.ts';
import { ownUser } from '../../users/user-view.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';

/**
 * `POST users/impersonate`: signs in as another user, until `users/stop-impersonating`. Needs an elevated session.
 * Administrators may become anybody; others need `impersonateUsers` and all the permissions of the user, who is no
 * administrator. Meanwhile nothing is open that takes the user's password. `lastLoginDate` stays as it is.
 */
export const impersonate = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: managedUserId }),
    model: 'user',
    messages: { success: 'Logged in.', failure: 'Couldn’t impersonate the user.' },
    redirect: services.settings.postLoginRedirect,
    async handler({ userId }, ctx) {
      const actor = actorFor(ctx, services, 'impersonate', userId);
      const target = await userToImpersonate(services, actor, userId);
      startImpersonating(ctx, services, actor.user, target);
      return { user: ownUser(target, services.settings) };
    },
  });
