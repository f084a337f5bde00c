import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { isOpen, stateOf, transition } from '../account-state.ts';
import type { AuthErrorCode } from './auth-error.ts';
import { issueActivation, mailCode } from '../codes/code-mail.ts';
import { afterFailure, afterSuccess, isLocked } from './lockout.ts';
import { NOBODY } from '../nobody.ts';
import type { User } from '../user.ts';

export interface Credentials {
  /** Username or e-mail address. */
  readonly loginName: string;
  readonly password: string;
  /** Where it comes from; kept with the user if `storeUserIps` says so. */
  readonly ip?: string | undefined;
}

/** Who it is, as stored after the login; or why not, with the user as far as the answer may speak of one. */
export type Authentication =
  | { readonly user: User }
  | { readonly failure: AuthErrorCode; readonly user?: User };

type LoginServices = Pick<Services, 'settings' | 'now' | 'database' | 'passwords' | 'mailer'>;

/**
 * Whether somebody may come in by a name and a password. Counts wrong passwords, and locks the account after too many.
 *
 * With `preventUserEnumeration` every failure is `invalid_credentials`, also for a name that nobody has, after the same
 * hashing and a transaction. Whoever has the right password to an account that is not activated yet is then told by mail; to
 * one that must have another password, always.
 *
 * Rejects with `SERVICE_UNAVAILABLE` where the database is out of reach or too many passwords wait to be hashed.
 */
export async function authenticate(
  services: LoginServices,
  { loginName, password, ip }: Credentials,
): Promise<Authentication> {
  const { database, passwords, mailer } = services;
  const found = await database.users.findByLoginName(loginName);
  const hash = found?.passwordHash ?? null;
  const isRight = await passwords.verify(password, hash);
  const isOld = isRight && hash !== null && passwords.needsRehash(hash);
  const newHash = isOld ? await passwords.hash(password) : undefined;
  let hasMail = false;
  const result = await database.transaction(async (stores): Promise<Authentication> => {
    const user = await stores.users.lock(found?.id ?? NOBODY);
    if (!user || hash === null) return { failure: 'invalid_credentials' };
    if (!isRight) return countFailure(services, stores, user);
    // Changed while the former one was being compared.
    if (user.passwordHash !== hash) return { failure: 'invalid_credentials' };
    const obstacle = obstacleOf(services, user);
    if (obstacle === undefined) return { user: await admit(services, stores, user, { newHash, ip }) };
    hasMail = await tellByMail(services, stores, user, obstacle);
    return failed(services, obstacle, user);
  });
  if (hasMail) mailer.wake();
  return result;
}

/** What keeps somebody out who has the right password. */
function obstacleOf({ settings, now }: LoginServices, user: User): AuthErrorCode | undefined {
  if (user.status === 'inactive') return 'invalid_credentials';
  if (!isOpen(user)) return 'pending_verification';
  if (user.suspended) return 'account_suspended';
  if (isLocked(user, settings, now())) return lockedCode(settings);
  return user.passwordResetRequired ? 'password_reset_required' : undefined;
}

function lockedCode({ cooldownDuration }: LoginServices['settings']): AuthErrorCode {
  return cooldownDuration > 0 ? 'account_cooldown' : 'account_locked';
}

function failed({ settings }: LoginServices, failure: AuthErrorCode, user: User): Authentication {
  return settings.preventUserEnumeration ? { failure: 'invalid_credentials' } : { failure, user };
}

async function countFailure(services: LoginServices, stores: Stores, user: User): Promise<Authentication> {
  const { settings, now } = services;
  const counted = await stores.users.update(user.id, afterFailure(user, settings, now()), now());
  const failure = isLocked(counted, settings, now()) ? lockedCode(settings) : 'invalid_credentials';
  return failed(services, failure, counted);
}

function admit(
  { settings, now }: LoginServices,
  stores: Stores,
  user: User,
  { newHash, ip }: { readonly newHash: string | undefined; readonly ip: string | undefined },
): Promise<User> {
  const time = now();
  const changes = {
    ...afterSuccess(),
    lastLoginAt: time,
    ...(settings.storeUserIps && ip !== undefined && { lastLoginIp: ip }),
    ...(newHash !== undefined && { passwordHash: newHash }),
  };
  return stores.users.update(user.id, changes, time);
}

/** Whether there is a mail to be sent. */
async function tellByMail(
  services: LoginServices,
  stores: Stores,
  user: User,
  obstacle: AuthErrorCode,
): Promise<boolean> {
  if (obstacle === 'password_reset_required') {
    await mailCode(services, stores, user, { key: 'forgot_password', purpose: 'reset-password' });
    return true;
  }
  // Where the answer may say it, there is `users/send-activation-email` to ask for the mail.
  const isToldOtherwise = obstacle !== 'pending_verification' || !services.settings.preventUserEnumeration;
  if (isToldOtherwise || !transition(stateOf(user), 'resend').sendsActivation) return false;
  await issueActivation(services, stores, user);
  return true;
}
