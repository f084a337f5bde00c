import type { Outcome } from '../define/outcome.ts';
import type { Submission } from '../define/submission.ts';
import type { RequestContext } from '../context/request-context.ts';
import { resultOf } from '../outcome/result-of.ts';
import type { Exchange } from '../context/exchange.ts';
import type { UntypedResult } from '../wire/result.ts';

/** The server door: a call in process. No CSRF, no wire: values go in and come out as they are. */
export function typedSubmission(input: unknown): Submission {
  return { kind: 'typed', value: input };
}

/** What the caller gets: the result that middleware set, else what came of the action. */
export function presentCall(
  exchange: Exchange,
  context: RequestContext,
  outcome: Outcome | undefined,
): UntypedResult {
  if (context.replacement) return context.replacement;
  if (outcome) return resultOf(exchange, outcome);
  return { data: undefined, error: undefined };
}
