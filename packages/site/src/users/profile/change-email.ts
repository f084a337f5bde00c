import type { Settings } from '../../config.ts';
import { loginKey } from '../login-key.ts';
import type { User } from '../user.ts';

/**
 * What an address that was sent does.
 * - `none`: it was not sent, is the same, or is not for this user to change
 * - `respelled`: the same mailbox in other letters
 * - `now`: it takes the place of the former one
 * - `after-verification`: it waits until the code that is mailed to it was used
 */
export type EmailChange = 'none' | 'respelled' | 'now' | 'after-verification';

export interface EmailChangeCase {
  /** As sent, trimmed. */
  readonly email: string | null | undefined;
  readonly user: Pick<User, 'email' | 'status'>;
  readonly isSelf: boolean;
  /** Whether whoever saves has `administrateUsers`. */
  readonly mayAdministrate: boolean;
  /** `sendVerificationEmail`: only those are asked who may do without. */
  readonly sendsMail: boolean | undefined;
  readonly settings: Pick<Settings, 'users'>;
}

export function emailChange(given: EmailChangeCase): EmailChange {
  const { email, user, isSelf, mayAdministrate, sendsMail, settings } = given;
  if (!email || email === user.email) return 'none';
  if (!isSelf && !mayAdministrate) return 'none';
  if (loginKey(email) === loginKey(user.email)) return 'respelled';
  // The address of an account that was never activated is confirmed by activating it.
  if (user.status !== 'active' || !settings.users.requireEmailVerification) return 'now';
  return !mayAdministrate || sendsMail === true ? 'after-verification' : 'now';
}
