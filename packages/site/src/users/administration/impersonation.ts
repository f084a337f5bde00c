import { createHash, randomBytes } from 'node:crypto';
import { ActionError } from 'portico';
import type { Services } from '../../services.ts';
import { manageUser, refuseUnless } from './manage-user.ts';
import { mayManage, type Actor } from './may-manage.ts';
import type { User } from '../user.ts';

type ImpersonationServices = Pick<Services, 'database' | 'settings' | 'now'>;

/** Two people: who acts, and as whom. */
export interface Impersonation {
  readonly issuer: User;
  readonly target: User;
}

const LINK_MS = 3_600_000;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** The user to sign the actor in as, as he is now. Throws what `mayManage` says against it. */
export function userToImpersonate(
  services: ImpersonationServices,
  actor: Actor,
  targetId: number,
): Promise<User> {
  return manageUser(services, { actor, targetId, act: 'impersonate' }, async ({ target }) => target);
}

/**
 * The token of a link that signs somebody in as the target, once, within an hour. Only its hash is stored: what is returned
 * exists nowhere else. Throws what `mayManage` says against it.
 */
export function issueImpersonationToken(
  services: ImpersonationServices,
  actor: Actor,
  targetId: number,
): Promise<string> {
  const options = { actor, targetId, act: 'impersonate' } as const;
  return manageUser(services, options, async ({ stores, target, actor: { user }, now }) => {
    const token = randomBytes(32).toString('base64url');
    await stores.impersonationTokens.insert({
      hash: hashOf(token),
      issuerId: user.id,
      issuerStamp: user.credentialsVersion,
      userId: target.id,
      expiresAt: now + LINK_MS,
    });
    return token;
  });
}

/** Whether a token is good. Changes nothing: programs that look at links open them. */
export async function isImpersonationToken(
  { database, now }: ImpersonationServices,
  token: string,
): Promise<boolean> {
  const found = await database.impersonationTokens.find(hashOf(token));
  return found !== undefined && found.expiresAt > now();
}

/**
 * Uses a token up and says who is signed in as whom. Of two at once one comes through. The issuer must still be the one who
 * made it, and still be allowed to: throws `invalidLink()` and what `mayManage` says.
 */
export async function redeemImpersonationToken(
  { database, settings, now }: ImpersonationServices,
  token: string,
): Promise<Impersonation> {
  return database.transaction(async (stores) => {
    const found = await stores.impersonationTokens.consume(hashOf(token));
    if (found === undefined || found.expiresAt <= now()) throw invalidLink();
    const { issuerId, issuerStamp, userId: targetId } = found;
    const issuer = await stores.users.find(issuerId);
    if (issuer?.credentialsVersion !== issuerStamp) throw invalidLink();
    const target = await stores.users.find(targetId);
    const actor: Actor = { user: issuer, impersonatorId: null };
    refuseUnless(mayManage({ actor, targetId, target, act: 'impersonate', settings }), 'impersonate');
    if (target === undefined) throw invalidLink();
    return { issuer, target };
  });
}

/** What every link that is no good is answered with, whatever is wrong with it. */
export function invalidLink(): ActionError {
  return new ActionError({
    code: 'BAD_REQUEST',
    message: 'This link is no longer good: it was used already, or it is too old.',
    data: { reason: 'invalid-link' },
  });
}
