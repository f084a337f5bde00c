import { ActionError } from 'portico';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { isOpen, stateOf, transition, type AccountState } from '../account-state.ts';
import { endWithPassword, passwordChanges } from '../passwords/change-password.ts';
import { checkPassword } from '../passwords/password-policy.ts';
import { TakenError } from '../user-store.ts';
import type { User, UserChanges } from '../user.ts';
import { takenError } from '../validate-user.ts';
import type { CodePurpose } from './verification-code-store.ts';
import { checkCode, consumeCode, invalidCode, type ValidCode } from './verification.ts';

/** Codes that set a password. Not those that confirm a new address: whose that is, is what they are to prove. */
export const PASSWORD_CODES: readonly CodePurpose[] = ['activate', 'reset-password', 'reclaim'];

/** A link and what was typed on the page it leads to. */
export interface PasswordByCode {
  readonly uid: string;
  readonly code: string;
  readonly newPassword: string;
}

export interface CodeUse {
  readonly user: User;
  /** The account came into use with this. */
  readonly isActivation: boolean;
}

/** Whether the code's user gets a first password by it, for what the page says. */
export function isNewUser({ user, purpose }: ValidCode): boolean {
  return purpose !== 'reset-password' || user.passwordHash === null;
}

/**
 * Sets a password by a code that was mailed, and uses the code up. That also proves the address: an account that waited for it
 * is activated, unless an administrator must let it in first. All sessions of the user end. Throws `invalidCode()` and input
 * errors at `newPassword`, which leave the code as good as it was.
 */
export async function setPasswordByCode(
  services: Services,
  { uid, code, newPassword }: PasswordByCode,
): Promise<CodeUse> {
  const { database, passwords, settings, mailer } = services;
  const valid = await checkCode(services, uid, code, PASSWORD_CODES);
  if (!valid) throw invalidCode();
  const error = await newPasswordError(services, valid.user, newPassword);
  if (error !== undefined) throw inputErrors({ newPassword: error });
  const passwordHash = await passwords.hash(newPassword);

  const use = await database
    .transaction(async (stores): Promise<CodeUse> => {
      const { user, purpose } = await consumeCode(services, stores, valid.user.id, code, PASSWORD_CODES);
      const now = services.now();
      const state = stateAfter(settings.users.deactivateByDefault, user, purpose);
      await endWithPassword(services, stores, user);
      const changes: UserChanges = {
        ...passwordChanges(passwordHash, now),
        ...state,
        ...(purpose === 'reclaim' && reclaimChanges(services, user)),
      };
      const after = await stores.users.update(user.id, changes, now);
      return { user: after, isActivation: purpose !== 'reset-password' || !isOpen(user) };
    })
    .catch((failure: unknown) => {
      throw failure instanceof TakenError ? takenMeanwhile(valid.user.email) : failure;
    });
  mailer.wake();
  return use;
}

async function newPasswordError(
  { settings, passwords }: Services,
  user: User,
  newPassword: string,
): Promise<string | undefined> {
  const error = await checkPassword(settings, newPassword, user);
  if (error !== undefined || !user.passwordResetRequired) return error;
  const isSame = await passwords.verify(newPassword, user.passwordHash);
  return isSame ? 'New Password must be set to a new password.' : undefined;
}

function stateAfter(deactivateByDefault: boolean, user: User, purpose: CodePurpose): AccountState {
  // Registering lets an account in by itself only where the settings say so, and they may have changed since the mail.
  const reclaims = purpose === 'reclaim' && !deactivateByDefault;
  return transition(stateOf(user), reclaims ? 'reclaim' : 'verify').state;
}

function reclaimChanges({ settings }: Services, user: User): UserChanges {
  const { defaultGroup } = settings.users;
  return {
    username: user.username ?? user.email,
    ...(defaultGroup !== undefined && { groups: [defaultGroup] }),
  };
}

/** Somebody else registered the address between the mail and its link. */
export function takenMeanwhile(email: string): ActionError {
  return new ActionError({ code: 'CONFLICT', message: takenError('email', email) });
}
