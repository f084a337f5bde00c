import { defineAction } from 'portico';
import { z } from 'zod';
import { discardEntries } from '../../entries/lifecycle/discard-entries.ts';
import { databaseInFreeUris } from '../../entries/saving/in-free-uris.ts';
import type { Services } from '../../services.ts';
import { deleteUserAccount } from '../../users/administration/delete-user.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';
import { closedUser } from '../parts/closed-user.ts';

/**
 * `POST users/delete-user`: deletes a user with addresses, photo and sessions. One's own account with an elevated session,
 * another user's with `deleteUsers`. `transferContentTo`: the ID of the user who gets what the deleted one wrote; without it
 * entries without another author are deleted, too.
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
      const database = databaseInFreeUris(services.database);
      const actor = actorFor(ctx, services, 'delete', userId);
      const user = await deleteUserAccount({ ...services, database }, actor, userId, {
        transferContentTo,
        discardEntries: (stores, ids) => discardEntries(services, stores, ids),
      });
      return { user: closedUser(ctx, actor, user, services) };
    },
  });
