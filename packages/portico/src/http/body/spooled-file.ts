import type { Spool } from './spool.ts';

// The engine collects by the objects around buffers, or once those have piled up to 64 MiB, which is all that a process may
// grow by: pieces must be so small that their objects come first.
const READ_BYTES = 16_384;

/** A stretch of a spool that stands for the content of a file, and how many bytes it has. */
interface Extent {
  readonly spool: Spool;
  readonly start: number;
  readonly size: number;
}

export interface SpooledFileInit {
  readonly name: string;
  readonly type: string;
  /** The whole content where it is small, else where it lies. */
  readonly content: Uint8Array | Extent;
  /** Called by the first `dispose`. */
  readonly onDispose?: () => Promise<void>;
}

/**
 * An uploaded file. A small one is an ordinary File; the content of a larger one lies on disk until `dispose`, and every
 * method of File reads it from there. What looks into a File without its methods (`new Blob([file])`, `structuredClone`)
 * finds a larger one empty: give it `await file.bytes()`.
 *
 * `name` is what the client says. It is never a path.
 */
export class SpooledFile extends File {
  readonly #extent: Extent | undefined;
  #onDispose: (() => Promise<void>) | undefined;
  #disposed: Promise<void> | undefined;

  constructor(init: SpooledFileInit) {
    const small = init.content instanceof Uint8Array ? init.content : undefined;
    super(small === undefined ? [] : [small as Uint8Array<ArrayBuffer>], init.name, { type: init.type });
    this.#extent = init.content instanceof Uint8Array ? undefined : init.content;
    this.#onDispose = init.onDispose;
  }

  override get size(): number {
    return this.#extent?.size ?? super.size;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#extent === undefined ? super.stream() : streamOf(this.#extent);
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#extent === undefined) return new Uint8Array(await super.arrayBuffer());
    return bytesOf(this.#extent);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#extent === undefined ? super.arrayBuffer() : (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return this.#extent === undefined ? super.text() : new TextDecoder().decode(await this.bytes());
  }

  override slice(start?: number, end?: number, contentType?: string): Blob {
    if (this.#extent === undefined) return super.slice(start, end, contentType);
    return new SpooledSlice(part(this.#extent, start, end), contentType);
  }

  /** Gives the space on disk back. The file, its slices and streams cannot be read afterwards. Idempotent. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#onDispose?.() ?? Promise.resolve();
    return this.#disposed;
  }
}

class SpooledSlice extends Blob {
  readonly #extent: Extent;

  constructor(extent: Extent, type: string | undefined) {
    super([], type === undefined ? {} : { type });
    this.#extent = extent;
  }

  override get size(): number {
    return this.#extent.size;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return streamOf(this.#extent);
  }

  override bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return bytesOf(this.#extent);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  override slice(start?: number, end?: number, contentType?: string): Blob {
    return new SpooledSlice(part(this.#extent, start, end), contentType);
  }
}

async function bytesOf({ spool, start, size }: Extent): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  await spool.read(bytes, start);
  return bytes;
}

/** A byte stream, as the File API has it: whoever brings memory of his own makes no garbage. */
function streamOf({ spool, start, size }: Extent): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = 0;
  return new ReadableStream({
    type: 'bytes',
    pull: async (controller) => {
      const request = controller.byobRequest;
      const view = request?.view;
      const length = Math.min(view?.byteLength ?? READ_BYTES, size - position);
      if (length === 0) {
        controller.close();
        request?.respond(0);
        return;
      }
      const bytes = view ? new Uint8Array(view.buffer, view.byteOffset, length) : new Uint8Array(length);
      await spool.read(bytes, start + position);
      position += length;
      if (request) request.respond(length);
      else controller.enqueue(bytes);
    },
  });
}

/** The stretch that `Blob.slice` means (File API section 3.3.1): fractions are rounded, negative positions count from the end. */
function part({ spool, start, size }: Extent, from = 0, to = size): Extent {
  const clamp = (position: number): number => {
    const whole = Math.round(position) || 0;
    return whole < 0 ? Math.max(size + whole, 0) : Math.min(whole, size);
  };
  const first = clamp(from);
  return { spool, start: start + first, size: Math.max(clamp(to) - first, 0) };
}
