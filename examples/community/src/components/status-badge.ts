import { html } from 'hono/html';
import type { EntryStatus } from '@portico/site';
import type { Markup } from './markup.ts';

const NAMES: Readonly<Record<EntryStatus, string>> = {
  live: 'out',
  pending: 'waits',
  expired: 'over',
  disabled: 'hidden',
  draft: 'draft',
};

/** What state a post is in. */
export function statusBadge(status: EntryStatus): Markup {
  return html`<span class="badge badge-${status}">${NAMES[status]}</span>`;
}
