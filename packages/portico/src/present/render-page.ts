import { FORM_HEADERS } from '../http/form-headers.ts';
import { toResponse, withHeaders, type Answer } from '../http/reply.ts';
import { seeOther } from '../http/see-other.ts';
import { asciiUrl } from '../lib/ascii-url.ts';
import type { Exchange } from '../context/exchange.ts';
import type { RequestMiddleware } from '../define/context.ts';
import type { RecordedRedirect } from '../define/outcome.ts';
import { isActionError } from '../wire/error.ts';
import { showErrorPage } from './error-page.ts';
import type { Presentation } from './presentation.ts';
import type { RequestContext } from '../context/request-context.ts';

/** The host's pages, as the app sees them. */
export interface Pages {
  render(request: Request): Response | Promise<Response>;
  /** Whether there is a page at a path; `undefined` where the host cannot tell. */
  has?(path: string): boolean | undefined;
  /** The host's own request middleware, inside of the app's: around the action, or the page where there is none. */
  readonly around?: RequestMiddleware;
}

/** Which context belongs to which request, for pages that ask by their request. */
export type Contexts = WeakMap<Request, RequestContext>;

/** The page again, by a GET without a body, which knows what came of the action. */
export async function showPage(
  exchange: Exchange,
  presentation: Extract<Presentation, { kind: 'page' }>,
  pages: Pages,
  contexts: Contexts,
): Promise<Answer> {
  const path = presentation.path ?? exchange.pagePath;
  if (pages.has?.(path.split('?', 1)[0] ?? path) === false) return presentation.otherwise();
  const request = pageRequest(exchange, path);
  contexts.set(request, exchange.context);
  exchange.page = request;
  const response = await renderPage(exchange, pages, request);
  if (response.status === 404 || response.status === 405) {
    await response.body?.cancel();
    return presentation.otherwise();
  }
  // `Retry-After` and its like belong to the refusal, whoever renders it.
  const more = Object.entries(exchange.outcome?.error?.headers ?? {});
  if (response.status !== 200 || presentation.status === 200) return withHeaders(response, more);
  const { headers } = toResponse(response);
  return withHeaders(new Response(response.body, { status: presentation.status, headers }), more);
}

/** What a page of the host's threw, apart from what goes wrong in Portico. */
export class PageFailure extends Error {
  override readonly name = 'PageFailure';
}

/** Has the host render a page. What the page says by `ctx.redirect` and `ctx.status` counts, as it does for an action. */
export async function renderPage(exchange: Exchange, pages: Pages, request: Request): Promise<Response> {
  const { context } = exchange;
  const { recordedRedirect, status } = context;
  let response: Response;
  try {
    response = await pages.render(request);
  } catch (cause) {
    const redirect = context.recordedRedirect;
    // `ctx.requireLogin()` and its like say where to go and end the page by throwing.
    if (redirect && redirect !== recordedRedirect && isActionError(cause)) return redirectResponse(redirect);
    // An error of ours is told as one, wherever it was thrown: a page that `requireLogin` refuses is no failure of the host.
    if (isActionError(cause)) return toResponse(await showErrorPage(exchange, cause, cause.status));
    throw new PageFailure('A page of the host failed.', { cause });
  }
  const redirect = context.recordedRedirect;
  if (redirect && redirect !== recordedRedirect) {
    await response.body?.cancel();
    return redirectResponse(redirect);
  }
  if (context.status === status || context.status === undefined || response.status !== 200) return response;
  return new Response(response.body, { status: context.status, headers: response.headers });
}

function redirectResponse({ to, status }: RecordedRedirect): Response {
  return toResponse(seeOther(asciiUrl(to), status));
}

function pageRequest(exchange: Exchange, path: string): Request {
  const headers = new Headers(exchange.incoming.request.headers);
  for (const name of [...FORM_HEADERS, 'connection']) headers.delete(name);
  const url = new URL(path, exchange.url);
  return new Request(url, { method: 'GET', headers, signal: exchange.incoming.signal });
}
