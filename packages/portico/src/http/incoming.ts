/**
 * A request as Portico reads it. Hosts build one from what they have; a web `Request` is only made when somebody asks for
 * it, because making one costs as much as answering a small call (bench/README.md).
 */
export interface Incoming {
  readonly method: string;
  /** Path and query as they stand on the request line: `/products?page=2`. */
  readonly target: string;
  /** A header by its lower-case name; several of one name are joined as RFC 9110 section 5.3 says. */
  header(name: string): string | undefined;
  /** The scheme of the connection itself, before any proxy is believed. */
  readonly protocol: 'http' | 'https';
  /** The address at the other end of the connection, where the host knows it. */
  readonly peerAddress: string | undefined;
  readonly body: BodySource;
  /** The web Request, made on first reading. Its body is whatever `body` has not given to somebody else. */
  readonly request: Request;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** The host's own context (Hono's `c`, Node's `{ req, res }`). */
  readonly host: unknown;
  /** Path and query of the page that this request fetches a part of. Such a request runs no action. */
  readonly page?: string | undefined;
}

/** A request body that is read once, with limits. */
export interface BodySource {
  /**
   * Reads until `enough` says so, the body ends or `maxBytes` are there, and keeps what was read: whoever reads next gets
   * the body whole. Returns all bytes read so far.
   */
  peek(maxBytes: number, enough: (bytes: Uint8Array, ended: boolean) => boolean): Promise<Uint8Array>;
  /**
   * The whole body. Rejects with `ActionError` `CONTENT_TOO_LARGE` as soon as more than `maxBytes` have come
   * (or a Content-Length announces them), without reading on.
   */
  read(maxBytes: number): Promise<Uint8Array>;
  /**
   * What `read` would give, if nothing of it has to be waited for. `undefined` where something has, and where `read` would
   * reject.
   */
  readArrived(maxBytes: number): Uint8Array | undefined;
  /** Hands chunks to `sink`, waiting for each promise it returns. A throwing sink stops the reading. */
  pipe(sink: (chunk: Uint8Array) => void | Promise<void>): Promise<void>;
  /** The body as a web stream, from its first byte, for a host that is handed a request which is not ours. */
  stream(): ReadableStream<Uint8Array> | null;
}
