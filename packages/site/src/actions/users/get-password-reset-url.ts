import { defineAction } from 'portico';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { issuePasswordResetUrl } from '../../users/administration/reset-url.ts';
import { actorFor } from '../parts/actor.ts';
import { managedUserId } from '../parts/administration-action.ts';
import { oneTimeLink } from '../parts/one-time-link.ts';

/**
 * `POST users/get-password-reset-url`: a link with which a user sets a password, to be handed over where mail does not
 * arrive. It is the one answer that shows a code, so it takes an elevated session, `administrateUsers`, and no fewer
 * permissions than the user has. A link that was mailed before is worth nothing afterwards.
 */
export const getPasswordResetUrl = (services: Services) =>
  defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({ userId: managedUserId }),
    messages: { failure: 'Couldn’t get a password reset URL.' },
    async handler({ userId }, ctx) {
      const actor = actorFor(ctx, services, 'getPasswordResetUrl', userId);
      const url = await issuePasswordResetUrl(services, actor, userId);
      return oneTimeLink(ctx, services.settings, {
        title: 'Password reset URL',
        explanation: 'Whoever has this link can set a password for the account, once. It is shown only here.',
        url,
      });
    },
  });
