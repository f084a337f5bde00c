import { html } from 'hono/html';
import type { PorticoContext } from 'portico';
import type { Markup } from './markup.ts';

/** What the last action has to say, once. An error is read out at once, anything else when there is a pause. */
export function flashes(ctx: PorticoContext): Markup {
  const messages = Object.entries(ctx.flash.all({ delete: true }));
  return html`<div class="flashes">
    ${messages.map(([kind, text]) =>
      kind === 'error'
        ? html`<p class="flash flash-error" role="alert">${text}</p>`
        : html`<p class="flash flash-${kind}" role="status">${text}</p>`,
    )}
  </div>`;
}
