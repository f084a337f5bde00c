/**
 * A URL as a `Location` header can carry it: what is not printable ASCII is percent-encoded (RFC 3986 section 2.1), so no
 * text that is part of it breaks the header or breaks out of it. What is encoded already stays as it is.
 */
export function asciiUrl(url: string): string {
  return url.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}
