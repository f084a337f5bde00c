import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import type { Actor, ManagingAct } from '../../users/administration/may-manage.ts';
import { managedUser } from '../../users/user-view.ts';
import type { User } from '../../users/user.ts';
import { actorFor } from './actor.ts';

/** The parameter `userId`, always to be sent: nobody does this to himself by forgetting to say to whom. */
export const managedUserId = z
  .int({ error: 'Say which user: the ID of a user.' })
  .positive({ error: 'Say which user: the ID of a user.' });

type Administer = (services: Services, actor: Actor, userId: number) => Promise<User>;

/** The actions of administration that take a `userId` and nothing else, and answer with the user as it is then. */
export const administrationAction = (
  services: Services,
  act: ManagingAct,
  administer: Administer,
  messages: { readonly success: string; readonly failure: string },
) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: managedUserId }),
    model: 'user',
    messages,
    async handler({ userId }, ctx) {
      const user = await administer(services, actorFor(ctx, services, act, userId), userId);
      return { user: managedUser(user, services) };
    },
  });
