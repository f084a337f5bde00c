import { inputErrors } from '../lib/input-errors.ts';
import { isStorableText } from '../lib/storable-text.ts';
import { isEmailAddress } from '../lib/email-address.ts';
import { loginKey } from './login-key.ts';
import type { PersonName } from './person-name.ts';

/** Sentences by field. A field without one is fine. */
export type UserErrors = Record<string, string | readonly string[]>;

/** Throws input errors, if there are any. */
export function throwErrors(errors: UserErrors): void {
  if (Object.keys(errors).length > 0) throw inputErrors(errors);
}

const MAX_LENGTH = 255;

/** What is wrong with a new e-mail address, trimmed: a sentence, or undefined. */
export function emailError(email: string): string | undefined {
  if (email === '') return 'Email cannot be blank.';
  if (email.length > MAX_LENGTH) return tooLong('Email');
  return isEmailAddress(email) ? undefined : 'Email is not a valid email address.';
}

/**
 * What is wrong with a new username, trimmed. With an @ it must be one of the user's own addresses: a stranger's would catch
 * that stranger's logins, and being refused as taken would tell that there is an account.
 */
export function usernameError(username: string, ownAddresses: readonly string[]): string | undefined {
  if (username === '') return 'Username cannot be blank.';
  if (username.length > MAX_LENGTH) return tooLong('Username');
  if (/\s/.test(username)) return 'Username cannot contain spaces.';
  if (isUnfit(username) || JOINERS.test(username)) return invalidValue(username);
  if (!username.includes('@')) return undefined;
  const key = loginKey(username);
  return ownAddresses.some((address) => loginKey(address) === key)
    ? undefined
    : 'Username cannot be an email address other than your own.';
}

/** What is wrong with a name as it is to be stored, at the fields it was sent in. */
export function nameErrors(name: PersonName, sent: readonly (keyof PersonName)[]): UserErrors {
  const errors: UserErrors = {};
  for (const field of sent) {
    const value = name[field];
    const error = value === null ? undefined : nameError(value, LABELS[field]);
    if (error !== undefined) errors[field] = error;
  }
  return errors;
}

export const BLANK_FULL_NAME = 'Full Name cannot be blank.';

export function takenError(field: 'email' | 'username', value: string): string {
  return `${field === 'email' ? 'Email' : 'Username'} "${value}" has already been taken.`;
}

const LABELS: Readonly<Record<keyof PersonName, string>> = {
  fullName: 'Full Name',
  firstName: 'First Name',
  lastName: 'Last Name',
};

function nameError(value: string, label: string): string | undefined {
  if (value.length > MAX_LENGTH) return tooLong(label);
  return isUnfit(value) ? invalidValue(value) : undefined;
}

// Makes a link of a name wherever it is shown, in mails to strangers too.
const LINK = '://';
// Control characters and line breaks, which make more than a name of it, and characters that turn the direction of reading,
// which make another one (UTR #36).
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u;
// In names they join letters, as in Persian. Two usernames that only differ by them look the same.
const JOINERS = /\p{Cf}/u;

function isUnfit(value: string): boolean {
  return value.includes(LINK) || HIDDEN.test(value) || !isStorableText(value);
}

function invalidValue(value: string): string {
  // Without what made it unfit to be shown.
  const shown = value.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  return `Invalid value “${shown}”.`;
}

function tooLong(label: string): string {
  return `${label} should contain at most ${MAX_LENGTH} characters.`;
}
