import type { Portico, PorticoContext } from 'portico';

/**
 * Pages of a site under test: `/`, `/page` and below show what their context holds as JSON in `<script id="page">`, and
 * nothing else is there, so that the built-in pages answer at their paths.
 */
export function testPages(portico: () => Portico<unknown>): (request: Request) => Response {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname !== '/' && !pathname.startsWith('/page')) return new Response('Not found', { status: 404 });
    const ctx = portico().context(request);
    if (pathname === '/page/members') ctx.requireLogin();
    const shown = JSON.stringify({ ...pageState(ctx), search }).replaceAll('<', '\\u003c');
    return new Response(`<!doctype html><script id="page" type="application/json">${shown}</script>`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  };
}

export interface PageState {
  /** The query of the request that the page was asked for by. */
  readonly search: string;
  readonly variables: Record<string, any>;
  readonly flashes: Record<string, string>;
  readonly user: Record<string, any> | null;
}

function pageState(ctx: PorticoContext): Omit<PageState, 'search'> {
  return { variables: ctx.variables, flashes: ctx.flash.all({ delete: true }), user: ctx.user };
}

/** What the page's context held. */
export function pageOf(answer: { readonly text: string }): PageState {
  const json = /<script id="page" type="application\/json">(.*)<\/script>/s.exec(answer.text)?.[1];
  if (json === undefined) throw new Error(`This is no test page: ${answer.text.slice(0, 200)}`);
  return JSON.parse(json) as PageState;
}
