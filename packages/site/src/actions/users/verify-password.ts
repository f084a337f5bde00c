import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { elevate, elevatedSeconds } from '../../sessions/elevation.ts';
import { impersonatorOf } from '../../sessions/impersonation.ts';
import { confirmPassword } from '../../users/passwords/confirm-password.ts';
import { currentUser } from '../../users/current-user.ts';

/**
 * `POST users/verify-password`: whoever is signed in proves to be who they are, so that sensitive actions are open for
 * `elevatedSessionDuration`. Answers with the seconds left as `timeout`. Wrong passwords count as they do at a login.
 */
export const verifyPassword = (services: Services) => {
  const limit = services.settings.limits.loginAccount;
  return defineAction({
    accept: 'any',
    access: 'user',
    input: z.object({
      password: z
        .string('Password is required.')
        .min(1, 'Password is required.')
        .max(4096)
        .meta({ secret: true }),
    }),
    ...(limit !== false && { limit: { ...limit, by: (ctx) => `user:${currentUser(ctx).id}` } }),
    messages: { failure: 'Couldn’t verify the password.' },
    async handler({ password }, ctx) {
      if (impersonatorOf(ctx) !== undefined) throw whileImpersonating();
      const refusal = await confirmPassword(services, currentUser(ctx), password);
      if (refusal !== undefined) throw inputErrors({ password: refusal });
      elevate(ctx, services);
      return { timeout: elevatedSeconds(ctx, services) };
    },
  });
};

// It would be the other user's password, which nobody but that user is to know.
function whileImpersonating(): ActionError {
  return new ActionError({
    code: 'FORBIDDEN',
    message: 'Not while you are impersonating another user. Stop that first.',
    data: { reason: 'impersonating' },
  });
}
