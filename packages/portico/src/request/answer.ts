import type { App, Handled } from './app-state.ts';
import { commit } from '../present/commit.ts';
import { createCsrfCheck } from '../receive/csrf-check.ts';
import { showErrorPage } from '../present/error-page.ts';
import { Exchange, unavailable } from '../context/exchange.ts';
import { pruneActionResults } from '../outcome/action-result.ts';
import { restoreFailure } from '../outcome/kept-failure.ts';
import { readSubmission } from '../receive/read-submission.ts';
import { PageFailure, renderPage, showPage, type Pages } from '../present/render-page.ts';
import { unexpectedError } from '../context/unexpected-error.ts';
import { controllerFailureJson } from '../present/controller-json.ts';
import { asPublic, RequestContext } from '../context/request-context.ts';
import { wireErrorReply } from '../present/wire-reply.ts';
import { failed, type Outcome } from '../define/outcome.ts';
import { present } from './present.ts';
import { corsHeaders } from '../http/cors.ts';
import type { Incoming } from '../http/incoming.ts';
import { isHost } from '../http/proxies.ts';
import { withHeaders, type Answer } from '../http/reply.ts';
import { isPromise } from '../lib/promise.ts';
import { matchBody } from '../match/match-body.ts';
import { matchUrl, type Match } from '../match/match-url.ts';
import { methodRefusal } from '../match/methods.ts';
import { runRequestMiddleware } from './middleware.ts';
import { execute } from '../run/execute.ts';
import { ActionError, isActionError } from '../wire/error.ts';

/**
 * One request from its first byte to its answer: match → session and user → middleware → the pipeline → present → save.
 * What is not ours is handed to the host's pages, with a context.
 */
export async function answerRequest(app: App, incoming: Incoming, pages: Pages): Promise<Handled> {
  const { settings } = app;
  const { path, search } = splitTarget(incoming.target);
  let match = matchUrl(settings, app.registry, app.routes, incoming.method, path, search);
  if (!match) {
    const inBody = matchBody(settings, app.registry, incoming);
    if (inBody) match = await inBody;
  }
  const exchange = new Exchange(settings, incoming, path, search);
  const info = match?.mounted && { name: match.mounted.name, door: match.door };
  const context = new RequestContext(exchange, info, app.services);
  exchange.context = context;
  if (match) context.params = match.params;
  let answer: Answer;
  try {
    refuseBrokenHost(incoming);
    answer = match ? await answerAction(app, exchange, match, pages) : await answerPage(app, exchange, pages);
    const committed = commit(exchange, answer);
    answer = isPromise(committed) ? await committed : committed;
  } catch (error) {
    // What the host's page throws is the host's to answer.
    if (error instanceof PageFailure) {
      await exchange.close();
      throw error.cause;
    }
    answer = await refusal(exchange, match, isActionError(error) ? error : unexpectedError(exchange, error));
  }
  if (settings.cors) answer = withHeaders(answer, crossOriginHeaders(exchange));
  return { answer, close: exchange.needsClosing ? () => exchange.close() : undefined };
}

async function answerAction(app: App, exchange: Exchange, match: Match, pages: Pages): Promise<Answer> {
  const { incoming, settings } = exchange;
  if (
    incoming.method === 'OPTIONS' &&
    settings.cors &&
    incoming.header('access-control-request-method') !== undefined
  ) {
    return { status: 204, headers: [], body: null };
  }
  const identified = identify(exchange);
  if (identified) await identified;
  const refused = refusedMatch(exchange, match, pages);
  if (refused) {
    // The page that shows the refusal is a page like any other: middleware guards it, and it knows who asks.
    const show = (): Answer | Promise<Answer> => finish(app, exchange, match, refused, pages);
    return settings.use.length === 0 ? show() : runRequestMiddleware(exchange, undefined, undefined, show);
  }
  if (settings.use.length === 0) return finish(app, exchange, match, await run(app, exchange, match), pages);
  return runRequestMiddleware(
    exchange,
    match,
    () => run(app, exchange, match),
    (outcome) => finish(app, exchange, match, outcome, pages),
  );
}

function refuseBrokenHost(incoming: Incoming): void {
  const host = incoming.header('host');
  if (host === undefined || host === '' || isHost(host.toLowerCase())) return;
  throw new ActionError({ code: 'BAD_REQUEST', message: 'The Host header of the request is malformed.' });
}

