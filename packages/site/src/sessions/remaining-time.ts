import type { Services } from '../services.ts';
import { idleSeconds, loginEnd } from './login-lifetime.ts';
import { SESSION, type SessionContext } from './session-keys.ts';

/**
 * Seconds until the login ends unless the session is used, as a script of the page should count them: 0 for a guest, −1
 * where it ends with the browser. `extends`: whether this request counts as use.
 */
export function remainingSeconds(
  { session }: SessionContext,
  { settings, now }: Pick<Services, 'settings' | 'now'>,
  { extends: isUse }: { readonly extends: boolean },
): number {
  if (session.userId === undefined) return 0;
  const idle = idleSeconds(settings, session.get(SESSION.remembered) === true) * 1000;
  if (idle === 0) return -1;
  const time = now();
  const renewed = Math.min(time + idle, loginEnd(settings, session.get<number>(SESSION.signedInAt) ?? 0));
  const end = Math.min(session.expiresAt ?? renewed, renewed);
  // Portico prolongs a session when a tenth of its lifetime is gained by it, not at every request.
  const isProlonged = isUse && renewed - end >= idle / 10;
  return Math.max(0, Math.floor(((isProlonged ? renewed : end) - time) / 1000));
}
