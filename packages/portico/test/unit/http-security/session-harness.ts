import { createMemorySessionStore } from '../../../src/http/session/memory-session-store.ts';
import type { SessionLogEntry } from '../../../src/http/session/session-budget.ts';
import type { CookieChange } from '../../../src/http/session/session-cookie.ts';
import type { SessionStore } from '../../../src/http/session/session-store.ts';
import type { Session } from '../../../src/http/session/session.ts';
import { createSessions, type SessionOptions, type Sessions } from '../../../src/http/session/sessions.ts';
import { keyring } from './keyring.ts';

export const START: number = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

/** A browser with one cookie jar, a clock, and the sessions of a server. */
export class Visitor {
  readonly sessions: Sessions;
  readonly log: SessionLogEntry[] = [];
  cookie: string | undefined;
  now: number = START;
  /** What the last request set. */
  change: CookieChange | undefined;

  constructor(options: SessionOptions = {}) {
    this.sessions = createSessions(options, keyring, (entry) => this.log.push(entry));
  }

  load(): Promise<Session> {
    return Promise.resolve(this.sessions.load(this.cookie, this.now));
  }

  async commit(session: Session): Promise<CookieChange | undefined> {
    this.change = await this.sessions.commit(session, this.now, true);
    if (this.change !== undefined) {
      this.cookie = this.change.options.maxAge === 0 ? undefined : this.change.value;
    }
    return this.change;
  }

  /** One request: load, work, commit. */
  async request<Result>(work: (session: Session) => Result): Promise<Result> {
    const session = await this.load();
    const result = work(session);
    await this.commit(session);
    return result;
  }
}

/** A memory store that counts its calls and can be made to fail. */
export function observedStore(
  now?: () => number,
): SessionStore & { calls: string[]; failing: boolean; size: number } {
  const store = createMemorySessionStore(now);
  const calls: string[] = [];
  const observed = {
    calls,
    failing: false,
    get size() {
      return store.size;
    },
    read: (key: string) => note('read', () => store.read(key)),
    write: (...args: Parameters<SessionStore['write']>) => note('write', () => store.write(...args)),
    destroy: (key: string) => note('destroy', () => store.destroy(key)),
  };
  async function note<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
    calls.push(name);
    if (observed.failing) throw new Error('ECONNREFUSED');
    return act();
  }
  return observed;
}
