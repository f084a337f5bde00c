/** Where the chunks of a body come from: a Node stream or a web stream. */
export interface ChunkSource {
  /** Whether the request has a body at all. */
  readonly present: boolean;
  /**
   * Starts or goes on delivering to `receiver`, now or later, until `pause`, the end or a failure. After the end, or a
   * failure, every further call delivers that again.
   */
  flow(receiver: ChunkReceiver): void;
  /** The whole body and its end, if all of it is there and none of it was delivered. */
  takeArrived(): Uint8Array | undefined;
  /** Nothing is delivered any more, failures included, until the next `flow`. May be called from the receiver. */
  pause(): void;
  /**
   * Frees the memory of a chunk that was delivered, if nobody else can have it. Left to the garbage collector, the chunks
   * of a large upload pile up to some 64 MiB before it sees to them, and cost twice the CPU.
   */
  release(chunk: Uint8Array): void;
  /** Everything has been read and nothing will be put back: lets the source settle. */
  settle(): void;
}

export interface ChunkReceiver {
  chunk(bytes: Uint8Array): void;
  end(): void;
  fail(error: unknown): void;
}
