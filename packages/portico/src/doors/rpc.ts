import type { Outcome } from '../define/outcome.ts';
import type { Exchange } from '../context/exchange.ts';
import { answered, type Presentation } from '../present/presentation.ts';
import { cacheable } from '../present/cacheable.ts';
import { wireErrorReply, wireReply } from '../present/wire-reply.ts';
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
