import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { BodySource } from '../../../src/http/incoming.ts';
import { webBody } from '../../../src/http/body/web-body.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

export function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull: (controller) => {
      const next = left.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
}

/** A body in exactly these chunks. */
export function bodyOf(...chunks: Array<Uint8Array | string>): BodySource {
  const body = streamOf(chunks.map((chunk) => (typeof chunk === 'string' ? bytesOf(chunk) : chunk)));
  return webBody(new Request('http://test/', { method: 'POST', body, duplex: 'half' } as RequestInit));
}

/** Serves one request over a socket, and gives what the handler made of it. */
export async function served<T>(
  send: (socket: Socket) => void,
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<T>,
): Promise<T> {
  const outcome = Promise.withResolvers<T>();
  const server = createServer((req, res) => {
    handle(req, res)
      .then(outcome.resolve, outcome.reject)
      .finally(() => res.destroyed || res.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.once('connect', () => send(socket));
  try {
    return await outcome.promise;
  } finally {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  }
}

/** Posts a body through node:http, with a Content-Length or in HTTP chunks. */
export async function posted<T>(
  parts: readonly Uint8Array[],
  length: 'declared' | 'chunked',
  handle: (req: IncomingMessage) => Promise<T>,
): Promise<T> {
  return served(
    (socket) => {
      const total = parts.reduce((sum, part) => sum + part.length, 0);
      const framing = length === 'declared' ? `Content-Length: ${total}` : 'Transfer-Encoding: chunked';
      socket.write(`POST / HTTP/1.1\r\nHost: test\r\n${framing}\r\n\r\n`);
      for (const part of parts) {
        if (length === 'chunked') socket.write(`${part.length.toString(16)}\r\n`);
        socket.write(part);
        if (length === 'chunked') socket.write('\r\n');
      }
      if (length === 'chunked') socket.write('0\r\n\r\n');
    },
    (req) => handle(req),
  );
}
