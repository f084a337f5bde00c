import { html } from 'hono/html';
import type { Markup } from './markup.ts';

export interface Pager {
  readonly page: number;
  readonly pages: number;
  /** Path and query of a page. */
  readonly href: (page: number) => string;
}

/** The way to the pages before and after; nothing where there is one page only. */
export function pager({ page, pages, href }: Pager): Markup {
  if (pages <= 1) return '';
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a class="quiet-button" href="${href(page - 1)}" rel="prev">Newer</a>` : ''}
    <span class="meta">Page ${page} of ${pages}</span>
    ${page < pages ? html`<a class="quiet-button" href="${href(page + 1)}" rel="next">Older</a>` : ''}
  </nav>`;
}

/** The number of a page as a query has it; the first where it is none. */
export function pageNumber(text: string | undefined): number {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : 1;
}
