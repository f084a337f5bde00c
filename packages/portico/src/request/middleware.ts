import { PageFailure } from '../present/render-page.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import type { Exchange } from '../context/exchange.ts';
import { asPublic, type PendingAction, type RequestContext } from '../context/request-context.ts';
import { emptyOutcome, failed, type Outcome } from '../define/outcome.ts';
import type { RequestMiddleware } from '../define/context.ts';
import { seeOther } from '../http/see-other.ts';
import { asciiUrl } from '../lib/ascii-url.ts';
import { toResponse, type Answer } from '../http/reply.ts';
import type { MountedAction } from '../define/tree.ts';
import { isActionError } from '../wire/error.ts';
import type { UntypedResult } from '../wire/result.ts';

/** Runs middleware around a page of the host's. */
export function aroundPage(
  exchange: Exchange,
  use: readonly RequestMiddleware[],
  render: () => Answer | Promise<Answer>,
): Promise<Answer> {
  return runChain(use, exchange.context, async () => toResponse(await render()));
}

/**
 * Runs middleware around an action. Innermost, the action runs, unless middleware has run or replaced it, and
 * `show` presents what came of it.
 */
export async function aroundAction(
  exchange: Exchange,
  use: readonly RequestMiddleware[],
  { name, action }: MountedAction,
  calledFrom: PendingAction['calledFrom'],
  run: () => Outcome | Promise<Outcome>,
  show: (outcome: Outcome) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { context } = exchange;
  let last: Outcome | undefined;
  const runOnce = async (): Promise<Outcome> => (last = exchange.outcome = await run());
  context.pending = { name, calledFrom, run: runOnce };
  const innermost = async (): Promise<Response> => {
    const outcome = context.replacement
      ? replaced(context.replacement, { name, action }, last)
      : (last ?? (await runOnce()));
    return toResponse(await show(outcome));
  };
  try {
    return await runChain(use, context, innermost);
  } catch (error) {
    if (error instanceof PageFailure) throw error;
    return show(failed(name, action, isActionError(error) ? error : unexpectedError(exchange, error)));
  }
}

/** Runs middleware outermost first. One that returns nothing leaves what is inside of it, or goes where `ctx.redirect` says. */
export function runChain(
  use: readonly RequestMiddleware[],
  context: RequestContext,
  innermost: () => Promise<Response>,
): Promise<Response> {
  let furthest = -1;
  let inner: Response | undefined;
  async function step(index: number): Promise<Response> {
    if (index <= furthest)
      throw new Error('A middleware called next() twice: the action would have run twice.');
    furthest = index;
    const middleware = use[index];
    if (!middleware) return (inner = await innermost());
    const answer = await middleware(asPublic(context), () => step(index + 1));
    if (answer instanceof Response) return answer;
    if (inner) return inner;
    const { recordedRedirect } = context;
    if (recordedRedirect) return toResponse(seeOther(asciiUrl(recordedRedirect.to), recordedRedirect.status));
    throw new Error(
      'A middleware returned nothing without calling next(): return next(), a Response, or call ctx.redirect().',
    );
  }
  return step(0);
}

/** What middleware set stands in for what the action would have given; the posted page shows it in place. */
function replaced(
  { data, error }: UntypedResult,
  { name, action }: MountedAction,
  ran: Outcome | undefined,
): Outcome {
  const came = ran ?? emptyOutcome(name, action);
  return { ...came, data, error, response: undefined, inPlace: true };
}
