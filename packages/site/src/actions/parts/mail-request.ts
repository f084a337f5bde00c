import type { ActionContext, LimitOptions } from 'portico';
import type { Settings } from '../../config.ts';
import { loginKey } from '../../users/login-key.ts';

/** Whom a mail is asked for. */
export type Recipient =
  | { readonly kind: 'user'; readonly userId: number }
  | { readonly kind: 'name'; readonly loginName: string };

type Sent = { readonly loginName: string; readonly userId?: number | undefined };

/** `userId` goes first, for those who may name users by it; `undefined` for all others. */
export function recipientOf(loginName: string, userId: number | undefined): Recipient {
  return userId === undefined ? { kind: 'name', loginName: loginName.trim() } : { kind: 'user', userId };
}

/** Calls by the visitor's address, and by the account, whether there is such an account or not. */
export function addressLimits(
  byVisitor: Settings['limits']['passwordReset'],
  byAccount: Settings['limits']['passwordResetAccount'],
): ReadonlyArray<LimitOptions<Sent>> {
  const account = (_ctx: ActionContext, { loginName, userId }: Sent): string =>
    loginName === '' && userId !== undefined ? `user:${userId}` : loginKey(loginName);
  return [
    ...(byVisitor === false ? [] : [{ ...byVisitor, by: 'ip' as const }]),
    ...(byAccount === false ? [] : [{ ...byAccount, by: account }]),
  ];
}

/** How long an answer takes that tells nothing: much longer than writing a mail does. */
export const ANSWER_MILLISECONDS = 400;
