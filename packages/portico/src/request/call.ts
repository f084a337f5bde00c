import type { App, CallOptions } from './app-state.ts';
import { Exchange } from '../context/exchange.ts';
import { asPublic, exchangeOf, type RequestContext } from '../context/request-context.ts';
import type { AnyAction } from '../define/action.ts';
import type { MountedAction } from '../define/tree.ts';
import { emptyOutcome, type Outcome } from '../define/outcome.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import { presentCall, typedSubmission } from '../doors/call.ts';
import { WebIncoming } from '../http/web-incoming.ts';
import { runChain } from './middleware.ts';
import { resultOf } from '../outcome/result-of.ts';
import { execute } from '../run/execute.ts';
import { ActionError, isActionError } from '../wire/error.ts';
import type { UntypedResult } from '../wire/result.ts';

/** `portico.call`: a call from server code, with or without a request behind it. */
export async function callInProcess(
  app: App,
  action: AnyAction,
  input: unknown,
  options: CallOptions,
): Promise<UntypedResult> {
  const page = sharedContext(app, options);
  if (page) return callInExchange(app, exchangeOf(page), action, input);
  const request = options.request ?? new Request('http://localhost/');
  const incoming = new WebIncoming(request, {});
  const url = new URL(request.url);
  const exchange = new Exchange(app.settings, incoming, url.pathname, url.search);
  exchange.context = new app.Context(exchange, undefined, app.services);
  if (options.locals) exchange.context.locals = options.locals;
  try {
    await exchange.loadSession();
    if (options.userId !== undefined) exchange.session.userId = options.userId;
    for (const [key, value] of Object.entries(options.session ?? {})) exchange.session.set(key, value);
    await exchange.loadUser();
    return await callInExchange(app, exchange, action, input, options.request !== undefined);
  } catch (error) {
    if (isActionError(error)) return { data: undefined, error };
    return { data: undefined, error: unexpectedError(exchange, error) };
  } finally {
    void exchange.close();
  }
}

/** A page that calls for its own request calls as `ctx.call` does: what the action puts into the session is kept. */
function sharedContext(app: App, options: CallOptions): RequestContext | undefined {
  const { request, locals, session, userId } = options;
  if (!request || locals || session || userId !== undefined) return undefined;
  return app.contexts.get(request);
}

/** `ctx.call`: another action within a request. Its redirect and errors are its own. */
export async function callInExchange(
  app: App,
  exchange: Exchange,
  action: AnyAction,
  input: unknown,
  counts = true,
): Promise<UntypedResult> {
  const mounted = app.mounted.get(action);
  if (!mounted) {
    const message = 'This action is not in the tree that createPortico was given, so it cannot be called.';
    return { data: undefined, error: new ActionError({ code: 'NOT_FOUND', message }) };
  }
  const context = new app.Context(
    exchange,
    { name: mounted.name, door: 'server' },
    {
      ...app.services,
      call: (within, other, value) => callInExchange(app, within, other, value, counts),
    },
  );
  context.locals = exchange.context.locals;
  let outcome: Outcome | undefined;
  const run = async (): Promise<Outcome> =>
    (outcome = await runAction(app, exchange, context, mounted, input, counts));
  if (app.settings.use.length === 0) return resultOf(exchange, await run());
  context.pending = { name: mounted.name, calledFrom: 'server', run };
  return callThroughMiddleware(app, exchange, context, () => outcome);
}

function runAction(
  app: App,
  exchange: Exchange,
  context: RequestContext,
  mounted: MountedAction,
  input: unknown,
  counts: boolean,
): Outcome | Promise<Outcome> {
  return execute({
    name: mounted.name,
    action: mounted.action,
    context: asPublic(context),
    counter: counts ? app.settings.limits : undefined,
    onError: (error) => exchange.reportError(error),
    submit: () => typedSubmission(input),
  });
}

// A call in process has no HTTP answer; middleware sees one that stands for the result.
async function callThroughMiddleware(
  app: App,
  exchange: Exchange,
  context: RequestContext,
  ran: () => Outcome | undefined,
): Promise<UntypedResult> {
  let own: Response | undefined;
  try {
    const response = await runChain(app.settings.use, context, async () => {
      const status = context.replacement ? 200 : (ran() ?? (await context.pending?.run()))?.error?.status;
      return (own = new Response(null, { status: status ?? 204 }));
    });
    if (response === own) return presentCall(exchange, context, ran());
    const came = ran() ?? emptyOutcome(context.action?.name ?? '', undefined);
    return resultOf(exchange, { ...came, error: undefined, response });
  } catch (error) {
    if (isActionError(error)) return { data: undefined, error };
    return { data: undefined, error: unexpectedError(exchange, error) };
  }
}
