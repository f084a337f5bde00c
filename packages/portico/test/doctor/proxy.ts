import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** What a proxy does beside handing on. Its visitors come from 198.51.100.9 and by TLS. */
export interface ProxyHabits {
  /** What becomes of the headers of a request. Default: `asItShould`. */
  readonly headers?: (headers: IncomingHttpHeaders, upstream: string) => IncomingHttpHeaders;
  /** Collects a body, and hands on what comes of it. */
  readonly body?: (body: Buffer) => Buffer;
  readonly maxBytes?: number;
  readonly refusesChunked?: boolean;
  /** Answers a GET for the same URL again with what it has. */
  readonly caches?: boolean;
  /** Compresses, and says so as far as the headers here do. */
  readonly gzip?: Readonly<Record<string, string>>;
}

/** Forwarded headers as they are to be: written anew. */
export function asItShould(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { host } = headers;
  return {
    ...headers,
    'x-forwarded-for': '198.51.100.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': host,
  };
}

/** The headers without some. */
export function without(headers: IncomingHttpHeaders, ...names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

interface Kept {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A proxy on a free port, gone after the test. */
export async function openProxy(
  upstream: string,
  habits: ProxyHabits = {},
): Promise<{ host: string; port: number }> {
  const cache = new Map<string, Kept>();
  const target = new URL(upstream);

  async function handOn(incoming: IncomingMessage): Promise<Kept> {
    const { headers = asItShould } = habits;
    const own = headers(incoming.headers, target.host);
    const outgoing = send({
      host: '127.0.0.1',
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      agent: false,
    });
    for (const [name, value] of Object.entries(own)) if (value !== undefined) outgoing.setHeader(name, value);
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on('response', resolve).on('error', reject);
    });
    if (habits.body) {
      const body = habits.body(await buffer(incoming));
      if (body.length > 0) {
        outgoing.removeHeader('transfer-encoding');
        outgoing.setHeader('content-length', body.length);
      }
      outgoing.end(body);
    } else incoming.pipe(outgoing);
    const answer = await answered;
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
  }

  async function answerOf(incoming: IncomingMessage): Promise<Kept> {
    const length = Number(incoming.headers['content-length'] ?? 0);
    if (habits.maxBytes !== undefined && length > habits.maxBytes) return refusal(413);
    if (habits.refusesChunked === true && incoming.headers['transfer-encoding'] !== undefined)
      return refusal(411);
    const key = incoming.method === 'GET' && habits.caches === true ? incoming.url : undefined;
    const kept = key === undefined ? undefined : cache.get(key);
    if (kept) return kept;
    const answer = await handOn(incoming);
    if (key !== undefined) cache.set(key, answer);
    return answer;
  }

  const server = createServer(async (incoming, outgoing) => {
    const { status, headers, body } = await answerOf(incoming).catch(() => refusal(502));
    const { gzip } = habits;
    const bytes = gzip && status === 200 ? gzipSync(body) : body;
    const more = gzip && status === 200 ? { 'content-encoding': 'gzip', ...gzip } : {};
    outgoing.writeHead(status, { ...without(headers, 'transfer-encoding', 'content-length'), ...more });
    outgoing.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

function refusal(status: number): Kept {
  return { status, headers: { connection: 'close' }, body: Buffer.from('Refused by the proxy.') };
}
