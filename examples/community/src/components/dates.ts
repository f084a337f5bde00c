import { html } from 'hono/html';
import type { Markup } from './markup.ts';

const LONG = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A day, for people and machines. */
export function day(iso: string): Markup {
  return html`<time datetime="${iso}">${LONG.format(new Date(iso))}</time>`;
}
