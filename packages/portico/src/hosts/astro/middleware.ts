import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import { appOf } from '../../app.ts';
import { aroundAstro } from './around-astro.ts';
import { rememberRequest, requestOf, type AstroRequest } from './astro-request.ts';
import { withReachableForms } from './form-targets.ts';
import type { HostedApp } from './hosted-app.ts';
import { pageOfIsland, requestAsAstroSeesIt, requestOfPrerendered } from './page-request.ts';

/** Before the project's middleware: Portico takes the request in, and answers it when Astro has. */
export function createBefore(load: () => Promise<{ readonly app: HostedApp }>): MiddlewareHandler {
  return async (context, next) => {
    // A page that was rewritten, or the page of an error: Portico has seen the request.
    if (requestOf(context)) return next();
    const { app } = await load();
    return answer(app, context, next);
  };
}

/** After the project's middleware: the action runs, or the page is rendered. */
export const after: MiddlewareHandler = (context, next) => {
  const request = requestOf(context);
  if (!request?.innermost || request.renderPage) return next();
  request.renderPage = next;
  return request.innermost();
};

async function answer(hosted: HostedApp, context: APIContext, goOn: MiddlewareNext): Promise<Response> {
  const { portico, settings } = hosted;
  const request: AstroRequest = {
    hosted,
    context,
    goOn,
    innermost: undefined,
    renderPage: undefined,
    handed: undefined,
  };
  rememberRequest(request);
  const ownPath = context.url.pathname;
  const has = (path: string): boolean | undefined => (path === ownPath ? isPage(hosted, context) : undefined);
  const wrapped = portico.wrap((page) => render(request, page), {
    has,
    around: (ctx, next) => aroundAstro(request, ctx, next),
  });
  const page = isServerIsland(context) ? pageOfIsland(context) : undefined;
  const response = await wrapped(
    context.isPrerendered ? requestOfPrerendered(context) : requestAsAstroSeesIt(context, settings.knowsHost),
    { clientAddress: addressOf(context), host: context, page },
  );
  return context.isPrerendered || page !== undefined
    ? withReachableForms(response, appOf(portico), settings.trailingSlash)
    : response;
}

/** Whether Astro renders a part of a page on its own: `server:defer`. */
function isServerIsland({ routePattern }: APIContext): boolean {
  return routePattern.startsWith('/_server-islands/');
}

/** Has Astro render a page: the one that was asked for, or after a form that failed, one by a GET without a body. */
async function render(request: AstroRequest, page: Request): Promise<Response> {
  const { context, renderPage, handed } = request;
  if (!renderPage)
    throw new Error('portico/astro: the project’s middleware did not come to its end before a page was due.');
  // Astro shows its own 404 for what a middleware answers without a body; an endpoint's it sends as it is.
  if (isOurRoute(request.hosted, context)) return new Response(null, { status: 404 });
  if (handed === undefined || page === handed) return renderPage();
  const { pathname, search } = new URL(page.url);
  // Astro's view of the origin, which is what the page sees when it is asked for by a GET.
  const again = new Request(new URL(pathname + search, context.url), {
    headers: page.headers,
    signal: page.signal,
  });
  // An endpoint looks at these, a page at what `next` is given.
  context.request = again;
  context.url = new URL(again.url);
  return renderPage(again);
}

// Astro renders its error pages where no route matches.
function isPage(hosted: HostedApp, context: APIContext): boolean {
  return context.routePattern !== '/404' && context.routePattern !== '/500' && !isOurRoute(hosted, context);
}

// It is there so that actions reach Portico.
function isOurRoute({ settings }: HostedApp, { routePattern }: APIContext): boolean {
  return settings.routes.includes(routePattern);
}

function addressOf(context: APIContext): string | undefined {
  if (context.isPrerendered) return undefined;
  try {
    return context.clientAddress;
  } catch {
    // Astro throws where the adapter cannot tell.
    return undefined;
  }
}
