import type { Submission } from './submission.ts';

/** A submission that may run, or a repeat of one that did. */
export interface OnceEntry {
  /** What came of the first, as it was given to `settle`; `undefined` where this is the first. */
  readonly kept: string | undefined;
  /** Keeps the outcome for repeats. Neither rejects. */
  settle(outcome: string): Promise<void>;
  /** Lets a repeat run. `'response'`: as the outcome is a Response. */
  release(why?: 'response'): Promise<void>;
}

/** Lets each submission run once. */
export interface OnceGuard {
  /**
   * Waits for a repeat's first, if it is running. `undefined`: the submission has no id and needs none. Rejects with an
   * `ActionError` where it may not run: 400 for an id that is missing or malformed, 409, and 503 without its store.
   */
  enter(submission: Submission): Promise<OnceEntry | undefined>;
}
