import { ErrorBase, isActionError } from '../wire/error-base.ts';
import type { ActionError } from '../wire/error.ts';

/** The error for a request that came to nothing: what is one already, else `NETWORK_ERROR`. */
export function noAnswer(url: URL, cause: unknown): ActionError {
  if (isActionError(cause)) return cause;
  const message = `${url.href} gave no answer: ${(cause as Error | undefined)?.message}`;
  return new ErrorBase({ code: 'NETWORK_ERROR', message, cause }, 0);
}
