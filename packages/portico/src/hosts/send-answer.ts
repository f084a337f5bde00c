import type { ServerResponse } from 'node:http';
import type { Answer } from '../http/reply.ts';
import { applyHead } from './merge-answer.ts';
import { pumpBody } from './write-answer.ts';

/** Calls `write` or `end` of the response. */
export type Call = (method: 'write' | 'end', args: readonly unknown[]) => unknown;

/**
 * Writes an answer where middleware has been before us: its headers and cookies stay, and if it listens for the head or
 * compresses what is written, it gets to. A response of nobody else's is written faster by `writeAnswer`.
 */
export async function sendAnswer(
  answer: Answer,
  method: string,
  response: ServerResponse,
  call: Call = (name, args) => Reflect.apply(response[name], response, args),
): Promise<void> {
  const { body } = answer;
  applyHead(answer, response);
  if (!(body instanceof ReadableStream)) {
    // The length is Node's to say, or of who compresses.
    call('end', body === null ? [] : [body]);
    return;
  }
  if (method === 'HEAD') await body.cancel();
  else await pumpBody(body, response, (chunk) => call('write', [chunk]) === true);
  call('end', []);
}
