import type { IncomingMessage } from 'node:http';
import { BufferedBody } from '../http/body/buffered-body.ts';
import type { ChunkReceiver, ChunkSource } from '../http/body/chunk-source.ts';
import type { NodeBody } from '../http/body/node-body.ts';
import { mediaType } from '../http/media-type.ts';
import { ActionError } from '../wire/error.ts';
import { encodeForm, encodePart } from './encode-parsed.ts';
import { NodeIncoming } from './node-incoming.ts';

/** A message whose body a parser may have read: `express.json()` and its like, or a cloud's own server (`rawBody`). */
export type ParsedMessage = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown };

/** Whether somebody has read the body before Portico saw the request. */
export function isParsed(message: ParsedMessage): boolean {
  return message.readableEnded || (message.body !== undefined && message.readableDidRead);
}

/** A request whose body was read and parsed before Portico saw it: it is written anew, as it was sent or as good as that. */
export class ParsedIncoming extends NodeIncoming {
  #parsed: NodeBody | undefined;

  override get body(): NodeBody {
    return (this.#parsed ??= new ParsedBody(this.message));
  }

  override header(name: string): string | undefined {
    // A parser has unpacked the body and decoded its text; what is written anew is plain UTF-8.
    if (name === 'content-encoding') return undefined;
    const value = super.header(name);
    return name === 'content-type' && value && !/^multipart\//i.test(value) ? mediaType(value) : value;
  }
}

class ParsedBody extends BufferedBody implements NodeBody {
  readonly isUnfinished = false;
  /** What is known of a body that is lost otherwise. */
  readonly #remains: Uint8Array | undefined;

  constructor(message: ParsedMessage) {
    const { bytes, isWhole } = bytesOf(message);
    super(new KnownBytes(isWhole ? bytes : undefined), isWhole ? bytes.byteLength : undefined);
    if (!isWhole) this.#remains = bytes;
  }

  /** A form of the host's may be lost to us: only who reads it as ours is told so. */
  override async peek(
    maxBytes: number,
    enough: (bytes: Uint8Array, ended: boolean) => boolean,
  ): Promise<Uint8Array> {
    const remains = this.#remains;
    if (!remains) return super.peek(maxBytes, enough);
    enough(remains, true);
    return remains;
  }

  /** The host has what its parser made of it. */
  putBack(): boolean {
    return true;
  }
}

/** Bytes that are there already, or a body that is lost. */
class KnownBytes implements ChunkSource {
  readonly present: boolean;
  readonly #isLost: boolean;
  #bytes: Uint8Array | undefined;
  #isPaused = false;

  constructor(bytes: Uint8Array | undefined) {
    this.present = bytes?.byteLength !== 0;
    this.#isLost = bytes === undefined;
    this.#bytes = bytes;
  }

  flow(receiver: ChunkReceiver): void {
    if (this.#isLost) return receiver.fail(lost());
    this.#isPaused = false;
    const bytes = this.#bytes;
    this.#bytes = undefined;
    if (bytes && bytes.byteLength > 0) receiver.chunk(bytes);
    if (!this.#isPaused) receiver.end();
  }

  takeArrived(): Uint8Array | undefined {
    const bytes = this.#bytes;
    this.#bytes = undefined;
    return bytes;
  }

  pause(): void {
    this.#isPaused = true;
  }

  release(): void {
    // The bytes may be the host's.
  }

  settle(): void {
    // Nothing is on its way.
  }
}

function bytesOf({ body, rawBody, headers }: ParsedMessage): { bytes: Uint8Array; isWhole: boolean } {
  if (rawBody instanceof Uint8Array) return { bytes: rawBody, isWhole: true };
  if (body instanceof Uint8Array) return { bytes: body, isWhole: true };
  if (typeof body === 'string') return { bytes: Buffer.from(body), isWhole: true };
  const contentType = headers['content-type'] ?? '';
  const type = mediaType(contentType);
  if (/[/+]json$/.test(type) && body !== undefined) {
    return { bytes: Buffer.from(JSON.stringify(body)), isWhole: true };
  }
  if (typeof body !== 'object' || body === null) return { bytes: new Uint8Array(), isWhole: false };
  if (type === 'application/x-www-form-urlencoded') {
    return { bytes: Buffer.from(encodeForm(body)), isWhole: true };
  }
  // Its texts tell whether it is ours; its files are gone.
  return { bytes: Buffer.from(encodePart(body, contentType)), isWhole: false };
}

function lost(): ActionError {
  return new ActionError({
    code: 'INTERNAL_SERVER_ERROR',
    message:
      'The body of this form was read before Portico saw the request, and its files with it. ' +
      'Mount Portico before what parses such bodies (multer, busboy, formidable).',
  });
}
