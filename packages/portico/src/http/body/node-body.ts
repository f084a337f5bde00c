import type { IncomingMessage } from 'node:http';
import { BodyAborted } from './body-errors.ts';
import { BufferedBody } from './buffered-body.ts';
import type { ChunkReceiver, ChunkSource } from './chunk-source.ts';
import type { BodySource } from '../incoming.ts';

export interface NodeBody extends BodySource {
  /**
   * Puts what was peeked back into the `IncomingMessage`, for a host that reads its body from there (Connect's `next`).
   * False where that cannot be done: the body was read on, or its end has been seen, as happens when a whole body sent
   * without a Content-Length was peeked. `stream()` then still has it.
   */
  putBack(): boolean;
  /** Whether bytes of the body are still to come. */
  readonly isUnfinished: boolean;
}

/**
 * The body of a Node request. `declaredLength` is its Content-Length, `undefined` where it has none. Rejects with
 * `BodyAborted` when the connection breaks before the end.
 */
export function nodeBody(req: IncomingMessage, declaredLength: number | undefined): NodeBody {
  return new NodeBufferedBody(new NodeChunks(req, declaredLength), declaredLength);
}

class NodeBufferedBody extends BufferedBody implements NodeBody {
  declare protected readonly source: NodeChunks;

  get isUnfinished(): boolean {
    return this.source.present && !this.source.ended;
  }

  putBack(): boolean {
    if (this.takenBy !== undefined || !this.source.unread(this.held.pieces)) return false;
    this.held.take();
    this.takenBy = 'the host it was handed back to';
    return true;
  }
}

class NodeChunks implements ChunkSource {
  readonly present: boolean;
  readonly #req: IncomingMessage;
  readonly #declaredLength: number | undefined;
  #receiver: ChunkReceiver | undefined;
  #flowing = false;
  #listeners: Listeners | undefined;
  #attachedAlone = false;
  #received = 0;
  #ended = false;
  #taken = false;
  #failure: Error | undefined;

  constructor(req: IncomingMessage, declaredLength: number | undefined) {
    this.#req = req;
    this.#declaredLength = declaredLength;
    // RFC 9112 section 6.3: an HTTP/1.1 request without either header has no body. HTTP/2 needs neither.
    this.present =
      declaredLength === undefined
        ? req.headers['transfer-encoding'] !== undefined || req.httpVersionMajor > 1
        : declaredLength > 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  flow(receiver: ChunkReceiver): void {
    if (!this.present) return receiver.end();
    this.#receiver = receiver;
    this.#flowing = true;
    if (this.#listeners === undefined && !this.#ended) this.#attach();
    if (this.#ended) return receiver.end();
    if (this.#failure !== undefined) return receiver.fail(this.#failure);
    if (this.#req.isPaused()) this.#req.resume();
  }

  takeArrived(): Uint8Array | undefined {
    const req = this.#req;
    const length = this.#declaredLength;
    if (length === undefined || length === 0 || this.#listeners !== undefined) return undefined;
    // Whoever reads or has set an encoding has plans of his own. Who has sent all and gone away is heard all the same.
    if (req.readableLength !== length || req.readableFlowing !== null || req.readableEncoding !== null)
      return undefined;
    const bytes = req.read() as Uint8Array | null;
    if (bytes === null) return undefined;
    this.#ended = true;
    this.#taken = true;
    // The end is yet to be parsed, and somebody must see it.
    if (!req.complete) req.resume();
    return bytes;
  }

  pause(): void {
    this.#flowing = false;
    if (this.#listeners) this.#req.pause();
  }

  release(chunk: Uint8Array): void {
    const { buffer } = chunk;
    const isAlone = this.#attachedAlone && this.#req.listenerCount('data') === 1;
    // Node's HTTP/1 parser copies each chunk into memory of its own.
    if (isAlone && buffer instanceof ArrayBuffer && chunk.byteLength === buffer.byteLength)
      buffer.transfer(0);
  }

  settle(): void {
    if (this.#listeners) this.#req.resume();
  }

  unread(pieces: readonly Uint8Array[]): boolean {
    const req = this.#req;
    const listeners = this.#listeners;
    if (this.#taken) return false;
    if (req.readableEnded || req.destroyed) return listeners === undefined;
    if (listeners === undefined) return true;
    const { data, end, broken } = listeners;
    req.off('data', data).off('end', end).off('error', broken).off('close', broken);
    this.#listeners = undefined;
    for (const piece of pieces.toReversed()) req.unshift(piece);
    // A paused stream stays paused when its next reader attaches. Losing its only 'readable' listener makes it as new.
    const nothing = (): void => undefined;
    req.on('readable', nothing).off('readable', nothing);
    return true;
  }

  #attach(): void {
    const req = this.#req;
    if (req.readableEnded) {
      this.#failure = new Error(
        'The request body was read before Portico saw the request. Mount Portico before body parsers.',
      );
    } else if (req.destroyed) {
      this.#failure = new BodyAborted(req.errored ?? undefined);
    } else {
      const listeners = this.#newListeners();
      this.#listeners = listeners;
      this.#attachedAlone =
        req.httpVersionMajor === 1 && !req.readableDidRead && req.listenerCount('data') === 0;
      const { data, end, broken } = listeners;
      req.on('data', data).on('end', end).on('error', broken).on('close', broken);
    }
  }

  #newListeners(): Listeners {
    const end = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      if (this.#flowing) this.#receiver?.end();
    };
    const data = (chunk: Uint8Array): void => {
      this.#received += chunk.length;
      this.#receiver?.chunk(chunk);
      // The last byte announces the end one turn earlier than 'end' does, and a peeked body can still be put back.
      if (this.#flowing && this.#declaredLength !== undefined && this.#received >= this.#declaredLength)
        end();
    };
    const broken = (error?: Error): void => {
      if (this.#ended || this.#failure !== undefined) return;
      this.#failure = new BodyAborted(error);
      if (this.#flowing) this.#receiver?.fail(this.#failure);
    };
    return { data, end, broken };
  }
}

interface Listeners {
  readonly data: (chunk: Uint8Array) => void;
  readonly end: () => void;
  readonly broken: (error?: Error) => void;
}
