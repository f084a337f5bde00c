import type { PorticoContext } from '../define/context.ts';
import { sameOriginPath } from '../http/return-url.ts';
import { exchangeOf } from './request-context.ts';

/**
 * The path of this site that a client asks to be sent back to, or `undefined` for anything else: `//evil`, `/\evil`,
 * `https:evil`, other origins, control characters, more than 2048 characters (OWASP: unvalidated redirects). Braces come
 * out encoded, so the path is the same as a redirect template.
 */
export function returnPath(ctx: PorticoContext, value: string | null | undefined): string | undefined {
  const path = sameOriginPath(value, exchangeOf(ctx).origin);
  return path?.replaceAll('{', '%7B').replaceAll('}', '%7D');
}
