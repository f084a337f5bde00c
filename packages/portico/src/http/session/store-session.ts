import { ActionError } from '../../wire/error.ts';
import { hashedToken } from '../signing/secrets.ts';
import type { CookieChange, SessionCookie } from './session-cookie.ts';
import { cookieAge, type SessionLifetime } from './session-lifetime.ts';
import { SessionState, type LoadedSession } from './session-state.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';
import { Session, stateOf } from './session.ts';

export interface StoreSessionParts {
  readonly cookie: SessionCookie;
  readonly lifetime: SessionLifetime;
  readonly store: SessionStore;
}

export interface StoreSessions {
  /** Removes the row of a session that was destroyed in this request. */
  end(session: Session): Promise<void>;
  load(cookieValue: string | undefined, now: number): Session | Promise<Session>;
  commit(
    session: Session,
    now: number,
    secure: boolean,
  ): CookieChange | undefined | Promise<CookieChange | undefined>;
}

const ID_SHAPE = /^[\w-]{43}$/;

/** Whether a cookie's value can be the id of a session in a store; a sealed session is longer. */
export function isStoredId(cookieValue: string): boolean {
  return ID_SHAPE.test(cookieValue);
}

// Each lost race means that another request won it, so only as many requests at once can exhaust this.
const MAX_ATTEMPTS = 32;

/**
 * Sessions that live in a store; the cookie holds nothing but the id. Only changed keys are written, over the
 * newest record and by its version, so that parallel requests do not undo each other.
 */
