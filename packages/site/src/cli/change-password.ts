import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { mailNotice } from '../users/code-mail.ts';
import { afterSuccess } from '../users/lockout.ts';
import { checkPassword } from '../users/password-policy.ts';
import type { User } from '../users/user.ts';
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

async function findUser({ database }: Services, name: string): Promise<User> {
  const byName = await database.users.findByLoginName(name.trim());
  // A username may be a number, too; whoever signs in by it means the name.
  const user = byName ?? (/^\d+$/.test(name) ? await database.users.find(Number(name)) : undefined);
  if (user) return user;
  throw new Error(
    `There is no user ${JSON.stringify(name)}: it takes an e-mail address, a username or an id.`,
  );
}

function closedBy({ status, suspended }: User): string | undefined {
  if (suspended) return 'suspended';
  return status === 'active' ? undefined : status;
}
