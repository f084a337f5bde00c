type Written = { readonly args: readonly unknown[]; readonly bytes: Uint8Array };

/** What a page writes while its response is held: in order, to be written after all, read by somebody else, or dropped. */
export class HeldBody {
  readonly #drained: () => void;
  #queue: Written[] = [];
  #end: readonly unknown[] | undefined;
  #isFlushed = false;
  #isDropped = false;
  #waiting: (() => void) | undefined;

  /** `drained`: tells who writes that he may go on. */
  constructor(drained: () => void) {
    this.#drained = drained;
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** As `ServerResponse.write`: false asks the writer to wait. */
  write(args: readonly unknown[]): boolean {
    if (this.#isDropped) {
      settle(args);
      return true;
    }
    if (this.#end === undefined) this.#queue.push({ args, bytes: bytesOf(args) });
    this.#waiting?.();
    return false;
  }

  /** As `ServerResponse.end`. */
  end(args: readonly unknown[]): void {
    if (this.#isDropped) settle(args);
    else this.#end ??= args;
    this.#waiting?.();
  }

  /** The head is to go out even where nothing is written yet, as pages of server-sent events ask for. */
  flush(): void {
    this.#isFlushed = true;
  }

  /** Writes it all. Who was asked to wait is told to go on, unless the response asks for that itself. */
  replay(call: (method: 'write' | 'end' | 'flushHeaders', args: readonly unknown[]) => unknown): void {
    const queue = this.#queue;
    this.#queue = [];
    if (this.#isFlushed) call('flushHeaders', []);
    let goOn: unknown = true;
    for (const { args } of queue) goOn = call('write', args);
    if (this.#end) call('end', this.#end);
    else if (goOn === true && queue.length > 0) this.#drained();
  }

  /** Drops what was written and will be: another answer has taken its place. */
  discard(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    for (const { args } of this.#queue) settle(args);
    this.#queue = [];
    if (this.#end) settle(this.#end);
    else this.#drained();
  }

  /** What is written, for who makes another answer of it. Nothing is taken out before it is read. */
  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => this.#feed(controller),
        cancel: () => this.discard(),
      },
      { highWaterMark: 0 },
    );
  }

  async #feed(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (this.#queue.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => (this.#waiting = resolve));
      this.#waiting = undefined;
    }
    const next = this.#queue.shift();
    if (next) {
      settle(next.args);
      controller.enqueue(next.bytes);
      if (this.#queue.length === 0 && !this.#end) this.#drained();
      return;
    }
    const last = bytesOf(this.#end ?? []);
    if (last.byteLength > 0) controller.enqueue(last);
    settle(this.#end ?? []);
    this.#end = [];
    controller.close();
  }
}

/** The bytes of the arguments of `write` and `end`: (chunk, encoding?, callback?), (callback?). */
function bytesOf([chunk, encoding]: readonly unknown[]): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk !== 'string') return new Uint8Array();
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
}

/** Calls the callback that a write brought: as far as its writer is concerned, it is written. */
function settle(args: readonly unknown[]): void {
  const callback = args.findLast((arg) => typeof arg === 'function');
  if (callback) process.nextTick(callback as () => void);
}
