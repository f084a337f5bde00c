import type { PorticoContext } from '../define/context.ts';
import type { Endpoint } from '../define/options.ts';
import type { MountedAction } from '../define/tree.ts';
import { describeActions } from '../doctor/describe-actions.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import { EXPLORER_SCRIPT } from './browser/explorer-script.ts';
import { asEntries } from './call/call-input.ts';
import { readOrder, type CallOrder } from './call/call-order.ts';
import { runCall } from './call/run-call.ts';
import { plain } from './guard.ts';
import { inputForm } from './input-form.ts';
import { STYLES } from './pages/styles.ts';
import { findPeople, peopleOf, ROOT, type ExplorerParts } from './parts.ts';
import { showAction, showDoctor, showHome, showRequests } from './show-pages.ts';
import { snippetsOf } from './snippets/snippets.ts';

interface ExplorerEndpoint {
  readonly methods: readonly ('GET' | 'POST')[];
  readonly answer: Endpoint;
}

/**
 * What the explorer answers, by path. No `/_portico/*` for all: what other plugins have there (mail, uploads, photos) stays
 * theirs.
 */
export function explorerEndpoints(parts: () => ExplorerParts): Readonly<Record<string, ExplorerEndpoint>> {
  return {
    [ROOT]: get((ctx) => showHome(parts(), ctx)),
    [`${ROOT}/actions.json`]: get(() => listActions(parts())),
    [`${ROOT}/actions/*`]: get((ctx) => showAction(parts(), ctx)),
    [`${ROOT}/requests/*`]: get((ctx) => showRequests(parts(), ctx)),
    [`${ROOT}/doctor`]: get(() => showDoctor(parts())),
    [`${ROOT}/people`]: get((ctx) => listPeople(parts(), ctx)),
    [`${ROOT}/call`]: post(parts, (ordered) => makeCall(ordered)),
    [`${ROOT}/form`]: post(parts, (ordered) => showForm(ordered)),
    [`${ROOT}/snippets`]: post(parts, ({ parts: { app }, mounted, order, ctx }) =>
      json(snippetsOf(app, mounted, order, ctx.url.origin)),
    ),
    [`${ROOT}/assets/explorer.css`]: get(() => asset('text/css', STYLES)),
    [`${ROOT}/assets/explorer.js`]: get(() => asset('text/javascript', EXPLORER_SCRIPT)),
  };
}

interface Ordered {
  readonly parts: ExplorerParts;
  readonly mounted: MountedAction;
  readonly order: CallOrder;
  readonly ctx: PorticoContext;
}

function get(answer: Endpoint): ExplorerEndpoint {
  return { methods: ['GET'], answer };
}

/** What the page asks for by a form. What is wrong with it is answered as JSON, for the page to show. */
function post(
  parts: () => ExplorerParts,
  answer: (ordered: Ordered) => Response | Promise<Response>,
): ExplorerEndpoint {
  return {
    methods: ['POST'],
    answer: async (ctx) => {
      try {
        const order = await readOrder(ctx);
        const mounted = parts().app.registry.find(order.action);
        if (!mounted) {
          throw new ActionError({ code: 'NOT_FOUND', message: `There is no action ${order.action}.` });
        }
        return await answer({ parts: parts(), mounted, order, ctx });
      } catch (error) {
        if (!isActionError(error)) throw error;
        return json({ problem: error.message }, error.status);
      }
    },
  };
}

async function makeCall({ parts, mounted, order, ctx }: Ordered): Promise<Response> {
  const { portico, app } = parts;
  return json(await runCall(portico, app, peopleOf(parts), mounted, order, ctx));
}

function showForm({ mounted, order, ctx }: Ordered): Response {
  const submitted = {
    entries: asEntries(order),
    ...(order.list !== undefined && { listIntent: order.list }),
  };
  return new Response(String(inputForm(ctx, mounted, { submitted })), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function listActions(parts: ExplorerParts): Response {
  return json({ actions: describeActions(parts.app) });
}

async function listPeople(parts: ExplorerParts, ctx: PorticoContext): Promise<Response> {
  return json({ people: await findPeople(parts, ctx.url.searchParams.get('q') ?? '') });
}

function json(value: unknown, status = 200): Response {
  return Response.json(value, {
    status,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}

function asset(type: string, text: string): Response {
  return plain(200, text, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
}
