import type { BodySource, Incoming } from './incoming.ts';
import { webBody } from './body/web-body.ts';

/** What a host knows about a web Request beyond the Request. */
export interface RequestInfo {
  /** The address at the other end of the connection. */
  readonly clientAddress?: string | undefined;
  /** The host's own context, for `ctx.host`. */
  readonly host?: unknown;
  /**
   * Path and query of the page that this request fetches a part of, as islands of frameworks do: results and forms are those
   * of that page. Such a request runs no action.
   */
  readonly page?: string | undefined;
}

/** A web Request as Portico reads it. */
export class WebIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly protocol: 'http' | 'https';
  readonly peerAddress: string | undefined;
  readonly host: unknown;
  readonly page: string | undefined;
  readonly #source: Request;
  readonly #urlHost: string;
  #body: BodySource | undefined;
  #request: Request | undefined;

  constructor(request: Request, info: RequestInfo) {
    this.#source = request;
    this.method = request.method;
    const { url } = request;
    const authority = url.indexOf('//') + 2;
    const slash = url.indexOf('/', authority);
    this.target = (slash < 0 ? '/' : url.slice(slash)).split('#', 1)[0] ?? '/';
    this.#urlHost = url.slice(authority, slash < 0 ? undefined : slash);
    this.protocol = url.startsWith('https:') ? 'https' : 'http';
    this.peerAddress = info.clientAddress;
    this.host = info.host;
    this.page = info.page;
  }

  header(name: string): string | undefined {
    const value = this.#source.headers.get(name);
    // Requests made by hand have no Host header; their URL says the same.
    return value ?? (name === 'host' ? this.#urlHost : undefined);
  }

  get signal(): AbortSignal {
    return this.#source.signal;
  }

  get body(): BodySource {
    return (this.#body ??= webBody(this.#source));
  }

  get request(): Request {
    // Nothing was read: the page gets the very Request the host knows.
    if (!this.#body) return this.#source;
    return (this.#request ??= requestAgain(this.#source, this.#body));
  }
}

function requestAgain(source: Request, body: BodySource): Request {
  const init: RequestInit & { duplex: 'half' } = {
    method: source.method,
    headers: source.headers,
    signal: source.signal,
    body: body.stream(),
    duplex: 'half',
  };
  return new Request(source.url, init);
}
