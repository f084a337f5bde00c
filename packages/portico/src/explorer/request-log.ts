import type { ObservedRequest } from '../define/observed-request.ts';

/** The last requests of actions, newest first, in the memory of this process. */
export class RequestLog {
  readonly #most: number;
  #seen: ObservedRequest[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(seen: ObservedRequest): void {
    // Made now: later it would hold on to bodies and to files that are closed.
    const { requestId, at, action, door, method, path, input, outcome, status, error, userId, milliseconds } =
      seen;
    const kept = {
      requestId,
      at,
      action,
      door,
      method,
      path,
      input,
      outcome,
      status,
      error,
      userId,
      milliseconds,
    };
    this.#seen = [kept, ...this.#seen.slice(0, this.#most - 1)];
  }

  find(requestId: string): ObservedRequest | undefined {
    return this.#seen.find((seen) => seen.requestId === requestId);
  }

  /** Those whose action holds a text and whose outcome is the one named; an empty text asks for all. */
  list({
    action,
    outcome,
  }: {
    readonly action: string;
    readonly outcome: string;
  }): readonly ObservedRequest[] {
    const wanted = action.toLowerCase();
    return this.#seen.filter(
      (seen) => seen.action.toLowerCase().includes(wanted) && (outcome === '' || seen.outcome === outcome),
    );
  }
}
