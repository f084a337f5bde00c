import { PageFailure } from '../present/render-page.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import type { Exchange } from '../context/exchange.ts';
import { asPublic, type PendingAction, type RequestContext } from '../context/request-context.ts';
import { failed, type Outcome } from '../define/outcome.ts';
import type { RequestMiddleware } from '../define/context.ts';
import { seeOther } from '../http/see-other.ts';
import { toResponse, type Answer } from '../http/reply.ts';
import type { Match } from '../match/match-url.ts';
import { isActionError, type ActionError } from '../wire/error.ts';

/**
 * Runs the app's middleware around a request. Innermost, the action runs, unless middleware has run or replaced it, and
 * `show` presents what came of it (or renders the page, where there is no action).
 */
export async function runRequestMiddleware(
  exchange: Exchange,
  match: Match | undefined,
  run: (() => Promise<Outcome>) | undefined,
  show: (outcome: Outcome) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { context } = exchange;
  let last: Outcome | undefined;
  if (match?.mounted && run) {
    context.pending = {
      name: match.mounted.name,
      calledFrom: CALLED_FROM[match.door],
      run: async () => (last = exchange.outcome = await run()),
    };
  }
  const shown = async (outcome: Outcome): Promise<Response> => toResponse(await show(outcome));
  const innermost = async (): Promise<Response> => {
    const { pending } = context;
    if (!pending) return shown(NO_ACTION);
    if (context.replacement) return shown(replaced(context, pending, match, last));
    return shown(last ?? (await pending.run()));
  };
  try {
    const response = await runChain(exchange.settings.use, context, innermost);
    if (response) return response;
  } catch (error) {
    if (!match?.mounted || error instanceof PageFailure) throw error;
    return show(
      failed(
        match.mounted.name,
        match.mounted.action,
        isActionError(error) ? error : unexpectedError(exchange, error),
      ),
    );
  }
  const { recordedRedirect } = context;
  if (recordedRedirect) return seeOther(recordedRedirect.to, recordedRedirect.status);
  throw new Error(
    'A middleware returned nothing without calling next(): return next(), a Response, or call ctx.redirect().',
  );
}

const CALLED_FROM = { rpc: 'rpc', page: 'form', path: 'path' } as const;
const NO_ACTION: Outcome = failed('', undefined, undefined as unknown as ActionError);

/** Runs middleware outermost first. `undefined`: one of them answered with nothing, and nobody asked for the page. */
export async function runChain(
  use: readonly RequestMiddleware[],
  context: RequestContext,
  innermost: () => Promise<Response>,
): Promise<Response | undefined> {
  let furthest = -1;
  let inner: Response | undefined;
  async function step(index: number): Promise<Response> {
    if (index <= furthest)
      throw new Error('A middleware called next() twice: the action would have run twice.');
    furthest = index;
    const middleware = use[index];
    if (!middleware) return (inner = await innermost());
    const answer = await middleware(asPublic(context), () => step(index + 1));
    const response = answer instanceof Response ? answer : inner;
    if (response) return response;
    throw NOTHING;
  }
  try {
    return await step(0);
  } catch (error) {
    if (error === NOTHING) return undefined;
    throw error;
  }
}

const NOTHING = Symbol('a middleware answered with nothing');

/** What middleware set stands in for what the action would have given; the posted page shows it in place. */
function replaced(
  context: RequestContext,
  pending: PendingAction,
  match: Match | undefined,
  ran: Outcome | undefined,
): Outcome {
  const { data, error } = context.replacement ?? {};
  const outcome = failed(pending.name, match?.mounted?.action, error as ActionError);
  return { ...outcome, data, submission: ran?.submission, redirect: ran?.redirect, inPlace: true };
}
