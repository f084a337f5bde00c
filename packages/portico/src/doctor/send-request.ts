import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { request as tlsRequest } from 'node:https';

export interface RequestToSend {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Sends the body in pieces, without saying how long it is. */
  readonly chunked?: boolean;
}

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came, compressed or not. */
  readonly body: Buffer;
}

/** Sends one request over a connection of its own. Rejects where there is no answer. */
export type Send = (request: RequestToSend) => Promise<ReceivedAnswer>;

export interface SendOptions {
  /** Where to connect instead of the URL's own host, in plain HTTP: what then comes out is what a proxy there makes of it. */
  readonly connectTo?: { readonly host: string; readonly port: number };
  /** Milliseconds until a request is given up. Default: 20 s. */
  readonly timeout?: number;
}

const MAX_ANSWER_BYTES = 1_048_576;
const TIMEOUT_MS = 20_000;
const CHUNK_BYTES = 16_384;

/**
 * Sends requests by `node:http`: `fetch` writes Origin and Sec-Fetch-* itself, follows what it pleases, and unpacks what was
 * compressed on the way.
 */
export function createSend({ connectTo, timeout = TIMEOUT_MS }: SendOptions = {}): Send {
  return ({ method, url, headers, body, chunked = false }) =>
    new Promise((resolve, reject) => {
      const start = url.protocol === 'https:' && !connectTo ? tlsRequest : plainRequest;
      const outgoing = start({
        method,
        host: connectTo?.host ?? url.hostname.replace(/^\[|\]$/g, ''),
        port: connectTo?.port ?? url.port,
        path: url.pathname + url.search,
        headers: {
          host: url.host,
          ...(body && !chunked && { 'content-length': String(body.length) }),
          ...headers,
        },
        agent: false,
        signal: AbortSignal.timeout(timeout),
      });
      outgoing.on('response', (response) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        const done = (): void =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces),
          });
        response.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes <= MAX_ANSWER_BYTES) pieces.push(piece);
          else response.destroy();
        });
        // Who refuses a body closes the connection while it is being written: the refusal has come all the same.
        response.on('error', done);
        response.on('close', done);
      });
      outgoing.on('error', reject);
      for (let at = 0; body && at < body.length; at += CHUNK_BYTES) {
        outgoing.write(body.subarray(at, at + CHUNK_BYTES));
      }
      outgoing.end();
    });
}
