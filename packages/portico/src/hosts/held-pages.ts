import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Portico } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Answer } from '../http/reply.ts';
import { isPromise } from '../lib/promise.ts';
import type { Pages } from '../present/render-page.ts';
import type { Handled } from '../request/app-state.ts';
import { handBack } from './hand-back.ts';
import { HeldResponse } from './held-response.ts';
import type { NodeIncoming } from './node-incoming.ts';
import { disguise } from './page-guise.ts';
import { endUnread } from './write-answer.ts';

/** A host whose pages write to a `ServerResponse` instead of returning one. */
export interface HeldHost {
  /** Whether there is a page at a path. */
  has(path: string): boolean | undefined;
  /** Headers that were set before Portico's turn and belong to any answer. */
  headers(): OutgoingHttpHeaders;
  /** Goes on to the page that the request asks for. */
  show(context: PorticoContext): void;
  /** Goes to the page at `target`, which the request seems to ask for, after a failed form. */
  showAgain(context: PorticoContext, target: string): void;
  /** Sends an answer for which no page was rendered. */
  send(answer: Answer): void | Promise<void>;
  /** Hands an error to the host's own error handling. */
  fail(error: unknown): void;
}

/** Answers one request: actions by `send`, everything else by the host's pages, whose response is held until it is final. */
export function answerHeld(
  portico: Portico<unknown>,
  incoming: NodeIncoming,
  response: ServerResponse,
  host: HeldHost,
): void {
  let held: HeldResponse | undefined;
  let isHosts = false;
  const render = async (page: Request): Promise<Response> => {
    if (held) throw new Error('portico: a second page was asked for in the answer to one request.');
    const context = portico.context(page);
    isHosts = page === incoming.request;
    if (isHosts) await handBack(incoming);
    held = new HeldResponse(response, host.headers());
    if (isHosts) {
      host.show(context);
      return held.page;
    }
    const { pathname, search } = new URL(page.url);
    const undo = disguise(incoming.message, pathname + search);
    try {
      host.showAgain(context, pathname + search);
      return await held.page;
    } finally {
      undo();
    }
  };
  const finish = async ({ answer, close }: Handled): Promise<void> => {
    if (close) afterwards(response, close);
    // What the page of a request leaves unread is the host's affair.
    if (!isHosts && incoming.body.isUnfinished) endUnread(incoming, response);
    await (held ? held.finish(answer, incoming.method) : host.send(answer));
  };
  const fail = (error: unknown): void => {
    held?.open();
    // Half an answer must not look like a whole one.
    if (response.headersSent) response.destroy();
    else host.fail(error);
  };
  settle(portico, incoming, { render, has: (path) => host.has(path) }, finish).catch(fail);
}

async function settle(
  portico: Portico<unknown>,
  incoming: NodeIncoming,
  pages: Pages,
  finish: (handled: Handled) => Promise<void>,
): Promise<void> {
  const handled = portico.handle(incoming, pages);
  await finish(isPromise(handled) ? await handled : handled);
}

/** Once the answer has gone out, or nobody waits for it any more. */
function afterwards(response: ServerResponse, close: () => Promise<void>): void {
  const closed = (): void => {
    close().catch((error: unknown) => console.error('portico: what was left to do failed', error));
  };
  if (response.destroyed) closed();
  // Not `once`, which calls `on`: middleware that compresses puts its own in that place.
  else response.addListener('close', closed);
}
