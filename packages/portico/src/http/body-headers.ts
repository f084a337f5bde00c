/**
 * Headers that a GET for a page does not take over from the posted form it follows, in lower case: they describe a body, or
 * ask for an answer (304, 206) that a page after a failed form must not be.
 */
export const HEADERS_OF_THE_FORM: ReadonlySet<string> = new Set([
  ...['content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'expect'],
  ...['if-none-match', 'if-modified-since', 'if-range', 'range'],
]);
