/**
 * Files of the storage that nothing refers to, or may come to nothing: the storage has no transactions, so what is written
 * is first announced here and taken off the list by the transaction that refers to it. What stays is deleted when due.
 */
export interface DiscardedFileStore {
  /** Puts a file on the list, to be deleted at `dueAt` (epoch milliseconds). One that is on it gets the new time. */
  discard(storageKey: string, dueAt: number): Promise<void>;
  /** Takes a file off the list: something refers to it now. False when it is gone from the list, and the file perhaps too. */
  keep(storageKey: string): Promise<boolean>;
  /** Those that are due, oldest first. */
  due(now: number, limit: number): Promise<readonly string[]>;
  /** Once the file is gone. */
  remove(storageKey: string): Promise<void>;
}
