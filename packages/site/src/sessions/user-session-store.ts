/** One signed-in session of a user, as a list of one's own sessions shows it. Times are epoch milliseconds. */
export interface UserSession {
  /** Names the session in lists and forms. Says nothing of its cookie. */
  readonly uid: string;
  readonly userId: number;
  /** Hash of the session's id, as `portico`'s SessionStore knows it. Not to be shown. */
  readonly key: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The sessions of a user, beside the `SessionStore` that serves requests. */
export interface UserSessionStore {
  /** Those that have not expired, last used first. */
  listOf(userId: number, now: number): Promise<readonly UserSession[]>;
  /** Whether there was one. */
  revoke(userId: number, uid: string): Promise<boolean>;
  /** Ends all sessions of a user but, if given, the one whose uid that is. Returns how many. */
  revokeAll(userId: number, exceptUid?: string): Promise<number>;
  /** Removes rows that expired before `before`. Returns how many. */
  purge(before: number): Promise<number>;
}
