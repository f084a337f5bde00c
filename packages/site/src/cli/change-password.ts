import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { mailNotice } from '../users/codes/code-mail.ts';
import { afterSuccess } from '../users/login/lockout.ts';
import { checkPassword } from '../users/passwords/password-policy.ts';
import { closedBy, findUser } from './find-user.ts';
import type { ChangedAccount } from './site-tasks.ts';

/**
 * Gives a user another password, opens the account if wrong ones had locked it, ends its sessions and the codes that were
 * mailed, and tells its owner. Throws input errors.
 */
export async function changePassword(
  services: Services,
  name: string,
  password: string,
): Promise<ChangedAccount> {
  const { database, passwords, settings, now, mailer } = services;
  const user = await findUser(services, name);
  const error = await checkPassword(settings, password, user);
  if (error !== undefined) throw inputErrors({ password: error });
  const passwordHash = await passwords.hash(password);
  const changed = await database.transaction(async (stores) => {
    await stores.users.lock(user.id);
    await stores.codes.remove(user.id);
    await stores.sessions.revokeAll(user.id);
    await mailNotice(services, stores, user, 'password');
    return stores.users.update(
      user.id,
      {
        ...afterSuccess(),
        passwordHash,
        lastPasswordChangeAt: now(),
        passwordResetRequired: false,
        endSessions: true,
      },
      now(),
    );
  });
  mailer.wake();
  return { email: changed.email, closed: closedBy(changed) };
}
