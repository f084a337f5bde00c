import type { Settings } from '../../config.ts';
import type { User } from '../user.ts';

/** What is known of a user's wrong passwords. */
export type LockoutState = Pick<
  User,
  'invalidLoginCount' | 'invalidLoginWindowStart' | 'lastInvalidLoginAt' | 'lockedAt'
>;
export type LockoutSettings = Pick<
  Settings,
  'maxInvalidLogins' | 'invalidLoginWindowDuration' | 'cooldownDuration'
>;

/** Whether too many wrong passwords keep the account locked now. A lock ends by itself after `cooldownDuration`. */
export function isLocked(
  user: Pick<LockoutState, 'lockedAt'>,
  settings: LockoutSettings,
  now: number,
): boolean {
  if (user.lockedAt === null || settings.maxInvalidLogins === false) return false;
  return now < lockEnd(user.lockedAt, settings);
}

/** Epoch milliseconds: who was locked later than this is locked at `now`, as `isLocked` says of one user. */
export function lockedAfter({ maxInvalidLogins, cooldownDuration }: LockoutSettings, now: number): number {
  if (maxInvalidLogins === false) return Number.MAX_SAFE_INTEGER;
  return cooldownDuration === 0 ? -1 : now - cooldownDuration * 1000;
}

/** Milliseconds until a locked account opens by itself: 0 when it is open, Infinity when only an administrator opens it. */
export function lockedFor(
  user: Pick<LockoutState, 'lockedAt'>,
  settings: LockoutSettings,
  now: number,
): number {
  return user.lockedAt !== null && isLocked(user, settings, now) ? lockEnd(user.lockedAt, settings) - now : 0;
}

/**
 * What a wrong password changes. The window begins with its first failure; the failure that fills it locks the account and
 * ends the count. While it is locked nothing is counted, so that nobody prolongs the lock of another.
 */
export function afterFailure(
  user: LockoutState,
  settings: LockoutSettings,
  now: number,
): Partial<LockoutState> {
  const { maxInvalidLogins } = settings;
  if (maxInvalidLogins === false || isLocked(user, settings, now)) return { lastInvalidLoginAt: now };
  const begins = user.lockedAt !== null || !isInWindow(user.invalidLoginWindowStart, settings, now);
  const invalidLoginCount = begins ? 1 : user.invalidLoginCount + 1;
  if (invalidLoginCount >= maxInvalidLogins) {
    return { lastInvalidLoginAt: now, lockedAt: now, invalidLoginCount: 0, invalidLoginWindowStart: null };
  }
  return {
    lastInvalidLoginAt: now,
    lockedAt: null,
    invalidLoginCount,
    invalidLoginWindowStart: begins ? now : user.invalidLoginWindowStart,
  };
}

/** What the right password changes, once the account is open. */
export function afterSuccess(): Partial<LockoutState> {
  return { invalidLoginCount: 0, invalidLoginWindowStart: null, lockedAt: null };
}

function lockEnd(lockedAt: number, { cooldownDuration }: LockoutSettings): number {
  return cooldownDuration === 0 ? Infinity : lockedAt + cooldownDuration * 1000;
}

/** A window of 0 seconds has no end. */
function isInWindow(
  start: number | null,
  { invalidLoginWindowDuration }: LockoutSettings,
  now: number,
): boolean {
  if (start === null) return false;
  return invalidLoginWindowDuration === 0 || now < start + invalidLoginWindowDuration * 1000;
}
