import { ActionError } from '../wire/error.ts';
import type { Exchange } from './exchange.ts';

/** Reports an error that was not meant for the client; the client learns that it happened and under which request id. */
export function unexpectedError(exchange: Exchange, cause: unknown): ActionError {
  exchange.reportError(cause);
  return new ActionError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on the server.',
    cause,
    requestId: exchange.requestId,
  });
}

/** An outage of what holds sessions or users. */
export function unavailable(cause: unknown): ActionError {
  return new ActionError({
    code: 'SERVICE_UNAVAILABLE',
    message: 'The site cannot reach its data right now. Try again in a moment.',
    cause,
    headers: { 'Retry-After': '5' },
  });
}
