import { ActionError } from '../wire/error.ts';

/** A result that cannot be sent: the app's mistake, so the log learns the path and the client a request id. */
export function unserialisable(name: string, cause: unknown, requestId: string): ActionError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ActionError({
    code: 'INTERNAL_SERVER_ERROR',
    message: `The result of ${name} cannot be sent.`,
    cause: new TypeError(`The action ${name} returned what cannot be serialised: ${reason}`, { cause }),
    requestId,
  });
}
