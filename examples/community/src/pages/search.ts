import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { PorticoEnv } from 'portico/hono';
import { server } from '../actions/index.ts';
import { searchResults } from '../components/search-results.ts';
import { layout } from '../layout.ts';

/** GET /search?q=: a plain GET form, answered by the action that a script calls while somebody types. */
export async function searchPage(c: Context<PorticoEnv>): Promise<Response> {
  const ctx = c.var.portico;
  const q = c.req.query('q') ?? '';
  const { data, error } = await ctx.callAction(server.search, { q });
  const count = data?.hits.length ?? 0;
  return c.html(
    layout(ctx, {
      title: 'Search',
      body: html`<div class="narrow">
        <h1>Search</h1>
        <form class="search" method="get" action="/search" role="search" data-search>
          <label for="q">Search posts and pots</label>
          <div class="search-row">
            <input type="search" id="q" name="q" value="${q}" maxlength="100" autocomplete="off" />
            <button class="button">Search</button>
          </div>
        </form>
        <p class="meta" role="status" data-search-status>
          ${error ? 'That search did not work. Try fewer words.' : q.trim() && `${count === 1 ? '1 result' : `${count} results`}`}
        </p>
        <ol class="results" data-search-results>${searchResults(data?.hits ?? [])}</ol>
      </div>`,
    }),
    error ? (error.status as ContentfulStatusCode) : 200,
  );
}
