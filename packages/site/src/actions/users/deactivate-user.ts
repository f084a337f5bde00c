import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { deactivate } from '../../users/administration/administration.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';
import { closedUser } from '../parts/closed-user.ts';

/**
 * `POST users/deactivate-user`: closes an account and ends all of its sessions; an administrator can open it again. One's
 * own with an elevated session, another user's with `administrateUsers`.
 */
export const deactivateUser = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: managedUserId }),
    model: 'user',
    messages: { success: 'User deactivated.', failure: 'Couldn’t deactivate user.' },
    async handler({ userId }, ctx) {
      const actor = actorFor(ctx, services, 'deactivate', userId);
      const user = await deactivate(services, actor, userId);
      return { user: closedUser(ctx, actor, user, services) };
    },
  });
