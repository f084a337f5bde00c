import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { steadyTime } from '../../lib/steady-time.ts';
import type { Services } from '../../services.ts';
import { can, currentUser } from '../../users/current-user.ts';
import { inviteUser, resendActivation } from '../../users/registration/activation-mail.ts';
import { addressLimits, ANSWER_MILLISECONDS, recipientOf } from '../parts/mail-request.ts';

const input = z
  .object({
    email: z.string().max(255).default(''),
    loginName: z.string().max(255).default(''),
    userId: z.int().positive().optional(),
  })
  .transform(({ email, loginName, userId }) => ({ loginName: loginName || email, userId }));

/**
 * `POST users/send-activation-email`: mails the activation link once more, by e-mail address or username. The answer is the
 * same for a name that nobody has, and never by a user's id (CVE-2026-29069). With `administrateUsers`, `userId` lets an
 * inactive or pending user in and has the mail sent.
 */
export const sendActivationEmail = (services: Services) => {
  const { settings } = services;
  return defineAction({
    accept: 'any',
    access: 'public',
    input,
    limit: addressLimits(settings.limits.passwordReset, settings.limits.passwordResetAccount),
    messages: { success: 'Activation email sent.', failure: 'Couldn’t send activation email.' },
    async handler({ loginName, userId }, ctx) {
      const recipient = recipientOf(loginName, can(ctx, 'administrateUsers') ? userId : undefined);
      if (recipient.kind === 'user') {
        await inviteUser(services, currentUser(ctx), recipient.userId);
        return {};
      }
      const name = recipient.loginName;
      if (name === '') throw nameRequired(settings.useEmailAsUsername);
      await steadyTime(ANSWER_MILLISECONDS, () => resendActivation(services, name));
      return {};
    },
  });
};

function nameRequired(onlyEmail: boolean): ActionError {
  const message = onlyEmail ? 'Email is required.' : 'Username or email is required.';
  return new ActionError({ code: 'BAD_REQUEST', message, data: { errors: [message], loginName: '' } });
}
