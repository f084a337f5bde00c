import { isForbiddenKey } from '../lib/field-path.ts';
import { rootedPath, sameOriginPath } from './return-url.ts';

// The base's host where only a path is given. RFC 2606 keeps `.invalid` for what must never resolve.
const NOWHERE = 'http://portico.invalid';
const PLACEHOLDER = /^[\p{L}_$][\p{L}\p{N}_$-]*(?:\.[\p{L}\p{N}_$-]+)*$/u;
// An absolute or protocol-relative URL whose host is over before anything could be filled in.
const FOREIGN = /^(?:https?:)?\/\/[^\s/?#\\{}]+(?=[/?#]|$)/i;

/**
 * The URL a redirect template stands for. `{slug}` and `{author.username}` are looked up in the sources in
 * turn (the model, then the data): own enumerable data properties, by dotted path, texts, numbers, booleans
 * and dates only, URL-encoded. Everything else in braces renders as nothing: there are no calls, filters,
 * getters or prototypes.
 *
 * `/path` stays as it is, `path` resolves against `base` (the site's base URL or path). A template may name
 * another site, since only developers write and sign templates; what is filled in cannot: the result is then
 * a path. One placeholder alone may fill in a whole URL of the own site (`{url}`), whose `origin` is that of `base` where
 * nothing else is said.
 *
 * Throws when the template itself has control characters, a scheme other than HTTP, or a placeholder in its
 * host.
 */
export function renderRedirect(
  template: string,
  sources: readonly unknown[],
  base: string,
  origin?: string,
): string {
  const text = template.trim();
  if (/\p{Cc}/u.test(text)) throw new Error('The redirect template contains a control character.');
  const root = new URL(base, NOWHERE);
  if (!root.pathname.endsWith('/')) root.pathname += '/';

  if (FOREIGN.test(text)) {
    const url = new URL(fillIn(text, sources), root);
    return text.startsWith('//') && root.origin === NOWHERE ? `//${url.host}${rootedPath(url)}` : url.href;
  }
  if (/^(?:[a-z][a-z0-9+.-]*:|[\\/]{2})/i.test(text)) {
    throw new Error(
      `The redirect template ${JSON.stringify(text.slice(0, 100))} is neither a path nor an HTTP URL whose host is ` +
        'written out. Write /path, path or https://host/path.',
    );
  }
  const wholeUrl = ownUrl(text, sources, origin ?? root.origin);
  if (wholeUrl !== undefined) return wholeUrl;

  const filled = fillIn(text, sources);
  // What was filled in, or left empty, may have put slashes together or made the start look like a scheme.
  const path = /^[\\/]/.test(filled) ? filled.replace(/^[\\/]+/, '/') : `./${filled}`;
  return rootedPath(new URL(path, root));
}

function ownUrl(text: string, sources: readonly unknown[], origin: string): string | undefined {
  if (!text.startsWith('{') || text.indexOf('}') !== text.length - 1) return undefined;
  return sameOriginPath(lookUp(text.slice(1, -1), sources), origin);
}

function fillIn(template: string, sources: readonly unknown[]): string {
  let out = '';
  let position = 0;
  while (position < template.length) {
    const start = template.indexOf('{', position);
    const end = start < 0 ? -1 : closingBrace(template, start);
    if (end < 0) return out + template.slice(position);
    out += template.slice(position, start);
    const value = lookUp(template.slice(start + 1, end), sources);
    // No encoding keeps `..` from leaving its folder: URL parsers take `%2e%2e` for it too.
    const leavesFolder = (value === '.' || value === '..') && !/[?#]/.test(out);
    if (value !== undefined && !leavesFolder) out += encodeURIComponent(value.toWellFormed());
    position = end + 1;
  }
  return out;
}

function closingBrace(template: string, start: number): number {
  let depth = 0;
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') depth++;
    else if (template[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function lookUp(path: string, sources: readonly unknown[]): string | undefined {
  if (!PLACEHOLDER.test(path)) return undefined;
  const keys = path.split('.');
  for (const source of sources) {
    const text = scalarText(keys.reduce(ownValue, source));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** An own enumerable data property, but for names that reach a prototype. */
export function ownValue(holder: unknown, key: string): unknown {
  if (typeof holder !== 'object' || holder === null || isForbiddenKey(key)) return undefined;
  const property = Object.getOwnPropertyDescriptor(holder, key);
  return property?.enumerable === true ? property.value : undefined;
}

function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
  }
}
