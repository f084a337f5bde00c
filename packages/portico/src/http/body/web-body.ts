import { BodyAborted } from './body-errors.ts';
import { BufferedBody } from './buffered-body.ts';
import type { ChunkReceiver, ChunkSource } from './chunk-source.ts';
import type { BodySource } from '../incoming.ts';

// A body announced as no larger is read in one call, which servers that make Requests lazily answer without a stream.
const WHOLE_BYTES = 262_144;

/**
 * The body of a web Request. Rejects with `BodyAborted` when its stream fails. Once something has been read, the Request's
 * own body is used up: `stream()` has it, from its first byte.
 */
export function webBody(request: Request): BodySource {
  const header = request.headers.get('content-length');
  const declaredLength = header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
  return new BufferedBody(new WebChunks(request, declaredLength), declaredLength);
}

class WebChunks implements ChunkSource {
  readonly #request: Request;
  readonly #declaredLength: number | undefined;
  #receiver: ChunkReceiver | undefined;
  #flowing = false;
  #started = false;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #pending = false;
  #arrived: Uint8Array | undefined;
  #ended = false;
  #failure: Error | undefined;

  constructor(request: Request, declaredLength: number | undefined) {
    this.#request = request;
    this.#declaredLength = declaredLength;
  }

  get present(): boolean {
    const { method } = this.#request;
    return method !== 'GET' && method !== 'HEAD' && this.#declaredLength !== 0 && this.#request.body !== null;
  }

  flow(receiver: ChunkReceiver): void {
    this.#receiver = receiver;
    this.#flowing = true;
    this.#start();
    this.#deliver();
  }

  takeArrived(): undefined {
    // A web Request tells what has come by promises only.
  }

  pause(): void {
    this.#flowing = false;
  }

  release(): void {
    // Whoever made the Request may still hold the chunk.
  }

  settle(): void {
    // A web stream needs no drain.
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const request = this.#request;
    const { method } = request;
    if (method === 'GET' || method === 'HEAD' || this.#declaredLength === 0) {
      this.#ended = true;
    } else if (request.bodyUsed) {
      this.#failure = new Error(
        'The request body was read before Portico saw the request. Mount Portico before body parsers.',
      );
    } else if (this.#declaredLength !== undefined && this.#declaredLength <= WHOLE_BYTES) {
      this.#await(request.arrayBuffer(), (buffer) => {
        if (buffer.byteLength > 0) this.#arrived = new Uint8Array(buffer);
        this.#ended = true;
      });
    } else if (request.body === null) {
      this.#ended = true;
    } else {
      this.#reader = request.body.getReader();
    }
  }

  #deliver(): void {
    while (this.#flowing && !this.#pending) {
      const arrived = this.#arrived;
      if (arrived !== undefined) {
        this.#arrived = undefined;
        this.#receiver?.chunk(arrived);
      } else if (this.#ended) {
        return this.#receiver?.end();
      } else if (this.#failure !== undefined) {
        return this.#receiver?.fail(this.#failure);
      } else if (this.#reader !== undefined) {
        this.#await(this.#reader.read(), (result) => {
          this.#arrived = result.value;
          this.#ended = result.done;
        });
      } else {
        return;
      }
    }
  }

  #await<T>(promise: Promise<T>, store: (value: T) => void): void {
    this.#pending = true;
    const settle = (): void => {
      this.#pending = false;
      this.#deliver();
    };
    promise.then(
      (value) => {
        store(value);
        settle();
      },
      (error: unknown) => {
        this.#failure = new BodyAborted(error);
        settle();
      },
    );
  }
}
