import { html } from 'hono/html';
import type { Markup } from '../../components/markup.ts';
import type { Status } from './user-search.ts';

export interface Pager {
  readonly search: string;
  readonly status: Status | undefined;
  readonly page: number;
  readonly pages: number;
}

/** The way to the pages before and after; nothing where there is one page only. */
export function pager({ search, status, page, pages }: Pager): Markup {
  if (pages <= 1) return '';
  const link = (to: number, label: string): Markup => {
    const query = new URLSearchParams({
      ...(search && { search }),
      ...(status && { status }),
      page: String(to),
    });
    return html`<a class="quiet-button" href="/admin/users?${query}">${label}</a>`;
  };
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? link(page - 1, 'Newer') : ''} <span class="meta">Page ${page} of ${pages}</span>
    ${page < pages ? link(page + 1, 'Older') : ''}
  </nav>`;
}
