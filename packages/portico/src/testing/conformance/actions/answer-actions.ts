import type { ActionContext } from '../../../define/context.ts';
import { defineAction } from '../../../define/define-action.ts';
import type { ActionTree } from '../../../define/tree.ts';
import type { Journal } from '../journal.ts';
import { requiring } from '../requiring.ts';

/** Actions that are there for what they answer. `baseOf` gives the base of the app. */
export function answerActions(journal: Journal, baseOf: () => string): ActionTree {
  const description = 'Of the conformance suite.';
  const access = 'public';
  return {
    download: defineAction({
      description,
      access,
      accept: 'any',
      method: ['GET', 'POST'],
      handler: () =>
        new Response('a,b\r\n1,2\r\n', {
          headers: { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="a.csv"' },
        }),
    }),
    /** Its second half is made only once the client has read the first and said so. */
    stream: defineAction({
      description,
      access,
      method: 'GET',
      input: requiring<{ id: string }>('id'),
      decode: { id: 'text' },
      handler: ({ id }, ctx) =>
        new Response(inHalves(journal, id, ctx), { headers: { 'Content-Type': 'text/plain' } }),
    }),
    show: defineAction({
      description,
      access,
      accept: 'form',
      handler: (_input, ctx) => ctx.render(`${baseOf()}/conformance/other`, { from: 'the action' }),
    }),
    away: defineAction({
      description,
      access,
      accept: 'any',
      handler: (_input, ctx) => {
        ctx.redirect(`${baseOf()}/conformance/other?away=1`);
        return { left: true };
      },
    }),
    accepted: defineAction({
      description,
      access,
      accept: 'any',
      handler: (_input, ctx) => {
        ctx.status = 202;
        ctx.headers.append('X-Conformance', 'one');
        ctx.headers.append('X-Conformance', 'two');
        return { accepted: true };
      },
    }),
    boom: defineAction({
      description,
      access,
      accept: 'any',
      handler: () => {
        throw new Error('conformance: a secret of the server');
      },
    }),
  };
}

function inHalves(journal: Journal, id: string, ctx: ActionContext): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let half = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      half++;
      if (half === 1) return controller.enqueue(encoder.encode('first half, '));
      if (await journal.until(`end:${id}`, AbortSignal.any([ctx.signal, AbortSignal.timeout(5_000)]))) {
        controller.enqueue(encoder.encode('second half'));
      }
      controller.close();
    },
    cancel: () => journal.note(`cancelled:${id}`),
  });
}
