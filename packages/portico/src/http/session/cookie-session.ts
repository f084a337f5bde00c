import { open, seal, sealedLength } from '../signing/seal.ts';
import type { Keyring } from '../signing/secrets.ts';
import { withinBudget, type SessionLog } from './session-budget.ts';
import type { CookieChange, SessionCookie } from './session-cookie.ts';
import { cookieAge, type SessionLifetime } from './session-lifetime.ts';
import { SessionState, type LoadedSession } from './session-state.ts';
import { Session, stateOf } from './session.ts';

export interface CookieSessionParts {
  readonly cookie: SessionCookie;
  readonly lifetime: SessionLifetime;
  readonly keyring: Keyring;
  readonly log: SessionLog;
  readonly domain: string | undefined;
}

export interface CookieSessions {
  load(cookieValue: string | undefined, now: number): Session;
  commit(session: Session, now: number, secure: boolean): CookieChange | undefined;
}

const PURPOSE = 'session';
// Browsers keep 4096 bytes of name and value (RFC 6265bis section 5.6); proxies and servers often limit all
// headers to 8 KB.
const SET_COOKIE_BYTES = 3584;
// `; Max-Age=…; Path=/; HttpOnly; Secure; SameSite=Strict`, and `; Domain=` before the domain.
const ATTRIBUTE_BYTES = 90;

/**
 * Sessions that live in their cookie, encrypted. They need no store, and have the limits of that: what is in
 * the cookie is what the browser sends back, so a copy of it works until it expires, logout or not, and of
 * two answers that come at once the later wins.
 */
export function createCookieSessions(parts: CookieSessionParts): CookieSessions {
  const { cookie, lifetime, keyring, log, domain = '' } = parts;

  function sealed(record: Omit<LoadedSession, 'version'>, secure: boolean): string {
    const room = SET_COOKIE_BYTES - ATTRIBUTE_BYTES - cookie.name(secure).length - domain.length;
    const text = (data: LoadedSession['data']): string => JSON.stringify({ ...record, data });
    const excess = (data: LoadedSession['data']): number =>
      Math.ceil((sealedLength(Buffer.byteLength(text(data))) - room) * 0.75);
    return seal(keyring, PURPOSE, text(withinBudget(record.data, excess, log)));
  }

  return {
    load(cookieValue, now) {
      const text = cookieValue === undefined ? undefined : open(keyring, PURPOSE, cookieValue);
      if (text === undefined) return new Session();
      const record = JSON.parse(text) as Omit<LoadedSession, 'version' | 'userId'> & { userId?: string };
      if (lifetime.isOver(record, now)) return new Session();
      return new Session(new SessionState({ ...record, userId: record.userId, version: 0 }));
    },

    commit(session, now, secure) {
      const state = stateOf(session);
      const { loaded } = state;
      if (!state.exists) {
        if (state.replaced === undefined) return undefined;
        state.saved(undefined);
        return cookie.clear(secure);
      }
      const changed = state.changedKeys();
      const isKept = loaded !== undefined && (state.keepsExpiry || !lifetime.isRefreshDue(loaded, now));
      if (isKept && changed.length === 0) return undefined;
      const createdAt = loaded?.createdAt ?? now;
      const data = state.snapshot();
      const expiresAt =
        loaded !== undefined && state.keepsExpiry ? loaded.expiresAt : lifetime.expiry(createdAt, now, data);
      const record = { id: state.id, createdAt, expiresAt, userId: state.userId, data };
      const value = sealed(record, secure);
      state.saved({ ...record, version: 0 });
      return cookie.set(value, cookieAge(data, expiresAt, now), secure);
    },
  };
}
