import { html } from 'hono/html';
import type { Hit } from '../data/search.ts';
import type { Markup } from './markup.ts';

/** `browser/instant-search.ts` makes the same list while somebody types. */
export function searchResults(hits: readonly Hit[]): Markup {
  return html`${hits.map(
    ({ place, title, url, excerpt }) => html`<li>
      <p class="meta">${place}</p>
      <h2><a href="${url}">${title}</a></h2>
      <p>${excerpt}</p>
    </li>`,
  )}`;
}
