import type { CookieSessions } from './cookie-session.ts';
import type { SessionState } from './session-state.ts';
import { stateOf } from './session.ts';
import { isStoredId, type StoreSessions } from './store-session.ts';

/**
 * Guests' sessions in their cookie, those of signed-in users in the store: a guest who looks at a form must not cost a row,
 * or each hit of a robot costs one. Signing in moves the session to the store under a new id; signing out begins a guest's.
 */
export function createGuestSessions(guests: CookieSessions, users: StoreSessions): StoreSessions {
  return {
    ...users,
    load: (cookieValue, now) =>
      cookieValue === undefined || isStoredId(cookieValue)
        ? users.load(cookieValue, now)
        : guests.load(cookieValue, now),
    commit(session, now, secure) {
      const state = stateOf(session);
      const stored = isStored(state);
      if (state.userId !== undefined || (stored && !state.destroyed)) {
        return users.commit(session, now, secure);
      }
      if (!stored) return guests.commit(session, now, secure);
      return users.end(session).then(() => guests.commit(session, now, secure));
    },
  };
}

/** Whether the session came out of the store, which counts its writes from 1. */
function isStored({ loaded, replaced }: SessionState): boolean {
  return ((loaded ?? replaced)?.version ?? 0) > 0;
}
