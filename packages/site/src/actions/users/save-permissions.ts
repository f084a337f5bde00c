import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { assignPermissions } from '../../users/permissions/assign-permissions.ts';
import { managedUser } from '../../users/user-view.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';

/** A list that a form empties with a lone blank field. */
const names = z.array(z.string().max(255)).max(1000).optional();

/**
 * `POST users/save-permissions`: groups (by handle), permissions and the administrator's flag of a user. A parameter that is
 * left out changes nothing; an empty list takes everything away. Needs an elevated session, and `assignUserPermissions` or
 * `assignUserGroup:<handle>` for what changes; `admin` only from administrators.
 */
export const savePermissions = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({
      userId: managedUserId,
      groups: names,
      permissions: names,
      admin: z.boolean().optional(),
    }),
    model: 'user',
    messages: { success: 'Permissions saved.', failure: 'Couldn’t save permissions.' },
    async handler({ userId, ...assignment }, ctx) {
      const actor = actorFor(ctx, services, 'assign', userId);
      const user = await assignPermissions(services, actor, userId, assignment);
      return { user: managedUser(user, services) };
    },
  });
