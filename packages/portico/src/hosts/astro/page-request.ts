import type { APIContext } from 'astro';
import type { appOf } from '../../app.ts';
import { sameOriginPath } from '../../http/return-url.ts';
import { PAGE_PARAM, RPC_SEGMENT } from '../../wire/names.ts';

type App = ReturnType<typeof appOf>;

/**
 * The request, with the public host where Astro knows it: behind a proxy that `security.allowedDomains` names, the Host
 * header is the proxy's.
 */
export function requestAsAstroSeesIt({ request, url }: APIContext, knowsHost: boolean): Request {
  if (!knowsHost || (request.headers.get('host') ?? url.host) === url.host) return request;
  const headers = new Headers(request.headers);
  headers.set('host', url.host);
  return new Request(request, { headers });
}

/** A prerendered page is asked for by nobody: no headers (reading Astro's logs a warning), no query. */
export function requestOfPrerendered({ url }: APIContext): Request {
  return new Request(new URL(url.pathname, url));
}

/**
 * A server island shows what belongs to the page around it: the result of its form, what was typed. So Portico is asked for
 * that page, which is the Referer. Where that URL would run an action, or is not known, it is asked for the island's own.
 */
export function pageOfIsland({ request, url }: APIContext, app: App): Request {
  const page = sameOriginPath(request.headers.get('referer'), url.origin);
  const target = new URL(page ?? url.pathname, url);
  const { actionParam } = app.settings;
  for (const name of [PAGE_PARAM, actionParam]) if (name !== false) target.searchParams.delete(name);
  if (isAnswered(target.pathname, app)) target.pathname = url.pathname;
  const headers = new Headers(request.headers);
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) headers.delete(name);
  return new Request(target, { headers, signal: request.signal });
}

function isAnswered(path: string, app: App): boolean {
  const { base, actionTrigger } = app.settings;
  const isBelow = (segment: string): boolean => `${path}/`.startsWith(`${base}/${segment}/`);
  return (
    isBelow(RPC_SEGMENT) ||
    (actionTrigger !== false && isBelow(actionTrigger)) ||
    app.endpoints(path) !== undefined ||
    [...app.routes, ...app.pluginRoutes].some(({ method }) => method === 'GET')
  );
}
