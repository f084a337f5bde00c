import { randomUUID } from 'node:crypto';
import type { PorticoContext } from 'portico';
import type { Services } from '../services.ts';
import type { User } from '../users/user.ts';
import { deviceOf, isKnownDevice } from './device.ts';
import { loginLifetime } from './login-lifetime.ts';
import { SESSION, type SessionContext } from './session-keys.ts';
import { rememberUsername } from './username-cookie.ts';

type SignInServices = Pick<Services, 'settings' | 'now'>;

/**
 * Signs a user in to this visitor's session, under a new id (OWASP: session fixation). What a guest had in the session stays;
 * what another user had is gone. The login counts as an elevation.
 *
 * `user` must be as it was read when the password or code was checked: a session that is written after a password change is
 * then worth nothing. False, and nothing has happened, where the request lacks what `requireUserAgentAndIpForSession` asks
 * for.
 */
export function signIn(
  ctx: PorticoContext,
  services: SignInServices,
  user: User,
  { remember = false }: { readonly remember?: boolean } = {},
): boolean {
  if (!beginSession(ctx, services, user, remember)) return false;
  const { settings, now } = services;
  ctx.session.set(SESSION.elevatedUntil, now() + settings.elevatedSessionDuration * 1000);
  rememberUsername(ctx, settings, user);
  return true;
}

/** What every session of a user begins with. Not elevated. False where `requireUserAgentAndIpForSession` refuses it. */
export function beginSession(
  ctx: PorticoContext,
  { settings, now }: SignInServices,
  user: Pick<User, 'id' | 'credentialsVersion'>,
  remembered: boolean,
): boolean {
  const device = deviceOf(ctx);
  if (!isKnownDevice(device, settings)) return false;
  const { session } = ctx;
  const userId = String(user.id);
  if (session.userId !== undefined && session.userId !== userId) session.destroy();
  session.userId = userId;
  // Also gives a new id where the same user signs in once more.
  session.setLifetime(loginLifetime(settings, remembered));
  session.set(SESSION.stamp, user.credentialsVersion);
  session.set(SESSION.mark, randomUUID());
  session.set(SESSION.device, { ...device });
  session.set(SESSION.signedInAt, now());
  session.set(SESSION.remembered, remembered);
  session.delete(SESSION.elevatedUntil);
  session.delete(SESSION.impersonator);
  return true;
}

/**
 * Carries this session over a change that ends all of the user's, such as another password: `user` is as it is after the
 * change. It is a new session with a new id, since its row has gone with the others, and holds what the former one held.
 * Nothing happens where somebody else is signed in.
 */
export function keepSignedIn(
  { session }: SessionContext,
  { settings }: Pick<Services, 'settings'>,
  user: Pick<User, 'id' | 'credentialsVersion'>,
): void {
  const userId = String(user.id);
  if (session.userId !== userId) return;
  const kept = session.keys().map((key) => [key, session.get(key)] as const);
  session.destroy();
  session.userId = userId;
  for (const [key, value] of kept) if (value !== undefined) session.set(key, value);
  session.set(SESSION.stamp, user.credentialsVersion);
  session.setLifetime(loginLifetime(settings, session.get(SESSION.remembered) === true));
}

/** Ends the session, whoever is signed in to it, and an impersonation with it. */
export function signOut({ session }: SessionContext): void {
  session.destroy();
}
