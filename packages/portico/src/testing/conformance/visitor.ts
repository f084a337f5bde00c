import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { CookieJar } from '../../lib/cookie-jar.ts';
import type { SentBody } from './body.ts';
import { readAnswer, type HostAnswer } from './host-answer.ts';

export interface VisitorOptions {
  /** Sends what a page of the site in a browser would: `Sec-Fetch-Site: same-origin`. Default: true. */
  readonly browser?: boolean;
  /** Sends everything over one connection, as long as the server keeps it. */
  readonly keepAlive?: boolean;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the body without a `Content-Length`. */
  readonly chunked?: boolean;
  readonly method?: string;
}

/** One visitor of a running host: keeps cookies, follows no redirect, sends paths as they are written. */
export class Visitor {
  readonly cookies: CookieJar = new CookieJar();
  readonly #url: URL;
  readonly #browser: boolean;
  readonly #agent: Agent | false;

  constructor(url: URL, { browser = true, keepAlive = false }: VisitorOptions = {}) {
    this.#url = url;
    this.#browser = browser;
    this.#agent = keepAlive && new Agent({ keepAlive: true, maxSockets: 1 });
  }

  get(path: string, options: SendOptions = {}): Promise<HostAnswer> {
    return this.#send(path, undefined, { method: 'GET', ...options });
  }

  post(path: string, body?: SentBody, options: SendOptions = {}): Promise<HostAnswer> {
    return this.#send(path, body, { method: 'POST', ...options });
  }

  /** Begins a request whose body, and whose end, the caller writes. */
  open(path: string, { headers = {}, method = 'POST' }: SendOptions = {}): ClientRequest {
    const cookie = this.cookies.header;
    const opened = request({
      hostname: this.#url.hostname,
      port: this.#url.port,
      path,
      method,
      agent: this.#agent,
      headers: {
        ...(this.#browser && { 'sec-fetch-site': 'same-origin' }),
        ...(cookie !== undefined && { cookie }),
        ...lowerCased(headers),
      },
    });
    // Whoever waits for the answer meets the error there.
    opened.on('error', () => undefined);
    return opened;
  }

  /** Ends the connection that was kept. */
  close(): void {
    if (this.#agent) this.#agent.destroy();
  }

  async #send(path: string, body: SentBody | undefined, options: SendOptions): Promise<HostAnswer> {
    const sending = this.open(path, {
      ...options,
      headers: {
        ...(body && { 'content-type': body.type }),
        ...(body && !options.chunked && { 'content-length': String(body.bytes.length) }),
        ...(!body && options.method === 'POST' && { 'content-length': '0' }),
        ...options.headers,
      },
    });
    const answered = answerOf(sending);
    sending.end(body?.bytes);
    const answer = await readAnswer(await answered);
    this.cookies.keep(answer.cookies);
    return answer;
  }
}

/** The answer to a request under way. Rejects where the connection ends without one. */
export function answerOf(sending: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('response', resolve);
    sending.once('error', reject);
    sending.once('close', () => reject(new Error('The connection ended without an answer.')));
  });
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