/** A page of the host's, with what waits for it in the session. */
async function answerPage(app: App, exchange: Exchange, pages: Pages): Promise<Answer> {
  const identified = identify(exchange);
  if (identified) await identified;
  restoreFailure(exchange);
  pruneActionResults(exchange);
  const { request } = exchange.incoming;
  app.contexts.set(request, exchange.context);
  if (exchange.settings.use.length === 0) return renderPage(pages, request);
  return runRequestMiddleware(exchange, undefined, undefined, () => renderPage(pages, request));
}

/** Who this is. A store or a `user` function that fails is an outage: nobody becomes anonymous by it. */
function identify(exchange: Exchange): void | Promise<void> {
  try {
    const loaded = exchange.loadSession();
    if (loaded) return loaded.then(() => exchange.loadUser()).catch(outage);
    const user = exchange.loadUser();
    if (user) return user.catch(outage);
  } catch (error) {
    outage(error);
  }
  function outage(error: unknown): never {
    exchange.reportError(error);
    throw isActionError(error) ? error : unavailable(error);
  }
}

/** What is refused before anything runs: a name that is none, another verb than the action's, a page that is not there. */
function refusedMatch(exchange: Exchange, match: Match, pages: Pages): Outcome | undefined {
  const { mounted } = match;
  if (match.malformed !== undefined) {
    return failed('', undefined, new ActionError({ code: 'BAD_REQUEST', message: match.malformed }));
  }
  if (!mounted) {
    return failed(
      '',
      undefined,
      new ActionError({ code: 'NOT_FOUND', message: 'There is no action of this name.' }),
    );
  }
  const refusal = methodRefusal(mounted.action.definition, exchange.incoming.method, match);
  if (refusal) return failed(mounted.name, mounted.action, refusal);
  if (match.style === 'page' && pages.has?.(exchange.path) === false) {
    const error = new ActionError({ code: 'NOT_FOUND', message: 'There is no page here to post a form to.' });
    return failed(mounted.name, undefined, error);
  }
  return undefined;
}

function run(app: App, exchange: Exchange, match: Match): Promise<Outcome> {
  const { mounted } = match;
  if (!mounted) throw new Error('A match without an action was answered before.');
  const { definition } = mounted.action;
  const csrf = createCsrfCheck(exchange, match.door);
  if (csrf.refusal) return Promise.resolve(failed(mounted.name, mounted.action, csrf.refusal));
  return execute({
    name: mounted.name,
    action: mounted.action,
    context: asPublic(exchange.context),
    counter: app.settings.limits,
    onError: (error) => exchange.reportError(error),
    submit: () =>
      readSubmission(exchange, {
        definition,
        csrf,
        isController: match.style === 'controller',
        params: match.params,
        actionField:
          match.style === 'controller' && match.onPage && app.settings.actionParam !== false
            ? app.settings.actionParam
            : undefined,
        takesListEdits: match.style !== 'rpc' && !exchange.wantsJson,
      }),
  });
}

function finish(
  app: App,
  exchange: Exchange,
  match: Match,
  came: Outcome,
  pages: Pages,
): Answer | Promise<Answer> {
  // What was refused on its way in (a forged form, a file too large) is shown again with what had been read by then.
  const outcome = came.submission || !exchange.submitted ? came : { ...came, submission: exchange.submitted };
  exchange.outcome = outcome;
  if (outcome.render) Object.assign(exchange.context.variables, outcome.render.variables);
  const presentation = present(exchange, match, outcome);
  if (presentation.kind === 'answer') return presentation.answer;
  return showPage(exchange, presentation, pages, app.contexts);
}

/** An outage while a session is read or saved, or an error of middleware: told in the form the caller understands. */
function refusal(exchange: Exchange, match: Match | undefined, error: ActionError): Answer | Promise<Answer> {
  const json = match?.style === 'rpc' || exchange.wantsJson;
  if (!json) return showErrorPage(exchange, error, error.status);
  if (match?.style !== 'controller') return wireErrorReply(error);
  return controllerFailureJson(exchange, failed(match.name, match.mounted?.action, error), error.status);
}

function crossOriginHeaders(exchange: Exchange): Array<[string, string]> {
  const { incoming, settings } = exchange;
  if (!settings.cors) return [];
  const headers = corsHeaders(
    settings.cors,
    incoming.header('origin'),
    incoming.method === 'OPTIONS' ? incoming.header('access-control-request-method') : undefined,
    incoming.header('access-control-request-headers'),
  );
  return Object.entries(headers);
}

function splitTarget(target: string): { path: string; search: string } {
  const at = target.indexOf('?');
  return at < 0 ? { path: target, search: '' } : { path: target.slice(0, at), search: target.slice(at) };
}
