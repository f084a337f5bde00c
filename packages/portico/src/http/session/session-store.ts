/** A session as a store keeps it. `data` is plain JSON. */
export interface SessionRecord {
  readonly data: Readonly<Record<string, unknown>>;
  /** Counts the writes: 1 when created. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds after which the record must not be returned. */
  readonly expiresAt: number;
  /** The signed-in user's id, so that a store can list and revoke the sessions of one user. */
  readonly userId: string | undefined;
}

/**
 * Where sessions live when they do not fit in a cookie. A store sees only the SHA-256 hash of a session's id: whoever reads
 * the table cannot take a session over. Every method rejects when the store is out of reach, and the request is then
 * answered 503: an unreachable session is never taken for an anonymous visitor.
 */
export interface SessionStore {
  /** The record, or `undefined` when there is none or it has expired. */
  read(key: string): Promise<SessionRecord | undefined>;
  /**
   * Writes the record if the stored version is still `expectedVersion` (0: only if there is none), and says whether it did.
   * Must be atomic: it is what keeps parallel requests from undoing each other.
   */
  write(key: string, record: SessionRecord, expectedVersion: number): Promise<boolean>;
  destroy(key: string): Promise<void>;
  /**
   * Puts the record in the place of the one under `key`, and under `newKey`, if the stored version is still `expectedVersion`;
   * says whether it did. Must be atomic: whoever ends the session at that moment ends it under whichever key it has. Without
   * it a session that gets a new id is written first and removed under the old one afterwards, and an end that falls between
   * the two is lost.
   */
  move?(key: string, newKey: string, record: SessionRecord, expectedVersion: number): Promise<boolean>;
}
