import { randomBytes } from 'node:crypto';
import { notPlainJson } from './plain-json.ts';

/** A session as it was found: in its cookie or its store. */
export interface LoadedSession {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly userId: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** How often a store wrote it; 0 in a cookie. */
  readonly version: number;
}

const ID_BYTES = 32;

/**
 * What a session holds during one request, and how that differs from what was loaded. Portico's own entries
 * stand beside the app's under keys that start with `_`, one key an entry (`_flash/notice`), so that parallel
 * requests which touch different entries do not undo each other.
 */
export class SessionState {
  /** What was loaded; `undefined` where there is no session yet, or no longer. */
  loaded: LoadedSession | undefined;
  /** The session this one replaces by a new id, and must not outlive the request. */
  replaced: LoadedSession | undefined;
  /** Whether nothing of what was loaded may live on. */
  destroyed = false;
  /** Whether the id was made anew, so that what is bound to the old one (a CSRF token) is worth nothing. */
  renewed = false;
  /** Whether there shall be a session even if it stays empty. */
  wanted = false;
  /** Whether this request is no use of the session that prolongs it. */
  keepsExpiry = false;
  #data: Map<string, unknown>;
  #userId: string | undefined;
  #touched = new Set<string>();
  // JSON of objects handed out by `get`: whoever changes such an object in place changes the session.
  #handedOut = new Map<string, string>();
  #id: string | undefined;

  constructor(loaded: LoadedSession | undefined) {
    this.loaded = loaded;
    this.#data = new Map(loaded && Object.entries(loaded.data));
    this.#userId = loaded?.userId;
    this.#id = loaded?.id;
  }

  get id(): string {
    this.#id ??= randomBytes(ID_BYTES).toString('base64url');
    return this.#id;
  }

  get userId(): string | undefined {
    return this.#userId;
  }

  /**
   * Another user means another id, so that an id known from before the login opens nothing (session
   * fixation). Forms that the user before had sent are forgotten.
   */
  set userId(userId: string | undefined) {
    if (userId === this.#userId) return;
    if (this.#userId !== undefined) this.#forgetForms();
    this.#userId = userId;
    this.regenerate();
  }

  /** What one user typed, and what came of it, is not for the next one at the same browser. */
  #forgetForms(): void {
    for (const key of this.keys()) if (/^_(?:kept|results)(?:\/|$)/.test(key)) this.delete(key);
  }

  get(key: string): unknown {
    const value = this.#data.get(key);
    if (typeof value === 'object' && value !== null && !this.#handedOut.has(key)) {
      this.#handedOut.set(key, JSON.stringify(value));
    }
    return value;
  }

  has(key: string): boolean {
    return this.#data.has(key);
  }

  /** Throws, naming key and place, for a value that JSON would change. */
  set(key: string, value: unknown): void {
    assertStorable(key, value);
    if (typeof value !== 'object' && this.#data.has(key) && this.#data.get(key) === value) return;
    this.#data.set(key, value);
    this.#touched.add(key);
  }

  delete(key: string): boolean {
    this.#touched.add(key);
    return this.#data.delete(key);
  }

  keys(): string[] {
    return [...this.#data.keys()];
  }

  regenerate(): void {
    this.renewed = true;
    this.wanted ||= this.loaded !== undefined;
    this.replaced ??= this.loaded;
    this.loaded = undefined;
    this.#id = undefined;
  }

  destroy(): void {
    this.regenerate();
    this.destroyed = true;
    this.wanted = false;
    this.#userId = undefined;
    this.#data.clear();
    this.#touched.clear();
    this.#handedOut.clear();
  }

  /** Whether there is anything to keep a session for. */
  get exists(): boolean {
    return this.loaded !== undefined || this.wanted || this.#userId !== undefined || this.#data.size > 0;
  }

  /**
   * The keys that were set, deleted or changed in place. Throws where such a change is none that JSON could
   * keep.
   */
  changedKeys(): string[] {
    for (const [key, before] of this.#handedOut) {
      const value = this.#data.get(key);
      if (value === undefined) continue;
      assertStorable(key, value);
      if (JSON.stringify(value) !== before) this.#touched.add(key);
    }
    const before = (this.loaded ?? this.replaced)?.data ?? {};
    const changed = [...this.#touched].filter((key) => this.#data.has(key) || Object.hasOwn(before, key));
    for (const key of changed) {
      // Checked when it was set, but an object may have changed since.
      if (this.#data.has(key)) assertStorable(key, this.#data.get(key));
    }
    return changed;
  }

  snapshot(): Record<string, unknown> {
    return Object.fromEntries(this.#data);
  }

  /**
   * From here on, `loaded` is what the next changes are counted against; `undefined`: there is no session any
   * more.
   */
  saved(loaded: LoadedSession | undefined): void {
    this.loaded = loaded;
    this.replaced = undefined;
    this.destroyed = false;
    this.wanted = false;
    this.#id = loaded?.id;
    this.#touched.clear();
    this.#handedOut.clear();
    if (loaded !== undefined) return;
    this.#userId = undefined;
    this.#data.clear();
  }
}

function assertStorable(key: string, value: unknown): void {
  const found = notPlainJson(value);
  if (found === undefined) return;
  const place = found.path === '' ? JSON.stringify(key) : `${JSON.stringify(key)} at ${found.path}`;
  const advice =
    value === undefined
      ? 'Use session.delete(key) to remove it.'
      : 'Store a text, number, plain object or array.';
  throw new TypeError(
    `The session cannot keep ${place}: it is ${found.what}, which JSON would change. ${advice}`,
  );
}