export function createStoreSessions({ cookie, lifetime, store }: StoreSessionParts): StoreSessions {
  async function read(id: string, now: number): Promise<SessionRecord | undefined> {
    const record = await reached(() => store.read(hashedToken(id)));
    return record === undefined || lifetime.isOver(record, now) ? undefined : record;
  }

  function setCookie(
    { id, expiresAt, data }: Pick<LoadedSession, 'id' | 'expiresAt' | 'data'>,
    now: number,
    secure: boolean,
  ): CookieChange {
    return cookie.set(id, cookieAge(data, expiresAt, now), secure);
  }

  async function loadFromStore(id: string, now: number): Promise<Session> {
    const record = await read(id, now);
    return new Session(record && new SessionState({ ...record, id }));
  }

  async function update(
    state: SessionState,
    loaded: LoadedSession,
    changed: readonly string[],
    now: number,
    secure: boolean,
  ): Promise<CookieChange | undefined> {
    const isRefreshDue = !state.keepsExpiry && lifetime.isRefreshDue(loaded, now);
    let newest: SessionRecord = loaded;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const record: SessionRecord = {
        data: mergedData(state, changed, newest.data, loaded.data),
        version: newest.version + 1,
        createdAt: newest.createdAt,
        // Grows only together with the cookie's own age, or the cookie would end first.
        expiresAt: isRefreshDue
          ? Math.max(newest.expiresAt, lifetime.expiry(newest.createdAt, now, newest.data))
          : newest.expiresAt,
        userId: newest.userId,
      };
      const expected = newest.version;
      if (await reached(() => store.write(hashedToken(loaded.id), record, expected))) {
        state.saved({ ...record, id: loaded.id });
        return isRefreshDue ? setCookie({ ...record, id: loaded.id }, now, secure) : undefined;
      }
      const found = await read(loaded.id, now);
      if (found === undefined) {
        // Logged out by another request. Bringing the record back would undo that, and the cookie may already
        // be another's.
        state.saved(undefined);
        return undefined;
      }
      // The request that won may have refreshed it as well, and then nothing is left to write.
      if (changed.length === 0 && !lifetime.isRefreshDue(found, now)) {
        state.saved({ ...found, id: loaded.id });
        return setCookie({ ...found, id: loaded.id }, now, secure);
      }
      newest = found;
    }
    throw unavailable('The session is being changed by too many requests at once.', undefined);
  }

  function firstRecord({ userId }: SessionState, data: Record<string, unknown>, now: number): SessionRecord {
    return { data, version: 1, createdAt: now, expiresAt: lifetime.expiry(now, now, data), userId };
  }

  async function create(
    state: SessionState,
    data: Record<string, unknown>,
    now: number,
    secure: boolean,
  ): Promise<CookieChange> {
    const record = firstRecord(state, data, now);
    const { id, replaced } = state;
    if (!(await reached(() => store.write(hashedToken(id), record, 0)))) {
      throw unavailable('The session store refused a session under a new id.', undefined);
    }
    if (replaced !== undefined && replaced.version > 0) {
      await reached(() => store.destroy(hashedToken(replaced.id)));
    }
    state.saved({ ...record, id });
    return setCookie({ ...record, id }, now, secure);
  }

  async function regenerate(
    state: SessionState,
    replaced: LoadedSession,
    changed: readonly string[],
    now: number,
    secure: boolean,
  ): Promise<CookieChange | undefined> {
    // Out of a cookie: there is no row, and what is known is all there is.
    if (replaced.version === 0) return create(state, state.snapshot(), now, secure);
    const signsIn = state.userId !== undefined && state.userId !== replaced.userId;
    const move = store.move?.bind(store);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const newest = await read(replaced.id, now);
      if (newest === undefined && !signsIn) {
        // Logged out by another request: a new id must not outlive that. A login stands for itself.
        state.saved(undefined);
        return undefined;
      }
      const data = mergedData(state, changed, newest?.data ?? {}, replaced.data);
      if (newest === undefined || move === undefined) return create(state, data, now, secure);
      const { id } = state;
      const record = firstRecord(state, data, now);
      const from = hashedToken(replaced.id);
      if (await reached(() => move(from, hashedToken(id), record, newest.version))) {
        state.saved({ ...record, id });
        return setCookie({ ...record, id }, now, secure);
      }
    }
    throw unavailable('The session is being changed by too many requests at once.', undefined);
  }

  async function endAndBegin(
    state: SessionState,
    ended: LoadedSession,
    now: number,
    secure: boolean,
  ): Promise<CookieChange> {
    await reached(() => store.destroy(hashedToken(ended.id)));
    state.replaced = undefined;
    if (state.exists) return create(state, state.snapshot(), now, secure);
    state.saved(undefined);
    return cookie.clear(secure);
  }

  return {
    async end(session) {
      const { replaced } = stateOf(session);
      if (replaced !== undefined) await reached(() => store.destroy(hashedToken(replaced.id)));
    },

    load(cookieValue, now) {
      // A new session never takes over the id that was sent: whoever sent it may not be the only one to know
      // it.
      if (cookieValue === undefined || !isStoredId(cookieValue)) return new Session();
      return loadFromStore(cookieValue, now);
    },

    commit(session, now, secure) {
      const state = stateOf(session);
      const { loaded, replaced } = state;
      if (replaced !== undefined && state.destroyed) return endAndBegin(state, replaced, now, secure);
      if (!state.exists) return undefined;
      const changed = state.changedKeys();
      if (loaded !== undefined) {
        if (changed.length === 0 && (state.keepsExpiry || !lifetime.isRefreshDue(loaded, now)))
          return undefined;
        return update(state, loaded, changed, now, secure);
      }
      if (replaced !== undefined) return regenerate(state, replaced, changed, now, secure);
      return create(state, state.snapshot(), now, secure);
    },
  };
}

function mergedData(
  state: SessionState,
  changed: readonly string[],
  newest: LoadedSession['data'],
  known: LoadedSession['data'],
): Record<string, unknown> {
  const merged = new Map(Object.entries(newest));
  const own = new Map(Object.entries(state.snapshot()));
  for (const key of changed) {
    if (own.has(key)) merged.set(key, own.get(key));
    // An entry of ours that was used up is removed only if it is still the one that was read.
    else if (!key.startsWith('_') || JSON.stringify(merged.get(key)) === JSON.stringify(known[key]))
      merged.delete(key);
  }
  return Object.fromEntries(merged);
}

async function reached<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    throw unavailable('The session store cannot be reached.', cause);
  }
}

function unavailable(message: string, cause: unknown): ActionError {
  return new ActionError({ code: 'SERVICE_UNAVAILABLE', message, cause });
}
