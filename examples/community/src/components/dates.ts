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
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
  timeZoneName: 'short',
});

/** A moment, for people and machines. */
export function moment(time: string | Date): Markup {
  const date = new Date(time);
  return html`<time datetime="${date.toISOString()}">${LONG_WITH_TIME.format(date)}</time>`;
}

/** A day, for people and machines. */
export function day(time: string | Date): Markup {
  const date = new Date(time);
  return html`<time datetime="${date.toISOString()}">${LONG.format(date)}</time>`;
}
