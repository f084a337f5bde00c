import { expect, test } from 'vitest';
import { authErrorMessage, type AuthErrorCode } from '../../src/users/login/auth-error.ts';

const rows: ReadonlyArray<[AuthErrorCode, number, string]> = [
  ['invalid_credentials', 0, 'Invalid username or password.'],
  ['pending_verification', 0, 'Account has not been activated.'],
  ['account_suspended', 0, 'Account suspended.'],
  ['account_locked', Infinity, 'Account locked.'],
  ['account_cooldown', 300_000, 'Account locked. Try again in 5 minutes.'],
  ['account_cooldown', 299_999, 'Account locked. Try again in 5 minutes.'],
  ['account_cooldown', 60_001, 'Account locked. Try again in 2 minutes.'],
  ['account_cooldown', 60_000, 'Account locked. Try again in 60 seconds.'],
  ['account_cooldown', 1, 'Account locked. Try again in 1 second.'],
  ['account_cooldown', 7_200_000, 'Account locked. Try again in 2 hours.'],
  ['password_reset_required', 0, 'You need to reset your password. Check your email for instructions.'],
];

test.each(rows)('%s after %d ms says: %s', (code, lockedFor, message) => {
  expect(authErrorMessage(code, { useEmailAsUsername: false }, lockedFor)).toBe(message);
});

test('where usernames are e-mail addresses it speaks of those', () => {
  expect(authErrorMessage('invalid_credentials', { useEmailAsUsername: true })).toBe(
    'Invalid email or password.',
  );
});
