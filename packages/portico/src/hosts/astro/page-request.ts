import type { APIContext } from 'astro';
import { sameOriginPath } from '../../http/return-url.ts';

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
 * Path and query of the page around a server island, which is the Referer; the island's own where that is not known. Results
 * and forms that the island shows are those of the page.
 */
export function pageOfIsland({ request, url }: APIContext): string {
  const page = sameOriginPath(request.headers.get('referer'), url.origin) ?? url.pathname;
  return page.split('#', 1)[0] ?? page;
}
