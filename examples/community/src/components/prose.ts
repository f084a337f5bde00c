import { html } from 'hono/html';
import type { Markup } from './markup.ts';

/** What a member wrote: an empty line begins a paragraph, a line break stays one. */
export function prose(text: string): Markup {
  return html`${text.split(/\n\s*\n/).map((paragraph) => html`<p>${lines(paragraph)}</p>`)}`;
}

/** The first sentence or two, for lists. */
export function excerpt(text: string, length = 180): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= length) return flat;
  const cut = flat.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1))} …`;
}

function lines(paragraph: string): Markup[] {
  return paragraph.split('\n').map((line, index) => html`${index > 0 && html`<br />`}${line}`);
}
