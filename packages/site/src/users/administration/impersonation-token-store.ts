/** What a link of `users/get-impersonation-url` is good for: one user signing in as one other, once. */
export interface ImpersonationToken {
  /** SHA-256 of the token: whoever reads the table cannot use it. */
  readonly hash: string;
  /** Who made it, and answers for what is done with it. */
  readonly issuerId: number;
  /** The issuer's `credentialsVersion` when it was made: another password makes the link worthless. */
  readonly issuerStamp: number;
  /** Whom it signs in as. */
  readonly userId: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Links to impersonate that were made and not yet used. They go with their issuer and with their user. */
export interface ImpersonationTokenStore {
  insert(token: ImpersonationToken): Promise<void>;
  /** The token if it is there, expired or not. Changes nothing. */
  find(hash: string): Promise<ImpersonationToken | undefined>;
  /** Takes the token away and returns it; of two at once only one gets it. */
  consume(hash: string): Promise<ImpersonationToken | undefined>;
  /** Removes those that expired before `before`. Returns how many. */
  purge(before: number): Promise<number>;
}
