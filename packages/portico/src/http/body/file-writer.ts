import { joinBytes } from './chunk-list.ts';
import { Spool } from './spool.ts';
import { SpooledFile } from './spooled-file.ts';

// A file up to this size may stay in memory, and more is written to disk in pieces of this size.
const PIECE_BYTES = 262_144;
// What all the small files of one form may take together; from there on small ones go to disk as well.
const MEMORY_BYTES = 4_194_304;

/** The uploaded files of one form: one spool for all of them, one budget of memory. Files are written one after another. */
export class FileWriter {
  readonly #spool: Spool;
  readonly #hasDisk: boolean = Spool.available;
  // One piece fills up while the other is being written. Both serve again: fresh memory for each would be garbage by the gigabyte.
  #filling: Uint8Array | undefined;
  #spare: Uint8Array | undefined;
  #filled = 0;
  #size = 0;
  #start = 0;
  #inMemory = 0;
  #kept: Uint8Array[] = [];
  #living = 0;
  #closing = false;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** `directory`: where large files lie; default: the system's folder for temporary files. */
  constructor(directory: string | undefined) {
    this.#spool = new Spool(directory);
  }

  /** Bytes of the file that is being written. */
  get size(): number {
    return this.#size;
  }

  /**
   * Copies bytes to the end of the file. A returned promise must be waited for, and until then `chunk` must stay: the
   * disk is slower than the network.
   */
  write(chunk: Uint8Array): void | Promise<void> {
    let taken = this.#fill(chunk);
    while (taken < chunk.length) {
      if (this.#writing !== undefined) return this.#writing.then(() => this.write(chunk.subarray(taken)));
      this.#store();
      taken += this.#fill(chunk.subarray(taken));
    }
  }

  /** The file that was written; the next `write` begins another one. */
  async finish(name: string, type: string): Promise<SpooledFile> {
    const size = this.#size;
    const last = this.#filling?.subarray(0, this.#filled) ?? new Uint8Array(0);
    const fits = size === last.length && this.#inMemory + size <= MEMORY_BYTES;
    if (fits || !this.#hasDisk) {
      const content = joinBytes([...this.#kept, last], size);
      this.#inMemory += size;
      this.#begin();
      return new SpooledFile({ name, type, content });
    }
    await this.#writing;
    this.#store();
    await this.#writing;
    this.#check();
    const start = this.#start;
    this.#begin();
    this.#living++;
    const onDispose = async (): Promise<void> => {
      if (--this.#living === 0 && this.#closing) await this.#spool.close();
    };
    return new SpooledFile({ name, type, content: { spool: this.#spool, start, size }, onDispose });
  }

  /** No more files come: the space on disk is given back once all of them are disposed of. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#filling = undefined;
    this.#spare = undefined;
    if (this.#living === 0) await this.#spool.close();
  }

  #begin(): void {
    this.#size = 0;
    this.#filled = 0;
    this.#kept = [];
    this.#start = this.#spool.size;
  }

  #fill(chunk: Uint8Array): number {
    this.#filling ??= new Uint8Array(PIECE_BYTES);
    const count = Math.min(chunk.length, PIECE_BYTES - this.#filled);
    this.#filling.set(count === chunk.length ? chunk : chunk.subarray(0, count), this.#filled);
    this.#filled += count;
    this.#size += count;
    return count;
  }

  /** Starts writing what has filled up. Nothing else may be being written. */
  #store(): void {
    this.#check();
    const piece = this.#filling;
    if (piece === undefined || this.#filled === 0) return;
    const bytes = piece.subarray(0, this.#filled);
    this.#filling = this.#spare;
    this.#spare = undefined;
    this.#filled = 0;
    if (!this.#hasDisk) {
      this.#kept.push(bytes);
      return;
    }
    const settle = (): void => {
      this.#writing = undefined;
      this.#spare = piece;
    };
    this.#writing = this.#spool.append(bytes).then(settle, (error: unknown) => {
      settle();
      this.#failure = { error };
    });
  }

  #check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
