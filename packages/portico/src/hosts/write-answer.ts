import type { ServerResponse } from 'node:http';
import type { Answer } from '../http/reply.ts';
import type { NodeIncoming } from './node-incoming.ts';

/** Writes an answer in as few calls as Node allows: one write is what a small answer costs most. */
export function writeAnswer(
  answer: Answer,
  incoming: NodeIncoming,
  response: ServerResponse,
): void | Promise<void> {
  if (incoming.body.isUnfinished) endUnread(incoming, response);
  if (answer instanceof Response) return writeResponse(answer, incoming.method, response);
  const { headers, body, status } = answer;
  if (body !== null) {
    headers.push(
      'Content-Length',
      String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength),
    );
  } else if (status !== 204 && status !== 304 && !headers.includes('Content-Length')) {
    headers.push('Content-Length', '0');
  }
  response.writeHead(status, headers);
  response.end(body ?? undefined);
}

async function writeResponse(answer: Response, method: string, response: ServerResponse): Promise<void> {
  const headers: string[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  response.writeHead(answer.status, answer.statusText === '' ? undefined : answer.statusText, headers);
  if (!answer.body || method === 'HEAD') {
    await answer.body?.cancel();
    response.end();
    return;
  }
  await pumpBody(answer.body, response, (chunk) => response.write(chunk));
  response.end();
}

/** Writes a web stream by `write`, as fast as the response takes it. Cancels it when the client goes away. */
export async function pumpBody(
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  write: (chunk: Uint8Array) => boolean,
): Promise<void> {
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  response.addListener('close', stop);
  for (;;) {
    const { done, value } = await reader.read();
    if (done || response.destroyed) break;
    if (!write(value)) await new Promise<void>((resolve) => onceDrained(response, resolve));
  }
  response.off('close', stop);
}

function onceDrained(response: ServerResponse, resume: () => void): void {
  const done = (): void => {
    response.off('drain', done);
    response.off('close', done);
    resume();
  };
  // By both ways: `once` calls `on`, where middleware that compresses puts its own, before Portico or behind it.
  response.once('drain', done);
  response.addListener('drain', done);
  response.addListener('close', done);
}

const LINGER_MS = 1_000;
// What is on its way anyway is read and dropped, and the connection goes on.
const DRAINED_BYTES = 262_144;

/**
 * A body that was refused unread: the connection ends after the answer, but not before the client had a moment to read it.
 * Ending at once would reset it under the answer (RFC 9112 section 9.6).
 */
export function endUnread(incoming: NodeIncoming, response: ServerResponse): void {
  const { message } = incoming;
  const isSmall = Number(incoming.header('content-length') ?? Infinity) <= DRAINED_BYTES;
  message.resume();
  if (isSmall) return;
  response.setHeader('Connection', 'close');
  response.once('finish', () => {
    setTimeout(() => message.socket.destroy(), LINGER_MS).unref();
  });
}
