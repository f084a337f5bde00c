const MAX_LENGTH = 2048;

/**
 * The path (with query and fragment) of a URL that a client may be sent back to: a path that starts with one
 * slash, or an absolute URL of our own origin. `undefined` for everything else, among it `//evil`, `/\evil`,
 * `https:evil`, control characters and more than 2048 characters. The result is ASCII and starts with exactly
 * one slash. `value` is data, never a template: a Referer, a return URL of a query.
 */
export function sameOriginPath(value: string | null | undefined, ownOrigin: string): string | undefined {
  if (value == null || value.length > MAX_LENGTH) return undefined;
  // Parsers drop or rewrite these before they look for the host, so two parsers may disagree on where it is.
  if (/[\\\p{Cc}]/u.test(value)) return undefined;
  const isPath = value.startsWith('/') && !value.startsWith('//');
  if (!isPath && !/^https?:\/\/[^/]/i.test(value)) return undefined;
  let url: URL;
  let own: string;
  try {
    own = new URL(ownOrigin).origin;
    url = new URL(value, own);
  } catch {
    return undefined;
  }
  if (url.origin !== own || own === 'null') return undefined;
  const path = rootedPath(url);
  return path.length > MAX_LENGTH ? undefined : path;
}

/**
 * Path, query and fragment of a URL, with one slash in front: `/.//evil` parses to the path `//evil`, which
 * names a host.
 */
export function rootedPath(url: URL): string {
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}${url.hash}`;
}
