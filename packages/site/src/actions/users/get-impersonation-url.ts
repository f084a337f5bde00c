import { defineAction } from 'portico';
import { actionUrl } from 'portico/html';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { issueImpersonationToken } from '../../users/administration/impersonation.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';
import { oneTimeLink } from '../parts/one-time-link.ts';

/**
 * `POST users/get-impersonation-url`: a link that signs in as a user once within an hour, for another browser or a private
 * window. For whom `users/impersonate` is.
 */
export const getImpersonationUrl = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: managedUserId }),
    messages: { failure: 'Couldn’t get an impersonation URL.' },
    async handler({ userId }, ctx) {
      const actor = actorFor(ctx, services, 'impersonate', userId);
      const token = await issueImpersonationToken(services, actor, userId);
      return oneTimeLink(ctx, services.settings, {
        title: 'Impersonation URL',
        explanation:
          'Open it in a private window: it signs in as the user, once, within an hour. It is shown only here.',
        url: actionUrl(ctx, 'users/impersonate-with-token', { token }),
      });
    },
  });
