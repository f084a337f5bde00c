import type { Context } from 'hono';
import { html } from 'hono/html';
import type { PorticoEnv } from 'portico/hono';
import { pot } from '../components/pot.ts';
import { layout } from '../layout.ts';

export function notFoundPage(c: Context<PorticoEnv>): Response | Promise<Response> {
  return c.html(
    layout(c.var.portico, {
      title: 'Not found',
      hasForms: false,
      body: html`<div class="empty">
        ${pot('a bottle that is not there')}
        <h1>Nothing on this shelf</h1>
        <p>The page has moved, or it broke in the firing. <a href="/">Back to the journal</a></p>
      </div>`,
    }),
    404,
  );
}
