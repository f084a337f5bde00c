import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { ConformanceError } from './check.ts';

/** An answer of a host, read whole. */
export class HostAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;

  constructor(status: number, headers: IncomingHttpHeaders, bytes: Buffer) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** The `Set-Cookie` lines, one each. */
  get cookies(): readonly string[] {
    return this.headers['set-cookie'] ?? [];
  }

  /** `name=value` of each cookie that is set, in order of their names. */
  get cookiePairs(): readonly string[] {
    return this.cookies.map((line) => line.split(';', 1)[0] ?? '').toSorted();
  }

  get json(): Record<string, unknown> {
    return this.#parsed(this.text, 'JSON');
  }

  /** What one of the suite's pages says of itself. */
  get page(): Record<string, unknown> {
    const [, json] =
      /<script type="application\/json" id="conformance">(.*?)<\/script>/s.exec(this.text) ?? [];
    return this.#parsed(json ?? '', 'page of the suite');
  }

  #parsed(json: string, what: string): Record<string, unknown> {
    try {
      return JSON.parse(json) as Record<string, unknown>;
    } catch {
      const start = JSON.stringify(this.text.slice(0, 300));
      throw new ConformanceError(`expected a ${what}, got ${this.status} with ${start}.`);
    }
  }
}

/** Reads an answer to its end. Rejects where the connection ends before that. */
export async function readAnswer(message: IncomingMessage): Promise<HostAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return new HostAnswer(message.statusCode ?? 0, message.headers, Buffer.concat(chunks));
}
