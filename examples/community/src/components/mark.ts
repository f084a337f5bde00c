import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** The studio's mark: a jug with one band of cobalt. */
export function mark(): Markup {
  return html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <path class="mark-clay" d="M11 3h10v2.6c0 2 4.5 4.6 4.5 11.2 0 5.3-2 9.4-3.6 12.2H10.1C8.5 26.2 6.5 22.1 6.5 16.8 6.5 10.2 11 7.6 11 5.6Z" />
    <path class="mark-band" d="M6.7 14.6c2.6 1.7 16 1.7 18.6 0 .3 1.5.3 3.4 0 4.9-2.6 1.7-16 1.7-18.6 0-.3-1.5-.3-3.4 0-4.9Z" />
  </svg>`;
}
