import type { FileHandle } from 'node:fs/promises';

/**
 * One temporary file for everything that a request uploads and that is too large for memory. Its name is removed as soon
 * as it is open, so nothing is left behind even by `kill -9`; it is read and written through its descriptor.
 */
export class Spool {
  readonly #directory: string | undefined;
  #handle: FileHandle | undefined;
  #leftover: string | undefined;
  #size = 0;
  #closed: Promise<void> | undefined;
  #operations = 0;
  #whenIdle: (() => void) | undefined;

  /** `directory` must exist; default: the system's folder for temporary files. */
  constructor(directory: string | undefined) {
    this.#directory = directory;
  }

  /** Whether this runtime has files at all. */
  static get available(): boolean {
    return builtin('node:fs/promises') !== undefined && builtin('node:os') !== undefined;
  }

  /** Where the next appended byte will stand. */
  get size(): number {
    return this.#size;
  }

  /** Writes at the end. Appends must not overlap. Rejects with an Error when the folder cannot be written or is full. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.#use(async () => {
      const handle = (this.#handle ??= await this.#open());
      for (let written = 0; written < bytes.length;) {
        const result = await handle.write(bytes, written, bytes.length - written, this.#size);
        written += result.bytesWritten;
        this.#size += result.bytesWritten;
      }
    });
  }

  /** Fills `bytes` with what lies from `position` on. Rejects with an Error after `close`. */
  async read(bytes: Uint8Array, position: number): Promise<void> {
    await this.#use(async () => {
      for (let filled = 0; filled < bytes.length;) {
        const result = await this.#handle?.read(bytes, filled, bytes.length - filled, position + filled);
        if (!result?.bytesRead)
          throw new Error('The temporary file of an upload is shorter than what was written.');
        filled += result.bytesRead;
      }
    });
  }

  /** Gives the file back to the system, after the operations that are under way. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#operations > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    await this.#handle?.close();
    if (this.#leftover !== undefined) await builtin('node:fs/promises')?.rm(this.#leftover, { force: true });
  }

  async #use(operation: () => Promise<void>): Promise<void> {
    if (this.#closed !== undefined) {
      throw new Error(
        'The uploaded file is gone: its request is over. Read or copy it in the handler, or in `ctx.after`.',
      );
    }
    this.#operations++;
    try {
      await operation();
    } finally {
      if (--this.#operations === 0) this.#whenIdle?.();
    }
  }

  async #open(): Promise<FileHandle> {
    const fs = builtin('node:fs/promises');
    const directory = this.#directory ?? builtin('node:os')?.tmpdir();
    if (fs === undefined || directory === undefined)
      throw new Error('This runtime has no files to spool uploads to.');
    const path = `${directory}/portico-${crypto.randomUUID()}`;
    let handle: FileHandle;
    try {
      handle = await fs.open(path, 'wx+', 0o600);
    } catch (cause) {
      throw new Error(`Uploads cannot be stored in ${directory}. Create it, or set \`uploadDir\`.`, {
        cause,
      });
    }
    // Where an open file keeps its name (Windows), it goes when the file is closed.
    await fs.unlink(path).catch(() => (this.#leftover = path));
    return handle;
  }
}

// Looked up when it is needed, so that runtimes without files can load this module.
function builtin<Name extends 'node:fs/promises' | 'node:os'>(
  name: Name,
): ReturnType<typeof process.getBuiltinModule<Name>> | undefined {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.(name);
}
