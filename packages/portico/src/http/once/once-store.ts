/** One try to run a submission. */
export interface OnceClaim {
  /** SHA-256 in hex of action, visitor and id: whoever reads the store cannot send the id himself. */
  readonly key: string;
  /** SHA-256 in hex of what was sent. */
  readonly fingerprint: string;
  /** A random text that tells this try from every other. Only who holds a key renews, settles or releases it. */
  readonly holder: string;
}

/** What a store has under a key: taken by this very claim, held by another one, or done. */
export type OnceState =
  | { readonly state: 'claimed' }
  | { readonly state: 'running'; readonly fingerprint: string }
  | { readonly state: 'settled'; readonly fingerprint: string; readonly outcome: string };

/**
 * Where the outcomes of `once` actions are kept, for all processes of an app. A method that rejects is an outage: before the
 * handler ran the submission is then answered 503, so that nothing runs unguarded.
 */
export interface OnceStore {
  /**
   * Takes the key for `seconds` if nobody has it, or what was there has expired; else says what is there. Must be atomic: of
   * any number of claims at once exactly one is `claimed`.
   */
  claim(claim: OnceClaim, seconds: number): Promise<OnceState>;
  /** Holds the key for `seconds` from now on. Says whether the claim still had it. */
  renew(claim: OnceClaim, seconds: number): Promise<boolean>;
  /**
   * Keeps the outcome for `seconds` and lets go of the key. Says whether the claim still had it: one whose time ran out, while
   * nobody else came, still has.
   */
  settle(claim: OnceClaim, outcome: string, seconds: number): Promise<boolean>;
  /** Lets go of the key with nothing kept, if the claim still has it. */
  release(claim: OnceClaim): Promise<void>;
}
