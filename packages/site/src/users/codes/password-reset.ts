import type { Services } from '../../services.ts';
import { stateOf, transition } from '../account-state.ts';
import { issueActivation, mailCode } from './code-mail.ts';
import type { User } from '../user.ts';

/** Whether there is anybody a reset mail could go to. */
export function canResetPassword(user: User | undefined): user is User {
  return user !== undefined && user.status !== 'inactive' && !user.suspended;
}

/**
 * Mails a user the link to set a new password. Who never had one, and waits for that to be activated, gets the mail that
 * activates the account. Returns whether there was somebody to mail to by the time of writing.
 */
export async function sendPasswordReset(services: Services, userId: number): Promise<boolean> {
  const { database, mailer } = services;
  const isSent = await database.transaction(async (stores) => {
    const user = await stores.users.lock(userId);
    if (!canResetPassword(user)) return false;
    const activates = user.passwordHash === null && transition(stateOf(user), 'resend').sendsActivation;
    if (activates) await issueActivation(services, stores, user);
    else await mailCode(services, stores, user, { key: 'forgot_password', purpose: 'reset-password' });
    return true;
  });
  mailer.wake();
  return isSent;
}
