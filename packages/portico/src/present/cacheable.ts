import { createHash } from 'node:crypto';
import type { Exchange } from '../context/exchange.ts';
import type { Outcome } from '../define/outcome.ts';
import type { Reply } from '../http/reply.ts';

/** RFC 9110 section 8.8.3 and RFC 9111: what was read may be kept as long as the action says, and asked for by its ETag. */
export function cacheable(exchange: Exchange, outcome: Outcome, reply: Reply): Reply {
  if (reply.status !== 200 || typeof reply.body !== 'string') return reply;
  const cache = outcome.action?.definition.cache;
  const etag = `"${createHash('sha256').update(reply.body).digest('base64url').slice(0, 27)}"`;
  const control = cache ? `${cache.scope}, max-age=${cache.maxAge}` : 'private, no-cache';
  const headers = reply.headers.slice();
  headers[headers.indexOf('Cache-Control') + 1] = control;
  headers.push('ETag', etag);
  const known = (exchange.incoming.header('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers, body: null };
  return { ...reply, headers };
}
