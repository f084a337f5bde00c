import { mediaType, parameter } from './media-type.ts';

/**
 * Whether an Accept header asks for JSON by name: `application/json` or `application/*`, unless with `q=0`. A bare
 * wildcard, which browsers and curl send, is HTML.
 */
export function wantsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === 'text/html') return false;
  if (accept === 'application/json') return true;
  if (!/application\/(?:json|\*)/i.test(accept)) return false;
  let byRange = false;
  for (const part of accept.split(',')) {
    const type = mediaType(part);
    if (type !== 'application/json' && type !== 'application/*') continue;
    const accepted = Number(parameter(part, 'q') ?? 1) !== 0;
    // RFC 9110 section 12.5.1: the most specific range decides.
    if (type === 'application/json') return accepted;
    byRange = accepted;
  }
  return byRange;
}
