import { html } from 'hono/html';
import type { Markup } from './markup.ts';
import { pot } from './pot.ts';

export interface Doorway {
  readonly title: string;
  readonly lead?: Markup;
  readonly body: Markup;
  /** What stands on the shelf beside the form. */
  readonly pots: readonly [string, string, string];
}

/** The pages at the studio's door, for signing in and what leads to it: a narrow form, and a shelf beside it. */
export function doorway({ title, lead, body, pots }: Doorway): Markup {
  return html`<div class="doorway">
    <div class="doorway-form">
      <h1>${title}</h1>
      ${lead && html`<p class="lead">${lead}</p>`} ${body}
    </div>
    <div class="doorway-shelf" aria-hidden="true"><div class="ledge">${pots.map((name) => pot(name))}</div></div>
  </div>`;
}
