import { ActionError } from 'portico';
import type { Services } from '../services.ts';
import { SESSION, type SessionContext } from './session-keys.ts';

type ElevationServices = Pick<Services, 'settings' | 'now'>;

/**
 * Seconds left in which sensitive actions need no password; 0: they need it; −1: they never do, since
 * `elevatedSessionDuration` is 0.
 */
export function elevatedSeconds({ session }: SessionContext, { settings, now }: ElevationServices): number {
  if (session.userId === undefined) return 0;
  if (settings.elevatedSessionDuration === 0) return -1;
  const until = session.get<number>(SESSION.elevatedUntil) ?? 0;
  // A shorter setting counts for sessions that were elevated before it.
  const left = Math.min(until - now(), settings.elevatedSessionDuration * 1000);
  return Math.max(0, Math.ceil(left / 1000));
}

/** Whether the user has just proved who they are, by a login or by `users/verify-password`. */
export function isElevated(ctx: SessionContext, services: ElevationServices): boolean {
  return elevatedSeconds(ctx, services) !== 0;
}

/** The user has just proved who they are. The session gets a new id: one known from before is not elevated. */
export function elevate({ session }: SessionContext, { settings, now }: ElevationServices): void {
  session.set(SESSION.elevatedUntil, now() + settings.elevatedSessionDuration * 1000);
  session.regenerate();
}

/**
 * Throws 403 `ELEVATION_REQUIRED` unless the session is elevated: the client is to ask for the password, post it to
 * `users/verify-password` and try again.
 */
export function requireElevated(ctx: SessionContext, services: ElevationServices): void {
  if (isElevated(ctx, services)) return;
  throw new ActionError({
    code: 'ELEVATION_REQUIRED',
    status: 403,
    message: 'This action may only be performed with an elevated session.',
    data: { reason: 'ELEVATION_REQUIRED' },
  });
}
