import type { CookieJar } from '../lib/cookie-jar.ts';
import { TestAnswer } from './test-answer.ts';

/**
 * Who sends the requests: a page of the site itself, a page of a strange site, a program such as curl, which says neither
 * where it comes from nor what it is.
 */
export type Visitor = 'same-origin' | 'cross-site' | 'program';

/** The origin that a `cross-site` visitor's page has. */
export const ELSEWHERE = 'https://elsewhere.example';

const MAX_REDIRECTS = 10;

export interface BrowserParts {
  readonly origin: string;
  readonly visitor: Visitor;
  readonly follow: boolean;
  readonly cookies: CookieJar;
  readonly answer: (request: Request) => Promise<Response>;
}

export interface Sending {
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | null;
}

/**
 * Sends requests as a browser does: with cookies, fetch metadata and Origin, and by a GET to where a 303 leads (Fetch
 * standard, "HTTP-redirect fetch"). Redirects to another origin are not followed.
 */
export class Browser {
  readonly #parts: BrowserParts;

  constructor(parts: BrowserParts) {
    this.#parts = parts;
  }

  /** Throws an Error after 10 redirects. */
  async send(path: string, sending: Sending): Promise<TestAnswer> {
    const { origin, follow } = this.#parts;
    const history: TestAnswer[] = [];
    let url = new URL(path, origin);
    let { method, body } = sending;
    for (;;) {
      const answer = await this.once(url, { ...sending, method, body }, history);
      const location = answer.headers.get('location');
      if (!follow || location === null || !isRedirect(answer.status)) return answer;
      const next = new URL(location, url);
      if (next.origin !== origin) return answer;
      history.push(answer);
      if (history.length > MAX_REDIRECTS) {
        throw new Error(
          `${path} leads to more than ${MAX_REDIRECTS} redirects, the last of them to ${next.pathname}.`,
        );
      }
      url = next;
      if (answer.status === 307 || answer.status === 308) continue;
      if (method !== 'HEAD') method = 'GET';
      body = null;
    }
  }

  /** One request, its redirect not followed. */
  async once(url: URL, sending: Sending, history: readonly TestAnswer[] = []): Promise<TestAnswer> {
    const response = await this.respond(url, sending);
    return new TestAnswer(url, response, new Uint8Array(await response.arrayBuffer()), history.slice());
  }

  /** The answer as it comes, its cookies kept. */
  async respond(url: URL, { method, headers: own, body }: Sending): Promise<Response> {
    const { cookies, answer } = this.#parts;
    const headers = new Headers(own);
    this.#introduce(headers, method);
    if (cookies.header !== undefined && !headers.has('cookie')) headers.set('cookie', cookies.header);
    if (body === null) headers.delete('content-type');
    const response = await answer(new Request(url, { method, headers, body }));
    cookies.keep(response.headers.getSetCookie());
    return response;
  }

  // Fetch metadata (W3C) on every request, Origin on those that are not safe (Fetch standard, "append a request Origin").
  #introduce(headers: Headers, method: string): void {
    const { visitor, origin } = this.#parts;
    if (visitor === 'program') return;
    if (!headers.has('user-agent')) headers.set('user-agent', 'Portico test client');
    if (!headers.has('sec-fetch-site')) headers.set('sec-fetch-site', visitor);
    const isSafe = method === 'GET' || method === 'HEAD';
    if (!isSafe && !headers.has('origin'))
      headers.set('origin', visitor === 'same-origin' ? origin : ELSEWHERE);
  }
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}
