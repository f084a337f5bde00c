import { html } from 'hono/html';
import type { Markup } from '../../components/markup.ts';

/** Those of `users/get-users`, with what the page calls them. */
export const STATUSES = [
  ['pending', 'Waiting'],
  ['active', 'Active'],
  ['suspended', 'Suspended'],
  ['locked', 'Locked'],
  ['inactive', 'Closed'],
] as const;

export type Status = (typeof STATUSES)[number][0];

export function searchForm(search: string, status: Status | undefined): Markup {
  return html`<form class="search user-search" method="get" action="/admin/users" role="search">
    <div class="field">
      <label for="search">Name, username or e-mail</label>
      <input type="search" id="search" name="search" value="${search}" maxlength="255" autocomplete="off" />
    </div>
    <div class="field">
      <label for="status">Status</label>
      <select id="status" name="status">
        <option value="">All</option>
        ${STATUSES.map(
          ([value, label]) =>
            html`<option value="${value}" ${value === status ? 'selected' : ''}>${label}</option>`,
        )}
      </select>
    </div>
    <button class="button">Search</button>
  </form>`;
}

/** The query of a page of what was searched for. */
export function searchQuery(search: string, status: Status | undefined, page: number): URLSearchParams {
  return new URLSearchParams({
    ...(search && { search }),
    ...(status && { status }),
    page: String(page),
  });
}
