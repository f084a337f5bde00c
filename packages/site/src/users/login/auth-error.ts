import type { Settings } from '../../config.ts';

/** Why a login failed, as its answer says it: Craft's `User::AUTH_*`. */
export type AuthErrorCode =
  | 'invalid_credentials'
  | 'pending_verification'
  | 'account_suspended'
  | 'account_cooldown'
  | 'account_locked'
  | 'password_reset_required';

/** The sentence for a failed login. `lockedFor`: milliseconds until the account opens by itself. */
export function authErrorMessage(
  code: AuthErrorCode,
  settings: Pick<Settings, 'useEmailAsUsername'>,
  lockedFor = 0,
): string {
  switch (code) {
    case 'invalid_credentials':
      return settings.useEmailAsUsername ? 'Invalid email or password.' : 'Invalid username or password.';
    case 'pending_verification':
      return 'Account has not been activated.';
    case 'account_suspended':
      return 'Account suspended.';
    case 'account_cooldown':
      return `Account locked. Try again in ${waitText(lockedFor)}.`;
    case 'account_locked':
      return 'Account locked.';
    case 'password_reset_required':
      return 'You need to reset your password. Check your email for instructions.';
  }
}

/** A wait in words, rounded up, so that nobody comes too early. */
function waitText(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds <= 60) return plural(seconds, 'second');
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 90 ? plural(minutes, 'minute') : plural(Math.ceil(minutes / 60), 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
