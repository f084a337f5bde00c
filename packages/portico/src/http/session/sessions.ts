import { createCookieSessions } from './cookie-session.ts';
import type { Keyring } from '../signing/secrets.ts';
import type { SessionLog } from './session-budget.ts';
import { createGuestSessions } from './guest-sessions.ts';
import { createSessionCookie, type CookieChange, type SessionCookieOptions } from './session-cookie.ts';
import { createSessionLifetime, type SessionLifetimeOptions } from './session-lifetime.ts';
import type { SessionStore } from './session-store.ts';
import type { Session } from './session.ts';
import { createStoreSessions } from './store-session.ts';

export interface SessionOptions extends SessionLifetimeOptions, SessionCookieOptions {
  /** Where sessions live. Default: in one encrypted cookie of at most 3.5 KB. */
  readonly store?: SessionStore | undefined;
  /** Where sessions of guests live if there is a store. Default: `store`. */
  readonly guests?: 'cookie' | 'store' | undefined;
}

/**
 * Loads and saves sessions. All times are epoch milliseconds; `secure` says whether the request came over
 * HTTPS.
 */
export interface Sessions {
  /** The cookie whose value `load` takes. */
  cookieName(secure: boolean): string;
  /**
   * The session of a cookie; a new one for a cookie that is missing, forged or out of date. No promise unless
   * a store must be asked. Rejects with `ActionError` `SERVICE_UNAVAILABLE` when the store cannot be reached.
   */
  load(cookieValue: string | undefined, now: number): Session | Promise<Session>;
  /**
   * Saves what changed and says which cookie to set; `undefined` when there is none to set. Once saved, a
   * session may change and be saved again. Rejects as `load` does; throws when the session is too large for a
   * cookie.
   */
  commit(
    session: Session,
    now: number,
    secure: boolean,
  ): CookieChange | undefined | Promise<CookieChange | undefined>;
}

/**
 * Sessions in a store if there is one, else in an encrypted cookie. `log` hears what a cookie had no room
 * for.
 */
export function createSessions(options: SessionOptions, keyring: Keyring, log: SessionLog): Sessions {
  const cookie = createSessionCookie(options);
  const lifetime = createSessionLifetime(options);
  const inCookies = createCookieSessions({ cookie, lifetime, keyring, log, domain: options.domain });
  if (options.store === undefined) return { cookieName: cookie.name, ...inCookies };
  const inStore = createStoreSessions({ cookie, lifetime, store: options.store });
  const sessions = options.guests === 'cookie' ? createGuestSessions(inCookies, inStore) : inStore;
  return { cookieName: cookie.name, load: sessions.load, commit: sessions.commit };
}
