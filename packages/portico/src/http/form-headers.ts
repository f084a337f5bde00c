/**
 * Headers of a posted form, in lower case, that the GET for the page after it does not take over: they describe a body, or ask
 * for an answer (304, 206) that a page with a failed form must not be.
 */
export const FORM_HEADERS: readonly string[] = [
  ...['content-length', 'content-type', 'content-encoding', 'transfer-encoding', 'expect'],
  ...['if-none-match', 'if-modified-since', 'if-range', 'range'],
];
