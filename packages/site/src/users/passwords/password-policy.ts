import type { Settings } from '../../config.ts';
import { commonPasswords } from './common-passwords.ts';

/** Judges a new password: a sentence that says what is wrong with it, or undefined. */
export type PasswordChecker = (
  password: string,
  user: { readonly email: string; readonly username: string | null; readonly fullName: string | null },
) => string | undefined | Promise<string | undefined>;

type PolicySettings = Pick<Settings, 'password' | 'siteName' | 'siteUrl'>;
type PasswordOwner = Parameters<PasswordChecker>[1];

/**
 * What is wrong with a new password: a sentence, or undefined. It has a length in characters, that is Unicode code points,
 * and is nothing that is tried first; which letters and signs it is made of is its owner's choice (NIST SP 800-63B-4 section
 * 3.1.1.2). The setting `password.check` has the last word.
 */
export async function checkPassword(
  settings: PolicySettings,
  password: string,
  user: PasswordOwner,
): Promise<string | undefined> {
  const { minLength, maxLength, check } = settings.password;
  // Half a surrogate pair has no UTF-8, and would be hashed as any other half.
  if (!password.isWellFormed()) return 'New Password contains a character that does not exist.';
  const length = [...password.normalize('NFC')].length;
  if (length < minLength) return `New Password should contain at least ${characters(minLength)}.`;
  if (length > maxLength) return `New Password should contain at most ${characters(maxLength)}.`;
  const folded = fold(password);
  if (folded === '') return 'New Password should not be blank.';
  if (obvious(settings, user).has(folded)) {
    return 'New Password should not be your name, your email address or the name of the site.';
  }
  if (commonPasswords.has(folded)) {
    return 'New Password is one of the most common passwords, which are tried first. Choose another one.';
  }
  return check?.(password, user);
}

/** What whoever knows the account and the site would try. */
function obvious(settings: PolicySettings, user: PasswordOwner): ReadonlySet<string> {
  const { email, username, fullName } = user;
  const host = URL.parse(settings.siteUrl)?.hostname;
  const texts = [
    email,
    email.split('@', 1)[0],
    username,
    fullName,
    fullName?.replace(/\s/g, ''),
    settings.siteName,
    host,
  ];
  return new Set(texts.map((text) => fold(text ?? '')));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function characters(count: number): string {
  return `${count} ${count === 1 ? 'character' : 'characters'}`;
}
