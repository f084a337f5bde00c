import { html } from 'hono/html';
import { pathOf } from '../../components/entry-link.ts';
import type { Markup } from '../../components/markup.ts';
import type { Branch } from '../../data/help.ts';

/** The pages as lists in lists. */
export function helpTree(branches: readonly Branch[]): Markup {
  if (branches.length === 0) return '';
  return html`<ul class="tree">
    ${branches.map(
      ({ page, branches: below }) => html`<li>
        <a href="${pathOf(page)}">${page.title}</a>
        ${page.status === 'live' ? '' : html`<span class="badge">not published</span>`} ${helpTree(below)}
      </li>`,
    )}
  </ul>`;
}
