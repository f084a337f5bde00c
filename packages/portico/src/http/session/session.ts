import { checkedLifetime, LIFETIME_KEY, type OwnLifetime } from './session-lifetime.ts';
import { SessionState } from './session-state.ts';

let stateInside: (session: Session) => SessionState;

/**
 * What is known of a visitor from request to request, as handlers and pages see it. There is no session until
 * something is set: reading makes none. Changes are saved when the answer goes out.
 */
export class Session {
  readonly #state: SessionState;

  static {
    stateInside = (session) => session.#state;
  }

  constructor(state: SessionState = new SessionState(undefined)) {
    this.#state = state;
  }

  /**
   * 256 random bits. Another after `regenerate`, `destroy` and a change of `userId`. Not to be shown or
   * logged.
   */
  get id(): string {
    return this.#state.id;
  }

  /** Whether the visitor came without a session, or it was destroyed. */
  get isNew(): boolean {
    const { loaded, replaced, destroyed } = this.#state;
    return loaded === undefined && (replaced === undefined || destroyed);
  }

  /** The signed-in user's id. Setting another one also gives the session a new id, and its data stays. */
  get userId(): string | undefined {
    return this.#state.userId;
  }

  set userId(userId: string | undefined) {
    this.#state.userId = userId;
  }

  /** When it ends unless it is used, in epoch milliseconds, as it was loaded. */
  get expiresAt(): number | undefined {
    const { loaded, replaced } = this.#state;
    return (loaded ?? replaced)?.expiresAt;
  }

  /**
   * Another lifetime than the app's for this session, kept with it, and a new id. Throws a `RangeError` for a number of
   * seconds that is not positive.
   */
  setLifetime(lifetime: OwnLifetime): void {
    this.#state.set(LIFETIME_KEY, checkedLifetime(lifetime));
    this.#state.regenerate();
  }

  /** This request does not prolong the session. */
  keepExpiry(): void {
    this.#state.keepsExpiry = true;
  }

  get<Value = unknown>(key: string): Value | undefined {
    return isReserved(key) ? undefined : (this.#state.get(key) as Value | undefined);
  }

  has(key: string): boolean {
    return !isReserved(key) && this.#state.has(key);
  }

  /**
   * Keeps a value: anything that comes back from JSON as it went in. Throws a `TypeError` that names the key
   * and the place for a Date, a Map, a function, a nested `undefined` and their like, and for a key that
   * starts with `_`.
   */
  set(key: string, value: unknown): void {
    refuseReserved(key);
    this.#state.set(key, value);
  }

  /** Whether there was something to remove. Throws a `TypeError` for a key that starts with `_`. */
  delete(key: string): boolean {
    refuseReserved(key);
    return this.#state.delete(key);
  }

  keys(): string[] {
    return this.#state.keys().filter((key) => !isReserved(key));
  }

  /**
   * Gives the session a new id and keeps its data: at login, password change and elevation (OWASP, session
   * fixation).
   */
  regenerate(): void {
    this.#state.regenerate();
  }

  /** Ends the session: data, user and id are gone. What is set afterwards begins another one. */
  destroy(): void {
    this.#state.destroy();
  }

  /**
   * Makes sure that there is a session, even an empty one, for what is bound to its id (a CSRF token).
   * Returns the id.
   */
  ensure(): string {
    this.#state.wanted = true;
    return this.#state.id;
  }
}

/**
 * The state behind a session, for Portico's own mechanisms, which keep their entries under keys that start
 * with `_`.
 */
export function stateOf(session: Session): SessionState {
  return stateInside(session);
}

function isReserved(key: string): boolean {
  return key.startsWith('_');
}

function refuseReserved(key: string): void {
  if (!isReserved(key)) return;
  throw new TypeError(
    `The session key ${JSON.stringify(key)} starts with "_", which is kept for Portico's own entries: use another name.`,
  );
}
