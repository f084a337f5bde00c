import type { PorticoContext } from 'portico';
import { html, type SafeHtml } from 'portico/html';

/** Links to the other pages; `ctx` knows where the visitor is. */
export function navigation(ctx: PorticoContext): SafeHtml {
  return html`${ctx.url.pathname !== '/' && html`<a href="/">Guest book</a>`}`;
}
