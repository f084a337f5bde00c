import { createHash, type Hash } from 'node:crypto';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';

const BOUNDARY = 'portico-test-boundary';
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const CHUNK = 65_536;

export const field = (name: string, value: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

export const fileHead = (name: string, filename: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n` +
  'Content-Type: application/octet-stream\r\n\r\n';

export const END = `\r\n--${BOUNDARY}--\r\n`;

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** One POST under way, its body sent by hand. */
export class Upload {
  readonly #request: ClientRequest;
  /** The answer, whenever it comes. Rejects where the connection ends without one. */
  readonly answer: Promise<Answered>;
  answered = false;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#request = request(url, {
      method: 'POST',
      headers: { 'content-type': MULTIPART, accept: 'application/json', ...headers },
    });
    this.#request.flushHeaders();
    this.answer = new Promise((resolve, reject) => {
      this.#request.once('error', (error) => {
        // What is written after the answer has come may meet a closed connection.
        if (!this.answered) reject(error);
      });
      this.#request.once('response', (response) => {
        this.answered = true;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
        response.once('error', reject);
      });
    });
    // Whoever waits for it meets the rejection there.
    this.answer.catch(() => undefined);
  }

  /** Writes, and waits where the server is slower. */
  async write(bytes: string | Uint8Array): Promise<void> {
    const sending = this.#request;
    if (sending.destroyed || sending.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        sending.off('drain', go).off('close', go);
        resolve();
      };
      sending.on('drain', go).on('close', go);
    });
  }

  /** Writes so many bytes that do not repeat, into `hash` as well. Stops where the connection ends. */
  async writeContent(size: number, hash?: Hash): Promise<void> {
    const chunk = Buffer.alloc(CHUNK);
    for (let sent = 0; sent < size && !this.#request.destroyed; sent += CHUNK) {
      chunk.fill(createHash('sha256').update(String(sent)).digest());
      const bytes = Buffer.from(chunk.subarray(0, Math.min(CHUNK, size - sent)));
      hash?.update(bytes);
      await this.write(bytes);
    }
  }

  end(): void {
    this.#request.end();
  }

  /** Goes away in the middle. */
  abort(): void {
    this.#request.on('error', () => undefined);
    this.#request.destroy();
  }
}
