import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { once } from 'node:events';
import type { NodeIncoming } from './node-incoming.ts';

/** Gives the host the body that Portico has looked into, whole: body parsers mounted after it read it from the message. */
export async function handBack({ body, message }: NodeIncoming): Promise<void> {
  if (body.putBack()) return;
  const chunks = await bytesOf(body.stream());
  // The end of a body without a Content-Length has been seen, and a stream that has ended takes nothing back: it begins anew.
  if (!message.closed) await once(message, 'close');
  beginAnew(message);
  for (const chunk of chunks) message.push(chunk);
  message.push(null);
}

async function bytesOf(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return chunks;
}

/** Its listeners stay; the stream's state is that of a new one. */
function beginAnew(message: IncomingMessage): void {
  Reflect.apply(Readable, message, [{ autoDestroy: false }]);
}
