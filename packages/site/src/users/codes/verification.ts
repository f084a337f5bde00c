import { createHash, randomBytes } from 'node:crypto';
import { ActionError } from 'portico';
import type { Stores } from '../../database.ts';
import type { Services } from '../../services.ts';
import { NOBODY } from '../nobody.ts';
import type { User } from '../user.ts';
import type { CodePurpose, VerificationCode } from './verification-code-store.ts';

/** A code that is good for something, and whose it is. */
export interface ValidCode {
  readonly user: User;
  readonly purpose: CodePurpose;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** 256 random bits, as links carry them. */
const newCode = (): string => randomBytes(32).toString('base64url');

const hashOf = (code: string): string => createHash('sha256').update(code).digest('base64url');

/**
 * Makes the code that a mail carries, and makes those mailed to this user before worth nothing. Only its hash is stored: what
 * is returned exists nowhere else.
 */
export async function issueCode(
  { settings, now }: Pick<Services, 'settings' | 'now'>,
  stores: Pick<Stores, 'codes'>,
  user: Pick<User, 'id'>,
  purpose: CodePurpose,
): Promise<string> {
  const code = newCode();
  const issuedAt = now();
  const expiresAt = issuedAt + settings.verificationCodeDuration * 1000;
  await stores.codes.replace({ userId: user.id, purpose, hash: hashOf(code), issuedAt, expiresAt });
  return code;
}

/**
 * Where a code is used: an absolute URL, made of the setting `siteUrl` and of nothing that a request says (CVE-2022-29933).
 * An activation leads to the page for a password where there is none yet.
 */
export function codeLink(
  { settings }: Pick<Services, 'settings'>,
  purpose: CodePurpose,
  user: Pick<User, 'uid' | 'passwordHash'>,
  code: string,
): string {
  const confirms = purpose === 'verify-email' || (purpose === 'activate' && user.passwordHash !== null);
  const path = confirms
    ? settings.verifyEmailPath || 'actions/users/verify-email'
    : settings.setPasswordPath || 'actions/users/set-password';
  const query = new URLSearchParams({ code, id: user.uid });
  return `${settings.siteUrl}/${path}?${query.toString()}`;
}

/**
 * Whose code this is, if it is good for one of the purposes; it still is afterwards. `undefined` alike for a code that is
 * unknown, used, expired or for something else, and for a user nobody knows.
 */
export async function checkCode(
  { database, now }: Pick<Services, 'database' | 'now'>,
  uid: string,
  code: string,
  purposes: readonly CodePurpose[],
): Promise<ValidCode | undefined> {
  const user = UUID.test(uid) ? await database.users.findByUid(uid) : undefined;
  // The same work for a user nobody knows. What is looked for is a hash, so how long that takes tells nothing of a code.
  const found = await database.codes.find(user?.id ?? NOBODY, hashOf(code));
  return user && validCode(user, found, purposes, now());
}

/**
 * Uses a code up, in the transaction of what it is used for, and returns its user, who is locked. Of two at once one comes
 * through. Throws `invalidCode()`.
 */
export async function consumeCode(
  { now }: Pick<Services, 'now'>,
  stores: Pick<Stores, 'users' | 'codes'>,
  userId: number,
  code: string,
  purposes: readonly CodePurpose[],
): Promise<ValidCode> {
  const user = await stores.users.lock(userId);
  const taken = user && (await stores.codes.consume(user.id, hashOf(code)));
  const valid = user && validCode(user, taken, purposes, now());
  if (!valid) throw invalidCode();
  return valid;
}

/** What every code that is no good is answered with, whatever is wrong with it. */
export function invalidCode(message = 'InvalidVerificationCode'): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message,
    data: { errorCode: 'InvalidVerificationCode' },
  });
}

function validCode(
  user: User,
  found: VerificationCode | undefined,
  purposes: readonly CodePurpose[],
  now: number,
): ValidCode | undefined {
  if (!found || found.expiresAt <= now || !purposes.includes(found.purpose)) return undefined;
  // Whoever was shut out has no use for a mail from before.
  if (user.status === 'inactive' && found.purpose !== 'reclaim') return undefined;
  return { user, purpose: found.purpose };
}
