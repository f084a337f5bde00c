import type { App, Handled } from './app-state.ts';
import { commit } from '../present/commit.ts';
import { showErrorPage } from '../present/error-page.ts';
import { Exchange } from '../context/exchange.ts';
import { asPublic } from '../context/request-context.ts';
import type { Settings } from '../context/settings.ts';
import { pruneActionResults } from '../outcome/action-result.ts';
import { restoreFailure } from '../outcome/kept-failure.ts';
import { PageFailure, renderPage, showPage, type Pages } from '../present/render-page.ts';
import { unavailable, unexpectedError } from '../context/unexpected-error.ts';
import { controllerFailureJson } from '../present/controller-json.ts';
import { wireErrorReply } from '../present/wire-reply.ts';
import { failed, type Outcome } from '../define/outcome.ts';
import { present } from './present.ts';
import { corsHeaders } from '../http/cors.ts';
import type { Incoming } from '../http/incoming.ts';
import { precognitionOf, PRECOGNITIVE } from '../http/precognition.ts';
import { isHost } from '../http/proxies.ts';
import { withHeaders, type Answer } from '../http/reply.ts';
import { splitTarget } from '../http/target.ts';
import { isPromise } from '../lib/promise.ts';
import { take, type Steps } from '../lib/steps.ts';
import { matchBody } from '../match/match-body.ts';
import { matchPath, matchPluginRoute, matchQuery, type Match } from '../match/match-url.ts';
import { admit } from './admit.ts';
import { aroundAction, aroundPage } from './middleware.ts';
import { observe } from './observe.ts';
import { runAction } from './run-action.ts';
import { ActionError, isActionError } from '../wire/error.ts';

/**
 * One request from its first byte to its answer: match → session and user → middleware → the pipeline → present → save.
 * What is not ours is handed to the host's pages, with a context.
 */
export function answerRequest(app: App, incoming: Incoming, pages: Pages): Handled | Promise<Handled> {
  return take(answering(app, incoming, pages));
}

function* answering(app: App, incoming: Incoming, pages: Pages): Steps<Handled> {
  const { settings } = app;
  const { path, search } = splitTarget(incoming.target);
  const asked = preflightFor(settings, incoming);
  const isPart = incoming.page !== undefined;
  const method = asked ?? incoming.method;
  let match = isPart ? undefined : matchPath(settings, app.registry, app.routes, method, path);
  // What is sent to a plugin's own path is for the plugin, whatever else its query or body may say.
  if (!match && !isPart && !app.endpoints.owns(path)) {
    if (search !== '') match = matchQuery(settings, app.registry, method, search);
    if (!match) {
      const inBody = matchBody(settings, app.registry, incoming);
      if (inBody) match = yield inBody;
      match ??= matchPluginRoute(settings, app.pluginRoutes, method, path);
    }
  }
  const exchange = new Exchange(settings, incoming, path, search);
  const info = match?.mounted && { name: match.mounted.name, door: match.door };
  const context = new app.Context(exchange, info, app.services);
  exchange.context = context;
  if (match) {
    context.params = match.params;
    exchange.precognition = precognitionOf(incoming);
  }
  const observed = settings.observers.length > 0 && asked === undefined ? match : undefined;
  const began = observed ? performance.now() : 0;
  let answer: Answer;
  let refusedWith: ActionError | undefined;
  try {
    refuseBrokenHost(incoming);
    const found = match ? answerAction(app, exchange, match, pages) : answerPage(app, exchange, pages);
    const committed = commit(exchange, isPromise(found) ? yield found : found);
    answer = isPromise(committed) ? yield committed : committed;
  } catch (error) {
    // What the host's page throws is the host's to answer.
    if (error instanceof PageFailure) {
      yield exchange.close();
      throw error.cause;
    }
    refusedWith = isActionError(error) ? error : unexpectedError(exchange, error);
    const refused = refusal(exchange, match, refusedWith);
    answer = isPromise(refused) ? yield refused : refused;
  }
  if (exchange.precognition) answer = withHeaders(answer, PRECOGNITIVE);
  if (settings.cors) answer = withHeaders(answer, crossOriginHeaders(exchange));
  if (observed) observe(exchange, observed, { status: answer.status, began, error: refusedWith });
  return { answer, close: exchange.needsClosing ? () => exchange.close() : undefined };
}

function answerAction(app: App, exchange: Exchange, match: Match, pages: Pages): Answer | Promise<Answer> {
  const { incoming, settings } = exchange;
  if (preflightFor(settings, incoming) !== undefined) return { status: 204, headers: [], body: null };
  const identified = identify(exchange);
  if (identified) return identified.then(() => answerAdmitted(app, exchange, match, pages));
  return answerAdmitted(app, exchange, match, pages);
}

/** Runs the action, once it is known who asks, or shows what refuses it. */
function answerAdmitted(app: App, exchange: Exchange, match: Match, pages: Pages): Answer | Promise<Answer> {
  const use = middlewareOf(app.settings, pages);
  const admitted = admit(exchange, match, pages);
  if ('error' in admitted) {
    // The page that shows the refusal is a page like any other: middleware guards it, and it knows who asks.
    const show = (): Answer | Promise<Answer> => finish(app, exchange, match, admitted, pages);
    return use.length === 0 ? show() : aroundPage(exchange, use, show);
  }
  if (use.length === 0) {
    const ran = runAction(exchange, match, admitted);
    if (!isPromise(ran)) return finish(app, exchange, match, ran, pages);
    return ran.then((outcome) => finish(app, exchange, match, outcome, pages));
  }
  const run = (): Outcome | Promise<Outcome> => runAction(exchange, match, admitted);
  const show = (outcome: Outcome): Answer | Promise<Answer> => finish(app, exchange, match, outcome, pages);
  return aroundAction(exchange, use, admitted, CALLED_FROM[match.door], run, show);
}

const CALLED_FROM = { rpc: 'rpc', page: 'form', path: 'path' } as const;

/** The method that a CORS preflight asks for (Fetch standard, section 4.8), on behalf of a request that is yet to come. */
function preflightFor(settings: Settings, incoming: Incoming): string | undefined {
  if (incoming.method !== 'OPTIONS' || !settings.cors) return undefined;
  return incoming.header('access-control-request-method');
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
  const endpoint = app.endpoints.find(exchange.path);
  const shown = endpoint ? { render: async () => endpoint(asPublic(exchange.context)) } : pages;
  const use = middlewareOf(app.settings, pages);
  if (use.length === 0) return renderPage(exchange, shown, request);
  return aroundPage(exchange, use, () => renderPage(exchange, shown, request));
}

/** The app's request middleware, and innermost what the host has of its own. */
function middlewareOf({ use }: Settings, { around }: Pages): Settings['use'] {
  return around ? [...use, around] : use;
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
  const presentation = present(exchange, match, outcome, pages);
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
  try {
    const headers = corsHeaders(
      settings.cors,
      incoming.header('origin'),
      incoming.method === 'OPTIONS' ? incoming.header('access-control-request-method') : undefined,
      incoming.header('access-control-request-headers'),
    );
    return Object.entries(headers);
  } catch (error) {
    // The app's own `origins` failed: what was done is answered all the same, and no other origin reads it.
    exchange.reportError(error);
    return [['Vary', 'Origin']];
  }
}
