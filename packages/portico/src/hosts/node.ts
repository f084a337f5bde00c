import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers';
import type { Portico } from '../app.ts';
import type { Pages } from '../present/render-page.ts';
import { isPromise } from '../lib/promise.ts';
import { NodeIncoming } from './node-incoming.ts';
import type { Handled } from '../request/app-state.ts';
import { writeAnswer } from './write-answer.ts';

/** A page server in terms of the Fetch standard, such as an app of Hono's `app.fetch`. */
export type PageHandler = (request: Request) => Response | Promise<Response>;

export interface NodeOptions {
  /** Renders pages. Without it, what is no action is answered 404. */
  readonly pages?: PageHandler;
  /** Whether there is a page at a path. Then a form posted to a missing page is answered 404 and runs nothing. */
  readonly has?: (path: string) => boolean | undefined;
}

const notFound: PageHandler = () => new Response('Not found', { status: 404 });

/**
 * A listener for `node:http`: `createServer(toNodeListener(portico, { pages }))`. Actions are answered without a web Request
 * or Response in between.
 */
export function toNodeListener(portico: Portico<unknown>, options: NodeOptions = {}): RequestListener {
  const pages: Pages = { render: options.pages ?? notFound, ...(options.has && { has: options.has }) };
  const answer = (message: IncomingMessage, response: ServerResponse): void => {
    const incoming = new NodeIncoming(message, response);
    try {
      const handled = portico.handle(incoming, pages);
      if (!isPromise(handled)) return finish(handled, incoming, response);
      handled.then(
        (later) => finish(later, incoming, response),
        (error: unknown) => failPage(error, response),
      );
    } catch (error) {
      failPage(error, response);
    }
  };
  return (message: IncomingMessage, response: ServerResponse) => {
    // Node tells of a request before it has parsed the body that came with it. At the end of this turn a small body is there
    // with its end, and is read without listeners and promises: a tenth of a small call (`npm run bench -- R1 F1`). In the
    // next tick its end would be missing yet, which saves half.
    if (message.headers['content-length'] === undefined) answer(message, response);
    else setImmediate(answer, message, response);
  };
}

function finish({ answer, close }: Handled, incoming: NodeIncoming, response: ServerResponse): void {
  const fail = (error: unknown): void => failPage(error, response);
  try {
    const written = writeAnswer(answer, incoming, response);
    // Also where the body of the answer fails: else its request's uploads would keep their descriptors.
    if (close) Promise.resolve(written).finally(close).catch(fail);
    else written?.catch(fail);
  } catch (error) {
    fail(error);
    if (close) close().catch(fail);
  }
}

/** The pages' own error: Portico answers its own, and knows nothing of theirs. */
function failPage(error: unknown, response: ServerResponse): void {
  console.error('portico: the page handler failed', error);
  // Half an answer must not look like a whole one.
  if (response.headersSent) return void response.destroy();
  response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('Something went wrong on the server.');
}
