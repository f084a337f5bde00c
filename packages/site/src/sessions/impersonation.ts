import type { PorticoContext } from 'portico';
import type { Services } from '../services.ts';
import { exceeds } from '../users/administration/may-manage.ts';
import { hasPermission } from '../users/permissions/permissions.ts';
import type { User } from '../users/user.ts';
import { SESSION, type SessionContext } from './session-keys.ts';
import { beginSession } from './sign-in.ts';

/** Who is really there while somebody is signed in as another user. */
export interface Impersonator {
  readonly id: number;
  /** The impersonator's `credentialsVersion` when it began: another one ends the session. */
  readonly stamp: number;
  /**
   * The session came of a link that anybody may have followed: it ends where another would go back to the impersonator, whom
   * nobody here has proved to be.
   */
  readonly byLink?: true;
}

/** Who impersonates the signed-in user; undefined where nobody does. */
export function impersonatorOf({ session }: SessionContext): Impersonator | undefined {
  return session.userId === undefined ? undefined : session.get<Impersonator>(SESSION.impersonator);
}

/**
 * Signs this visitor in as another user, without elevation: in the impersonator's own session, which gets a new id, or by a
 * link, in a new one. Whether that is allowed is for the caller to ask first (`mayManage`); both users are as they were read
 * when that was decided. False, and nothing has happened, where `requireUserAgentAndIpForSession` refuses a new session.
 */
export function startImpersonating(
  ctx: PorticoContext,
  services: Pick<Services, 'settings' | 'now'>,
  impersonator: Pick<User, 'id' | 'credentialsVersion'>,
  target: Pick<User, 'id' | 'credentialsVersion'>,
  { byLink = false }: { readonly byLink?: boolean } = {},
): boolean {
  const { session } = ctx;
  const { id, credentialsVersion: stamp } = impersonator;
  if (byLink && !beginSession(ctx, services, target, false)) return false;
  session.userId = String(target.id);
  session.set(SESSION.stamp, target.credentialsVersion);
  session.set(SESSION.impersonator, { id, stamp, ...(byLink && { byLink }) });
  session.delete(SESSION.elevatedUntil);
  return true;
}

/**
 * Signs the impersonator in again, under a new id and without elevation, or ends the session where it came of a link.
 * Undefined where nobody impersonates.
 */
export function stopImpersonating(ctx: SessionContext): 'returned' | 'ended' | undefined {
  const impersonator = impersonatorOf(ctx);
  if (!impersonator) return undefined;
  const { session } = ctx;
  if (impersonator.byLink) {
    session.destroy();
    return 'ended';
  }
  session.userId = String(impersonator.id);
  session.set(SESSION.stamp, impersonator.stamp);
  session.delete(SESSION.impersonator);
  session.delete(SESSION.elevatedUntil);
  return 'returned';
}

/**
 * The impersonator as stored now; undefined where the impersonation must end because of what became of them, or of the
 * target, who may have gained permissions that they do not have.
 */
export async function findImpersonator(
  { database, settings }: Pick<Services, 'database' | 'settings'>,
  { id, stamp }: Impersonator,
  target: User,
): Promise<User | undefined> {
  const user = await database.users.find(id);
  if (!user || user.status !== 'active' || user.suspended || user.credentialsVersion !== stamp)
    return undefined;
  const mayGoOn = hasPermission(user, settings, 'impersonateUsers') && !exceeds(target, user, settings);
  return mayGoOn ? user : undefined;
}
