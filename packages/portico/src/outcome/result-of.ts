import type { Outcome } from '../define/outcome.ts';
import { ActionError } from '../wire/error.ts';
import type { UntypedResult } from '../wire/result.ts';
import type { Exchange } from '../context/exchange.ts';
import { resolveRedirect } from './resolve-redirect.ts';

/** An outcome as callers know it: `{ data, error, redirect? }`. */
export function resultOf(exchange: Exchange, outcome: Outcome): UntypedResult {
  if (outcome.error) return { data: undefined, error: outcome.error };
  if (outcome.response) return responseResult(outcome.response);
  const redirect = resolveRedirect(exchange, outcome);
  return { data: outcome.data, error: undefined, ...(redirect && { redirect: redirect.to }) };
}

/** What a call in process gets where middleware or the handler answered with a Response: its data, or its refusal. */
function responseResult(response: Response): UntypedResult {
  if (response.ok) return { data: response, error: undefined };
  const location = response.headers.get('location');
  if (response.status < 400 && location !== null)
    return { data: undefined, error: undefined, redirect: location };
  const code = ActionError.statusToCode(response.status);
  const error = new ActionError({ code, status: response.status, message: response.statusText || code });
  return { data: undefined, error };
}
