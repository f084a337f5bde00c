export interface SqlResult {
  readonly rows: unknown[];
  readonly affected: number;
}

/** One connection while somebody has it to themselves. */
export interface SqlConnection {
  run(sql: string, parameters: readonly unknown[]): Promise<SqlResult>;
  /** Gives it back. A broken one is closed instead, and whatever it had begun is undone. */
  release(broken: boolean): void;
}

/** What we need from a database driver. */
export interface ConnectionSource {
  /** The statement that begins a transaction. */
  readonly begin: string;
  /** A query that fails unless the database can be read. */
  readonly probe: string;
  /** A connection, after at most 1.5 s. Opens the database if it is not open, again after it was lost. */
  open(): Promise<SqlConnection>;
  /** Whether an error of `run` says that the database is out of reach. Every error of `open` does. */
  isOutage(error: unknown): boolean;
  /** Whether running the same transaction again may well succeed: a deadlock, a serialization failure. */
  isTransient(error: unknown): boolean;
  /** Ends all connections, once they were given back. Nothing can be opened afterwards. */
  close(): Promise<void>;
}
