import { malformed, tooLarge } from './body-errors.ts';
import { indexOfBytes, partialAtEnd, startsAt } from './byte-search.ts';
import { parsePartHeaders, type PartHeaders } from './part-headers.ts';

/** Takes the bytes of one part, never an empty piece, and copies what it keeps. The parser waits for a promise it returns. */
export type PartSink = (bytes: Uint8Array) => void | Promise<void>;

export interface MultipartHandlers {
  /** A part begins. */
  onPart(part: PartHeaders): PartSink;
  /** The part that began last is complete. */
  onPartEnd(): void | Promise<void>;
}

export interface MultipartLimits {
  readonly maxParts: number;
}

const MAX_HEADER_BYTES = 16_384;
const LINE_BREAK = new Uint8Array([13, 10]);
const HEADER_END = new Uint8Array([13, 10, 13, 10]);
const CR = 13;
const LF = 10;
const DASH = 45;
const SPACE = 32;
const TAB = 9;

type State = 'preamble' | 'delimiter' | 'headers' | 'start' | 'body' | 'part-end' | 'epilogue';

/**
 * Reads multipart/form-data (RFC 7578, RFC 2046 section 5.1) as its bytes come, in chunks of any size, and hands them on
 * without copying. Everything malformed is an `ActionError` `BAD_REQUEST` that says what, too many or too long headers
 * `CONTENT_TOO_LARGE`; a handler's own errors go through. After a throw the parser must not be used any more.
 */
export class MultipartParser {
  readonly #delimiter: Uint8Array;
  readonly #handlers: MultipartHandlers;
  readonly #limits: MultipartLimits;
  // The delimiter begins with the line break before it, and the first one may stand at the very beginning.
  #buffer: Uint8Array = LINE_BREAK;
  // Room for what is left of a chunk and those that come after it. It grows by doubling: with fresh memory for each chunk, a
  // header in chunks of one byte would be copied as often as it has bytes.
  #room: Uint8Array = new Uint8Array(0);
  #position = 0;
  #state: State = 'preamble';
  #sink: PartSink = () => undefined;
  #parts = 0;

