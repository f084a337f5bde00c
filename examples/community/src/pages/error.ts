import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import { pot } from '../components/pot.ts';
import { layout } from '../layout.ts';

export interface ShownError {
  readonly status: number;
  readonly message: string;
  readonly requestId?: string | undefined;
}

/** For an error that no page can show beside its form. `message` is fit for visitors; the log has the rest. */
export async function errorPage(error: ShownError, ctx?: PorticoContext): Promise<Response> {
  const page = await layout(ctx, {
    title: 'Something went wrong',
    hasForms: false,
    body: html`<div class="empty">
      ${pot('a jug in pieces')}
      <h1>Something went wrong</h1>
      <p>${error.message}</p>
      ${error.requestId && html`<p class="meta">If you write to us, name this: <code>${error.requestId}</code></p>`}
      <p><a href="/">Back to the journal</a></p>
    </div>`,
  });
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return new Response(String(page), { status: error.status, headers });
}
