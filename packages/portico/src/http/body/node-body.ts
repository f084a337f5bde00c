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
  #attached = false;
  #attachedAlone = false;
  #received = 0;
  #ended = false;
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
    if (!this.#attached) this.#attach();
    if (this.#ended) return receiver.end();
    if (this.#failure !== undefined) return receiver.fail(this.#failure);
    if (this.#req.isPaused()) this.#req.resume();
  }

  pause(): void {
    this.#flowing = false;
    if (this.#attached) this.#req.pause();
  }

  release(chunk: Uint8Array): void {
    const { buffer } = chunk;
    const isAlone = this.#attachedAlone && this.#req.listenerCount('data') === 1;
    // Node's HTTP/1 parser copies each chunk into memory of its own.
    if (isAlone && buffer instanceof ArrayBuffer && chunk.byteLength === buffer.byteLength)
      buffer.transfer(0);
  }

  settle(): void {
    if (this.#attached) this.#req.resume();
  }

  unread(pieces: readonly Uint8Array[]): boolean {
    const req = this.#req;
    if (req.readableEnded || req.destroyed) return !this.#attached;
    if (!this.#attached) return true;
    req
      .off('data', this.#onData)
      .off('end', this.#onEnd)
      .off('error', this.#onBreak)
      .off('close', this.#onBreak);
    this.#attached = false;
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
      this.#attached = true;
      this.#attachedAlone =
        req.httpVersionMajor === 1 && !req.readableDidRead && req.listenerCount('data') === 0;
      req.on('data', this.#onData);
      // A small body arrives in this very turn, with its headers, and then needs no other listener: they cost 2 µs, 10 % of
      // a small call (npm run bench -- R1). Nothing can break before the turn is over.
      if (this.#declaredLength === undefined) this.#attachRest();
      else queueMicrotask(() => this.#attachRest());
    }
  }

  #attachRest(): void {
    if (this.#ended || !this.#attached) return;
    this.#req.on('end', this.#onEnd).on('error', this.#onBreak).on('close', this.#onBreak);
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#received += chunk.length;
    this.#receiver?.chunk(chunk);
    // The last byte announces the end one turn earlier than 'end' does, and a peeked body can still be put back.
    if (this.#flowing && this.#declaredLength !== undefined && this.#received >= this.#declaredLength)
      this.#onEnd();
  };

  readonly #onEnd = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#flowing) this.#receiver?.end();
  };

  readonly #onBreak = (error?: Error): void => {
    if (this.#ended || this.#failure !== undefined) return;
    this.#failure = new BodyAborted(error);
    if (this.#flowing) this.#receiver?.fail(this.#failure);
  };
}
