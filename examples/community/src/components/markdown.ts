import { raw } from 'hono/html';
import { micromark } from 'micromark';
import type { Markup } from './markup.ts';
import { prose } from './prose.ts';

// A parser of Markdown takes the longer for each mark the more there are: 20,000 letters of nothing else keep it busy for
// seconds, and everybody waits.
const MARKS = /[*_[\]<>&`!#\\~=\n]|^[ \t]*(?:[-+]|\d+[.)])/gm;
const MOST_MARKS = 1_000;

// Of texts that were shown last.
const shown = new Map<string, Markup>();
const KEPT = 200;

/**
 * What a member wrote as Markdown. HTML in it is shown as it was typed, and links lead to http, https and mailto only: both by
 * micromark. Headings are those of a part of the page. What has more marks than anybody means is shown as plain text.
 */
export function markdown(text: string): Markup {
  const known = shown.get(text);
  const markup = known ?? rendered(text);
  shown.delete(text);
  shown.set(text, markup);
  const [oldest] = shown.keys();
  if (shown.size > KEPT && oldest !== undefined) shown.delete(oldest);
  return markup;
}

function rendered(text: string): Markup {
  if ((text.match(MARKS)?.length ?? 0) > MOST_MARKS) return prose(text);
  // Every `<` here is micromark's own: what was typed is `&lt;` by now.
  const html = micromark(text)
    .replace(
      /<(\/?)h([1-6])>/g,
      (_, end: string, level: string) => `<${end}h${Math.min(Number(level) + 1, 6)}>`,
    )
    .replaceAll('<a href=', '<a rel="nofollow ugc" href=')
    .replaceAll('<img ', '<img loading="lazy" ');
  return raw(html);
}

// Letters that an excerpt is made of.
const ENOUGH = 500;

/** The words of Markdown without its marks, as far as a list or a search shows of them. */
export function plainText(text: string): string {
  return micromark(text.slice(0, ENOUGH))
    .replace(/<\/?(?:a|code|em|img|strong)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
