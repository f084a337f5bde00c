/** The media type of a Content-Type header without its parameters, in lower case; `''` where there is none. */
export function mediaType(header: string | undefined): string {
  if (header === undefined) return '';
  // As scripts and browsers spell it.
  if (header === 'application/json' || header === 'application/x-www-form-urlencoded') return header;
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

// RFC 9110 section 5.6.6: parameter names are tokens, values tokens or quoted strings.
const PARAMETER = /;[ \t]*([!#$%&'*+\-.^_`|~\w]+)=(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/** The value of a parameter of a header such as Content-Type, unquoted; `name` in lower case. The first of a name counts. */
export function parameter(header: string, name: string): string | undefined {
  for (const [, key, quotedValue, token] of header.matchAll(PARAMETER)) {
    if (key?.toLowerCase() === name) {
      return quotedValue === undefined ? token?.trim() : quotedValue.replace(/\\(.)/g, '$1');
    }
  }
  return undefined;
}
