import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { deleteUserAccount } from '../../users/administration/delete-user.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';
import { closedUser } from '../parts/closed-user.ts';

/**
 * `POST users/delete-user`: deletes a user with addresses, photo and sessions. One's own account with an elevated session,
 * another user's with `deleteUsers`. `transferContentTo`: the ID of the user who gets what the deleted one wrote.
 */
export const deleteUser = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({
      userId: managedUserId,
      transferContentTo: z
        .int({ error: 'Say who gets the content: the ID of a user.' })
        .positive({ error: 'Say who gets the content: the ID of a user.' })
        .optional(),
    }),
    model: 'user',
    messages: { success: 'User deleted.', failure: 'Couldn’t delete user.' },
    async handler({ userId, transferContentTo }, ctx) {
      const actor = actorFor(ctx, services, 'delete', userId);
      const user = await deleteUserAccount(services, actor, userId, transferContentTo);
      return { user: closedUser(ctx, actor, user, services) };
    },
  });
