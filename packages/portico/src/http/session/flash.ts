import { stateOf, type Session } from './session.ts';

const PREFIX = '_flash/';

/**
 * Messages for the next page, in the session. One that is set can be read at once, in the same request; once
 * read it is gone. Keys follow Craft: `notice` for success, `error` for failure, others by hand.
 */
export class Flash {
  readonly #session: Session;
  readonly #now = new Map<string, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Keeps a message until it is read, in this request or a later one. */
  set(key: string, message: string): void {
    this.#now.delete(key);
    stateOf(this.#session).set(PREFIX + key, message);
  }

  /**
   * A message for this very request, for a page rendered in place. It is not kept and goes before one that
   * is.
   */
  now(key: string, message: string): void {
    this.#now.set(key, message);
  }

  /** Reads a message and uses it up. */
  get(key: string): string | undefined {
    const message = this.#now.get(key);
    if (message !== undefined) {
      this.#now.delete(key);
      return message;
    }
    const state = stateOf(this.#session);
    const kept = state.get(PREFIX + key);
    if (kept !== undefined) state.delete(PREFIX + key);
    return kept as string | undefined;
  }

  /** All messages by key. They stay, unless `delete` says that they are used up. */
  all(options: { readonly delete?: boolean | undefined } = {}): Record<string, string> {
    const state = stateOf(this.#session);
    const messages = Object.create(null) as Record<string, string>;
    for (const key of state.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      messages[key.slice(PREFIX.length)] = state.get(key) as string;
      if (options.delete === true) state.delete(key);
    }
    for (const [key, message] of this.#now) messages[key] = message;
    if (options.delete === true) this.#now.clear();
    return messages;
  }
}
