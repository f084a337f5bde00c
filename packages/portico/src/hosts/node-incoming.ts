import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Incoming } from '../http/incoming.ts';
import { nodeBody, type NodeBody } from '../http/body/node-body.ts';

/** A `node:http` request as Portico reads it. The web Request, costly to make, is made when a handler or page asks for it. */
export class NodeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly message: IncomingMessage;
  readonly #response: ServerResponse;
  #host: unknown;
  #body: NodeBody | undefined;
  #request: Request | undefined;
  #signal: AbortSignal | undefined;

  /** `target`: the request line's, where the host has put another one into `message.url`. */
  constructor(
    message: IncomingMessage,
    response: ServerResponse,
    target: string | undefined = message.url,
    host?: unknown,
  ) {
    this.message = message;
    this.#response = response;
    this.#host = host;
    this.method = message.method ?? 'GET';
    this.target = originForm(target ?? '/');
  }

  get host(): unknown {
    return (this.#host ??= { req: this.message, res: this.#response });
  }

  get protocol(): 'http' | 'https' {
    return (this.message.socket as Partial<TLSSocket>).encrypted === true ? 'https' : 'http';
  }

  get peerAddress(): string | undefined {
    return this.message.socket.remoteAddress;
  }

  header(name: string): string | undefined {
    if (name === 'host') return hostsOf(this.message);
    const value = this.message.headers[name];
    return typeof value === 'string' || value === undefined ? value : value.join(', ');
  }

  get body(): NodeBody {
    return (this.#body ??= nodeBody(this.message, declaredLength(this.message)));
  }

  get signal(): AbortSignal {
    if (this.#signal) return this.#signal;
    const controller = new AbortController();
    const response = this.#response;
    const closed = (): void => {
      if (!response.writableFinished) controller.abort();
    };
    if (response.destroyed) closed();
    // Not `once`, which calls `on`: middleware that compresses puts its own in that place.
    else response.addListener('close', closed);
    return (this.#signal = controller.signal);
  }

  get request(): Request {
    return (this.#request ??= this.#webRequest());
  }

  #webRequest(): Request {
    const headers = new Headers();
    const { rawHeaders } = this.message;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      // HTTP/2 has `:method` and its like among them.
      if (!rawHeaders[index]?.startsWith(':'))
        headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
    }
    const url = `${this.protocol}://${this.header('host') || 'localhost'}${this.target}`;
    const hasBody = this.method !== 'GET' && this.method !== 'HEAD';
    const init: RequestInit & { duplex?: 'half' } = { method: this.method, headers, signal: this.signal };
    if (hasBody) {
      init.body = this.body.stream();
      init.duplex = 'half';
    }
    return new Request(url, init);
  }
}

/** All Host headers: RFC 9112 section 3.2 has two of them refused, where Node takes the first. HTTP/2 has `:authority`. */
function hostsOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const first = headers.host ?? (headers[':authority'] as string | undefined);
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') count++;
  }
  return count > 1 ? `${first}, and another` : first;
}

function declaredLength(message: IncomingMessage): number | undefined {
  const length = message.headers['content-length'];
  return length === undefined ? undefined : Number(length);
}

/**
 * RFC 9112 section 3.2.2: a server must take the absolute form, as proxies send it; only path and query matter to us. A
 * fragment is no part of a target, and URL parsers would take a query behind it for one.
 */
function originForm(target: string): string {
  if (target.startsWith('/')) {
    const hash = target.indexOf('#');
    return hash < 0 ? target : target.slice(0, hash);
  }
  try {
    const url = new URL(target);
    return url.pathname + url.search;
  } catch {
    return '/';
  }
}
