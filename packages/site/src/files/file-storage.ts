/** Where files live. Keys are ours: `photos/3f/…​.webp`, never a name that a client sent. */
export interface FileStorage {
  /**
   * Never overwrites: throws if there is such a file. Whole or not at all. A `Blob` is an upload that waits on the disk: its
   * `stream()` need not come into memory as a whole.
   */
  write(key: string, content: Uint8Array | Blob): Promise<void>;
  /** `undefined` if there is none. */
  read(
    key: string,
  ): Promise<{ readonly bytes: number; readonly stream: ReadableStream<Uint8Array> } | undefined>;
  /** No error if there is none. */
  delete(key: string): Promise<void>;
}
