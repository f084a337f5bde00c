// Up to this many pieces are kept as they came: an ordinary body is a few chunks and is not copied twice.
const KEPT_PIECES = 16;
const SMALL = 4096;
const SCRATCH = 16_384;

/**
 * Bytes in the order they came. Tiny chunks are copied together, because an object for each costs some hundred bytes:
 * a body sent in chunks of one byte must not take a hundred times its size.
 */
export class ChunkList {
  /** Bytes in the list. */
  size = 0;
  #pieces: Uint8Array[] = [];
  #scratch: Uint8Array | undefined;
  #scratchStart = 0;
  #scratchEnd = 0;

  get pieces(): readonly Uint8Array[] {
    return this.#pieces;
  }

  add(chunk: Uint8Array): void {
    this.size += chunk.length;
    if (chunk.length >= SMALL || this.#pieces.length < KEPT_PIECES) {
      this.#pieces.push(chunk);
      this.#scratchStart = this.#scratchEnd;
      return;
    }
    if (this.#scratch === undefined || this.#scratchEnd + chunk.length > this.#scratch.length) {
      this.#scratch = new Uint8Array(SCRATCH);
      this.#scratchStart = 0;
      this.#scratchEnd = 0;
    }
    const grows = this.#scratchStart < this.#scratchEnd;
    this.#scratch.set(chunk, this.#scratchEnd);
    this.#scratchEnd += chunk.length;
    const piece = this.#scratch.subarray(this.#scratchStart, this.#scratchEnd);
    if (grows) this.#pieces[this.#pieces.length - 1] = piece;
    else this.#pieces.push(piece);
  }

  /** All bytes as one array, which the list then holds instead of its pieces. */
  join(): Uint8Array {
    const bytes = joinBytes(this.#pieces, this.size);
    if (this.#pieces.length > 1) {
      this.#pieces = [bytes];
      this.#scratchStart = this.#scratchEnd;
    }
    return bytes;
  }

  /** Empties the list and gives what it held. */
  take(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#scratch = undefined;
    this.#scratchStart = 0;
    this.#scratchEnd = 0;
    this.size = 0;
    return pieces;
  }
}

/** The pieces one after another; a single piece is returned itself. */
export function joinBytes(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.length;
  }
  return bytes;
}
