import type { Services } from '../../services.ts';
import { authErrorMessage } from '../login/auth-error.ts';
import { afterFailure, afterSuccess, lockedFor } from '../login/lockout.ts';
import type { User } from '../user.ts';

type ConfirmingServices = Pick<Services, 'settings' | 'now' | 'database' | 'passwords'>;

/**
 * What is wrong with the password by which a signed-in user proves who they are: a sentence, or undefined. A wrong one counts
 * as it does at a login, so that whoever finds a session open cannot try as many as they like; while the account is locked
 * the right one is refused, too.
 */
export async function confirmPassword(
  services: ConfirmingServices,
  { id, passwordHash }: Pick<User, 'id' | 'passwordHash'>,
  password: string,
): Promise<string | undefined> {
  const { settings, now, database, passwords } = services;
  const isRight = await passwords.verify(password, passwordHash);
  return database.transaction(async ({ users }) => {
    const user = await users.lock(id);
    if (!user || user.passwordHash === null || user.passwordHash !== passwordHash) return INCORRECT;
    const wait = lockedFor(user, settings, now());
    if (wait > 0)
      return authErrorMessage(wait === Infinity ? 'account_locked' : 'account_cooldown', settings, wait);
    if (!isRight) {
      await users.update(id, afterFailure(user, settings, now()), now());
      return INCORRECT;
    }
    if (user.invalidLoginCount > 0 || user.lockedAt !== null) await users.update(id, afterSuccess(), now());
    return undefined;
  });
}

const INCORRECT = 'Incorrect current password.';
