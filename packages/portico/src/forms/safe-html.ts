import { escapeHtml } from '../lib/escape-html.ts';

/**
 * Markup that needs no escaping any more. At run time a `String` object with the mark that Hono's `html` and JSX look for;
 * to TypeScript a text, so that templates with typed attributes take it.
 */
export type SafeHtml = string & { readonly isEscaped: true };

/**
 * Marks text as markup, unchanged: for what is known to be safe, such as the output of a Markdown renderer that sanitises.
 * Never for what a visitor wrote.
 */
export function raw(markup: string): SafeHtml {
  return Object.assign(new String(markup), { isEscaped: true as const }) as unknown as SafeHtml;
}

/**
 * A template whose holes are escaped: `` html`<p>${name}</p>` ``. Markup of ours and of Hono goes in as it is, arrays item
 * by item; `null`, `undefined`, `true` and `false` are nothing. For attributes, quote the hole or use `attributes()`.
 *
 * Throws a `TypeError` for promises and functions, which have no text yet.
 */
export function html(strings: TemplateStringsArray, ...holes: readonly unknown[]): SafeHtml {
  let markup = strings[0] ?? '';
  for (const [at, hole] of holes.entries()) markup += markupOf(hole) + (strings[at + 1] ?? '');
  return raw(markup);
}

/** A value as markup: escaped, unless it is markup already. */
export function markupOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (isSafeHtml(value)) return value.toString();
  if (Array.isArray(value)) return value.map(markupOf).join('');
  if (typeof value === 'function' || (typeof value === 'object' && 'then' in value)) {
    throw new TypeError(
      typeof value === 'function'
        ? `html: a function (${value.name || 'anonymous'}) stands in a hole. Call it.`
        : 'html: a promise stands in a hole. Await it first.',
    );
  }
  return escapeHtml(String(value));
}

// A `String` object cannot come out of JSON, so nobody's data can pass for markup.
function isSafeHtml(value: unknown): value is SafeHtml {
  return value instanceof String && (value as { isEscaped?: unknown }).isEscaped === true;
}
