/** Where files live. Keys are ours: `photos/3f/…​.webp`, never a name that a client sent. */
export interface FileStorage {
  /** Never overwrites: throws if there is such a file. Whole or not at all. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** `undefined` if there is none. */
  read(
    key: string,
  ): Promise<{ readonly bytes: number; readonly stream: ReadableStream<Uint8Array> } | undefined>;
  /** No error if there is none. */
  delete(key: string): Promise<void>;
}
