import type { Stores } from '../../database.ts';
import { mailNotice, type MailingServices } from '../codes/code-mail.ts';
import { afterSuccess } from '../login/lockout.ts';
import type { User, UserChanges } from '../user.ts';

/**
 * What another password changes: all sessions end, wrong attempts and locks are forgotten, and it need not be changed again.
 */
export function passwordChanges(passwordHash: string, now: number): UserChanges {
  return {
    passwordHash,
    lastPasswordChangeAt: now,
    passwordResetRequired: false,
    endSessions: true,
    ...afterSuccess(),
  };
}

/**
 * What else ends with a user's former password: mailed codes and signed-in sessions. `user` is as before the change. Its owner
 * gets a notice, unless this was the first password.
 */
export async function endWithPassword(
  services: MailingServices,
  stores: Pick<Stores, 'codes' | 'sessions' | 'outbox'>,
  user: User,
): Promise<void> {
  await stores.codes.remove(user.id);
  await stores.sessions.revokeAll(user.id);
  if (user.passwordHash !== null) await mailNotice(services, stores, user, 'password');
}
