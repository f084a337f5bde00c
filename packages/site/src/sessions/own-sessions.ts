import type { Services } from '../services.ts';
import type { User } from '../users/user.ts';
import { SESSION, type SessionContext } from './session-keys.ts';
import type { UserSession } from './user-session-store.ts';

type OwnUser = Pick<User, 'id' | 'credentialsVersion'>;

export interface OwnSession {
  readonly session: UserSession;
  /** Whether it is the one of this request. */
  readonly current: boolean;
}

/** The sessions of the signed-in user that are worth something, last used first. */
export async function listOwnSessions(
  ctx: SessionContext,
  { database, now }: Pick<Services, 'database' | 'now'>,
  user: OwnUser,
): Promise<readonly OwnSession[]> {
  const mark = ctx.session.get(SESSION.mark);
  const sessions = await database.sessions.listOf(user.id, now());
  return sessions
    .filter(({ data }) => data[SESSION.stamp] === user.credentialsVersion)
    .map((session) => ({ session, current: mark !== undefined && session.data[SESSION.mark] === mark }));
}

/**
 * The uid of this request's session, for `sessions.revokeAll(userId, uid)`: the session itself then only changes its id.
 * Undefined for one that is new in this request.
 */
export async function currentSessionUid(
  ctx: SessionContext,
  services: Pick<Services, 'database' | 'now'>,
  user: OwnUser,
): Promise<string | undefined> {
  const sessions = await listOwnSessions(ctx, services, user);
  return sessions.find(({ current }) => current)?.session.uid;
}
