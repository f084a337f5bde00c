import { ActionError, defineAction } from 'portico';
import { z } from 'zod';
import { steadyTime } from '../../lib/steady-time.ts';
import type { Services } from '../../services.ts';
import { can } from '../../users/current-user.ts';
import { notFound } from '../../users/administration/manage-user.ts';
import { canResetPassword, sendPasswordReset } from '../../users/codes/password-reset.ts';
import { addressLimits, ANSWER_MILLISECONDS, recipientOf, type Recipient } from '../parts/mail-request.ts';

const input = z.object({
  loginName: z.string().max(255).default(''),
  userId: z.int().positive().optional(),
});

/**
 * `POST users/send-password-reset-email`: mails the link to set a new password, by username or e-mail address, or to `userId`
 * with `editUsers`. With `preventUserEnumeration` the answer is the same for a name that nobody has, and takes as long.
 */
export const sendPasswordResetEmail = (services: Services) => {
  const { settings } = services;
  return defineAction({
    accept: 'any',
    access: 'public',
    input,
    limit: addressLimits(settings.limits.passwordReset, settings.limits.passwordResetAccount),
    messages: { success: 'Password reset email sent.', failure: 'Couldn’t send password reset email.' },
    async handler({ loginName, userId }, ctx) {
      const recipient = recipientOf(loginName, can(ctx, 'editUsers') ? userId : undefined);
      await send(services, recipient);
      return {};
    },
  });
};

async function send(services: Services, recipient: Recipient): Promise<void> {
  const { settings, database } = services;
  if (recipient.kind === 'user') {
    const user = await database.users.find(recipient.userId);
    if (!user) throw notFound();
    if (!canResetPassword(user))
      throw failure('Password reset emails can only be sent to active or pending users.');
    await sendPasswordReset(services, user.id);
    return;
  }
  const { loginName } = recipient;
  if (loginName === '')
    throw failure(
      settings.useEmailAsUsername ? 'Email is required.' : 'Username or email is required.',
      loginName,
    );
  const sent = async (): Promise<boolean> => {
    const user = await database.users.findByLoginName(loginName);
    return canResetPassword(user) && (await sendPasswordReset(services, user.id));
  };
  if (settings.preventUserEnumeration) {
    await steadyTime(ANSWER_MILLISECONDS, sent);
  } else if (!(await sent())) {
    throw failure(settings.useEmailAsUsername ? 'Invalid email.' : 'Invalid username or email.', loginName);
  }
}

/** `errors` as the list that templates loop over, beside the message that sums it up. */
function failure(message: string, loginName?: string): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message,
    data: { errors: [message], ...(loginName !== undefined && { loginName }) },
  });
}
