/** What happened in the server, for cases that ask: an action that ran, a client that went away. */
export class Journal {
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, Array<() => void>>();

  note(event: string): void {
    this.#seen.add(event);
    for (const resume of this.#waiting.get(event) ?? []) resume();
    this.#waiting.delete(event);
  }

  has(event: string): boolean {
    return this.#seen.has(event);
  }

  /** Resolves once it has happened, or `signal` aborts. */
  async until(event: string, signal: AbortSignal): Promise<boolean> {
    if (this.#seen.has(event)) return true;
    await new Promise<void>((resolve) => {
      this.#waiting.set(event, [...(this.#waiting.get(event) ?? []), resolve]);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return this.#seen.has(event);
  }
}
