import { createHash } from 'node:crypto';
import type { Outcome } from '../define/outcome.ts';
import type { Exchange } from '../context/exchange.ts';
import { answered, type Presentation } from '../present/presentation.ts';
import { wireErrorReply, wireReply } from '../present/wire-reply.ts';
import type { Reply } from '../http/reply.ts';
import { ActionError } from '../wire/error.ts';

/** The rpc door: a typed call from a script. Data or error as the wire says, a redirect as a value, never a page. */
export function presentRpc(exchange: Exchange, outcome: Outcome): Presentation {
  if (outcome.response) {
    if (!outcome.responseFromHandler) return answered(outcome.response);
    const error = new ActionError({
      code: 'INTERNAL_SERVER_ERROR',
      message:
        `The action ${outcome.name} answers with a Response, which a typed call cannot receive. ` +
        'Return data from it, or call it by its form, its controller path or a plain link.',
      requestId: exchange.requestId,
    });
    exchange.reportError(error);
    return answered(wireErrorReply(error));
  }
  const reply = wireReply(exchange, outcome);
  const { method } = exchange.incoming;
  return answered(method === 'GET' || method === 'HEAD' ? cacheable(exchange, outcome, reply) : reply);
}

/** RFC 9110 section 8.8.3 and RFC 9111: what was read may be kept as long as the action says, and asked for by its ETag. */
function cacheable(exchange: Exchange, outcome: Outcome, reply: Reply): Reply {
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
