import type { Portico } from '../app.ts';
import type { PorticoContext } from '../define/context.ts';
import type { Endpoint, People } from '../define/options.ts';
import type { MountedAction } from '../define/tree.ts';
import { renderGeneratedForm, type GeneratedFormOptions } from '../forms/generated-form.ts';
import { html } from '../forms/safe-html.ts';
import type { App } from '../request/app-state.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import { asEntries } from './call/call-input.ts';
import { readOrder, type CallOrder } from './call/call-order.ts';
import { runCall } from './call/run-call.ts';
import { describeAction } from '../doctor/describe/describe-action.ts';
import { describeActions } from '../doctor/describe-actions.ts';
import { examine } from '../doctor/examine.ts';
import { plain } from './guard.ts';
import { actionPage } from './pages/action-page.ts';
import { doctorPage } from './pages/doctor-page.ts';
import { homePage } from './pages/home-page.ts';
import { pageResponse } from './pages/layout.ts';
import { requestPage } from './pages/request-page.ts';
import { requestsPage } from './pages/requests-page.ts';
import { STYLES } from './pages/styles.ts';
import { EXPLORER_SCRIPT } from './browser/explorer-script.ts';
import type { RequestLog } from './request-log.ts';
import { snippetsOf } from './snippets/snippets.ts';

/** What the endpoints work with, once the plugin is mounted. */
export interface ExplorerParts {
  readonly portico: Portico;
  readonly app: App;
  readonly log: RequestLog;
  readonly people: People | undefined;
}

interface ExplorerEndpoint {
  readonly methods: readonly ('GET' | 'POST')[];
  readonly answer: Endpoint;
}

const ROOT = '/_portico';
const MOST_PEOPLE = 50;

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

function showHome(parts: ExplorerParts, ctx: PorticoContext): Response {
  const root = rootOf(parts);
  const query = ctx.url.searchParams.get('q')?.trim() ?? '';
  return page(parts, 'Actions', '', homePage(root, describeActions(parts.app), query));
}

async function showAction(parts: ExplorerParts, ctx: PorticoContext): Promise<Response> {
  const name = lastSegment(ctx, `${rootOf(parts)}/actions`);
  const mounted = parts.app.registry.find(name);
  // A controller's spelling finds an action too; its page has one address.
  if (!mounted || mounted.name !== name) return missing(parts, '', `There is no action “${name}”.`);
  const seen = parts.log.find(ctx.url.searchParams.get('request') ?? '');
  const submitted = seen?.action === name && seen.input ? { submitted: { entries: seen.input.fields } } : {};
  const people = await peopleMarkup(parts);
  const content = actionPage(
    rootOf(parts),
    describeAction(parts.app, mounted),
    generated(ctx, mounted, submitted),
    people,
  );
  return page(parts, name, '', content);
}

function showRequests(parts: ExplorerParts, ctx: PorticoContext): Response {
  const root = rootOf(parts);
  const requestId = lastSegment(ctx, `${root}/requests`);
  if (requestId === '') {
    const { searchParams } = ctx.url;
    const filter = { action: searchParams.get('name') ?? '', outcome: searchParams.get('outcome') ?? '' };
    return page(parts, 'Requests', '/requests', requestsPage(root, parts.log.list(filter), filter));
  }
  const seen = parts.log.find(requestId);
  if (!seen) return missing(parts, '/requests', 'This request is not remembered (any more).');
  const isKnown = parts.app.registry.find(seen.action) !== undefined;
  return page(parts, seen.action, '/requests', requestPage(root, seen, isKnown));
}

function showDoctor(parts: ExplorerParts): Response {
  return page(parts, 'Doctor', '/doctor', doctorPage(rootOf(parts), examine(parts.portico)));
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
  return new Response(String(generated(ctx, mounted, { submitted })), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function generated(
  ctx: PorticoContext,
  { action }: MountedAction,
  options: GeneratedFormOptions,
): ReturnType<typeof html> {
  // Sent by the page's script, which the server's answer matters to and the browser's own checks do not.
  const formAttributes = { action: ctx.url.pathname, method: 'get', novalidate: true, id: 'input-form' };
  return renderGeneratedForm(ctx, action, { ...options, csrf: false, submitLabel: 'Send', formAttributes });
}

function listActions(parts: ExplorerParts): Response {
  return json({ actions: describeActions(parts.app) });
}

async function listPeople(parts: ExplorerParts, ctx: PorticoContext): Promise<Response> {
  const found = await peopleOf(parts)?.list(ctx.url.searchParams.get('q') ?? '');
  return json({ people: found?.slice(0, MOST_PEOPLE) ?? [] });
}

async function peopleMarkup(parts: ExplorerParts): Promise<ReturnType<typeof html>> {
  const found = (await peopleOf(parts)?.list('')) ?? [];
  return html`${found.slice(0, MOST_PEOPLE).map(({ id, label }) => html`<option value="${id}">${label}</option>`)}`;
}

function peopleOf({ people, app }: ExplorerParts): People | undefined {
  return people ?? app.settings.people;
}

function page(
  parts: ExplorerParts,
  title: string,
  section: string,
  content: ReturnType<typeof html>,
  status = 200,
): Response {
  const { base, toolPages } = parts.app.settings;
  const tools = toolPages.map((path) => base + path);
  return pageResponse({ title, root: rootOf(parts), section, tools, content }, status);
}

function missing(parts: ExplorerParts, section: string, message: string): Response {
  return page(parts, 'Not found', section, html`<h1>Not found</h1><p>${message}</p>`, 404);
}

function rootOf({ app }: ExplorerParts): string {
  return app.settings.base + ROOT;
}

function lastSegment(ctx: PorticoContext, prefix: string): string {
  const rest = ctx.url.pathname.slice(prefix.length + 1);
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
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
