import type { PorticoContext } from 'portico';

/**
 * Whether a person is on the way to this URL, as the page to look at: a GET that is for no image, frame or script, and no
 * guess of the browser's at what comes next (W3C Fetch Metadata; `Sec-Purpose` of the Fetch standard, and what older browsers
 * sent instead). Where a browser says nothing of it, `unknown` decides.
 */
export function isNavigation({ request }: Pick<PorticoContext, 'request'>, unknown: boolean): boolean {
  const { headers, method } = request;
  if (method !== 'GET') return false;
  const purpose = `${headers.get('sec-purpose')} ${headers.get('purpose')} ${headers.get('x-moz')}`;
  if (/prefetch|prerender|preview/i.test(purpose)) return false;
  const destination = headers.get('sec-fetch-dest');
  return destination === null ? unknown : destination === 'document';
}

/** Whether the visitor comes from a page of this very site, as the browser says; without TLS it says so of forms only. */
export function isFromThisSite({ request, url }: Pick<PorticoContext, 'request' | 'url'>): boolean {
  const { headers } = request;
  const site = headers.get('sec-fetch-site');
  return site === null ? headers.get('origin') === url.origin : site === 'same-origin';
}