  /** Throws `BAD_REQUEST` for a boundary that RFC 2046 does not allow. */
  constructor(boundary: string, handlers: MultipartHandlers, limits: MultipartLimits) {
    if (!/^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary)) {
      throw malformed('The multipart Content-Type needs a boundary of 1 to 70 ASCII characters.');
    }
    this.#delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
    this.#handlers = handlers;
    this.#limits = limits;
  }

  /** Whether the closing boundary has come. */
  get closed(): boolean {
    return this.#state === 'epilogue';
  }

  /**
   * Takes the next bytes of the body. A returned promise must be waited for before the next call; then nothing of `chunk`
   * is kept here.
   */
  push(chunk: Uint8Array): void | Promise<void> {
    if (this.#state === 'epilogue') return;
    const left = this.#buffer.length;
    if (left === 0) {
      this.#buffer = chunk;
      return this.#run();
    }
    const size = left + chunk.length;
    if (size > this.#room.length) {
      this.#room = new Uint8Array(Math.max(size, 2 * this.#room.length));
      this.#room.set(this.#buffer);
    } else if (this.#buffer.buffer !== this.#room.buffer) this.#room.set(this.#buffer);
    this.#room.set(chunk, left);
    this.#buffer = this.#room.subarray(0, size);
    return this.#run();
  }

  /** The body is over. Throws `BAD_REQUEST` if its closing boundary has not come. */
  end(): void {
    if (this.#state === 'epilogue') return;
    throw malformed(
      'The multipart body ends before its closing boundary: the upload was cut off, or the boundary in its Content-Type is another one.',
    );
  }

  #run(): void | Promise<void> {
    for (;;) {
      const step = this.#step();
      if (step === 'more') return this.#keepRest();
      if (step !== undefined) return this.#runAfter(step);
    }
  }

  async #runAfter(first: Promise<void>): Promise<void> {
    await first;
    for (;;) {
      const step = this.#step();
      if (step === 'more') return this.#keepRest();
      if (step !== undefined) await step;
    }
  }

  #keepRest(): void {
    const rest = this.#buffer.subarray(this.#position);
    if (rest.buffer !== this.#room.buffer || this.#position > 0) {
      if (rest.length > this.#room.length) this.#room = new Uint8Array(rest.length);
      // Where both are the same memory, `set` copies as if by way of a third.
      this.#room.set(rest);
      this.#buffer = this.#room.subarray(0, rest.length);
    }
    this.#position = 0;
  }

  /** One step; `'more'` when it needs more bytes, a promise when it waits for a handler. */
  #step(): 'more' | void | Promise<void> {
    switch (this.#state) {
      case 'preamble':
      case 'body':
        return this.#readContent();
      case 'part-end':
        this.#state = 'delimiter';
        return this.#handlers.onPartEnd();
      case 'delimiter':
        return this.#readDelimiterEnd();
      case 'headers':
        return this.#readHeaders();
      case 'start':
        return this.#readStart();
      case 'epilogue':
        this.#position = this.#buffer.length;
        return 'more';
    }
  }

  #readContent(): 'more' | void | Promise<void> {
    const buffer = this.#buffer;
    const from = this.#position;
    const inPart = this.#state === 'body';
    const at = indexOfBytes(buffer, this.#delimiter, from);
    const end = at < 0 ? buffer.length - partialAtEnd(buffer, this.#delimiter, from) : at;
    this.#position = at < 0 ? end : at + this.#delimiter.length;
    if (at >= 0) this.#state = inPart ? 'part-end' : 'delimiter';
    const written = inPart && end > from ? this.#sink(buffer.subarray(from, end)) : undefined;
    if (at >= 0 || written !== undefined) return written;
    return 'more';
  }

  /** What follows a delimiter: `--`, or a line break, which stays since the header block ends with two of them. */
  #readDelimiterEnd(): 'more' | void {
    const buffer = this.#buffer;
    while (buffer[this.#position] === SPACE || buffer[this.#position] === TAB) this.#position++;
    const first = buffer[this.#position];
    const second = buffer[this.#position + 1];
    if (first === DASH && second === DASH) {
      this.#state = 'epilogue';
    } else if (first === CR && second === LF) {
      if (++this.#parts > this.#limits.maxParts) {
        throw tooLarge(`The multipart body has more than ${this.#limits.maxParts} parts.`);
      }
      this.#state = 'headers';
    } else if (first === undefined || (second === undefined && (first === DASH || first === CR))) {
      return 'more';
    } else {
      throw malformed('A boundary of the multipart body is followed by something other than a line break.');
    }
  }

  #readHeaders(): 'more' | void {
    const start = this.#position;
    const end = indexOfBytes(this.#buffer, HEADER_END, start);
    if ((end < 0 ? this.#buffer.length - HEADER_END.length : end) - start > MAX_HEADER_BYTES) {
      throw tooLarge('The headers of a part of the multipart body are longer than 16 KiB.');
    }
    if (end < 0) return 'more';
    const block = this.#buffer.subarray(Math.min(start + LINE_BREAK.length, end), end);
    this.#sink = this.#handlers.onPart(parsePartHeaders(block));
    this.#position = end + LINE_BREAK.length;
    this.#state = 'start';
  }

  /** RFC 2046 lets a part without content end with the line break that ends its headers. */
  #readStart(): 'more' | void {
    const agrees = startsAt(this.#buffer, this.#delimiter, this.#position);
    if (agrees < this.#delimiter.length) {
      if (this.#position + agrees === this.#buffer.length) return 'more';
      this.#position += LINE_BREAK.length;
    }
    this.#state = 'body';
  }
}
