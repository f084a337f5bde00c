import type { PorticoContext, RequestMiddleware } from 'portico';
import { html, type SafeHtml } from 'portico/html';
import type { Answer, Visitor } from '../support/site.ts';

/** A page of the seed: the form that a template of it makes. */
export type FormPage = (ctx: PorticoContext) => SafeHtml | Promise<SafeHtml>;

/** Shows these pages, by their path, to who asks for them; what is posted to them goes its way. */
export function formPages(pages: Readonly<Record<string, FormPage>>): RequestMiddleware {
  return async (ctx, next) => {
    const page = Object.hasOwn(pages, ctx.url.pathname) ? pages[ctx.url.pathname] : undefined;
    if (page === undefined || ctx.request.method !== 'GET') return next();
    const shown = html`<form method="post">${await page(ctx)}<button>Save</button></form>`;
    return new Response(String(shown), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  };
}

/** The page's form as a visitor without JavaScript sends it: what stands in its inputs, with `typed` in those of that name. */
export async function submit(
  visitor: Visitor,
  path: string,
  typed: Readonly<Record<string, string | readonly string[]>> = {},
  headers: Readonly<Record<string, string>> = { accept: 'text/html' },
): Promise<Answer> {
  const fields = inputsOf((await visitor.get(path)).text);
  for (const [name, value] of Object.entries(typed)) {
    if (!fields.has(name)) throw new Error(`There is no input ${name} on ${path}.`);
    const values = typeof value === 'string' ? [value] : value;
    // A hidden input of that name stays: it stands before those that are ticked.
    const [hidden] = fields.getAll(name);
    fields.delete(name);
    for (const one of typeof value === 'string' ? values : [hidden ?? '', ...values])
      fields.append(name, one);
  }
  return visitor.send(path, { method: 'POST', body: fields, headers });
}

/** The names and values of a page's inputs and textareas. */
export function inputsOf(page: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [tag] of page.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const isLeftOut = /\stype="(?:checkbox|radio)"/.test(tag) && !/\schecked\b/.test(tag);
    if (name !== undefined && !isLeftOut) fields.append(name, attribute(tag, 'value') ?? '');
  }
  return fields;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(?:#39|quot|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
