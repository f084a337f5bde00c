import { html } from 'hono/html';
import type { Markup } from './markup.ts';

const LONG = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

const LONG_WITH_TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});

/** A moment, for people and machines. */
export function moment(iso: string): Markup {
  return html`<time datetime="${iso}">${LONG_WITH_TIME.format(new Date(iso))}</time>`;
}

/** A day, for people and machines. */
export function day(iso: string): Markup {
  return html`<time datetime="${iso}">${LONG.format(new Date(iso))}</time>`;
}
