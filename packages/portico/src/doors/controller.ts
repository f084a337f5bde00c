import type { Outcome } from '../define/outcome.ts';
import { cacheable } from '../present/cacheable.ts';
import { controllerFailureJson, controllerSuccessJson } from '../present/controller-json.ts';
import { keepFailure } from '../outcome/kept-failure.ts';
import type { Exchange } from '../context/exchange.ts';
import { showErrorPage } from '../present/error-page.ts';
import { showFailure } from '../outcome/failure.ts';
import { formSuccess } from '../present/form-success.ts';
import { answered, type Presentation } from '../present/presentation.ts';
import { rememberSuccess } from '../present/remember-success.ts';
import { resolveRedirect } from '../outcome/resolve-redirect.ts';
import { sameOriginPath } from '../http/return-url.ts';
import { seeOther } from '../http/see-other.ts';
import type { Answer } from '../http/reply.ts';
import { isInputError, type ActionError } from '../wire/error.ts';

/**
 * The controller-style doors: a path, a route, a query parameter or a body field names the action. JSON when asked for,
 * else flash and redirect, or the posted page again.
 */
export function presentController(exchange: Exchange, outcome: Outcome, onPage: boolean): Presentation {
  if (outcome.response) return answered(outcome.response);
  const isReading = exchange.incoming.method === 'GET' || exchange.incoming.method === 'HEAD';
  const { error } = outcome;
  if (error) {
    if (exchange.wantsJson)
      return answered(controllerFailureJson(exchange, outcome, controllerStatus(exchange, error)));
    return isReading ? errorPage(exchange, error) : htmlFailure(exchange, outcome, error, onPage);
  }
  if (isReading) return readingSuccess(exchange, outcome);
  const fallback = onPage ? exchange.pagePath : (referer(exchange) ?? `${exchange.settings.base}/`);
  if (!exchange.wantsJson || outcome.edited) return formSuccess(exchange, outcome, fallback);
  rememberSuccess(exchange, outcome, resolveRedirect(exchange, outcome), fallback);
  return answered(controllerSuccessJson(exchange, outcome));
}

/** What was read: JSON unless it redirects or renders. Never a flash, nothing that waits. */
function readingSuccess(exchange: Exchange, outcome: Outcome): Presentation {
  if (!exchange.wantsJson) {
    if (outcome.render) return formSuccess(exchange, outcome, exchange.pagePath);
    const redirect = resolveRedirect(exchange, outcome);
    if (redirect) return answered(seeOther(redirect.to, redirect.status));
  }
  const reply = controllerSuccessJson(exchange, outcome);
  // Whoever asks for HTML may get a page or a redirect at this very URL.
  reply.headers.push('Vary', 'Accept');
  return answered(cacheable(exchange, outcome, reply));
}

function htmlFailure(
  exchange: Exchange,
  outcome: Outcome,
  error: ActionError,
  onPage: boolean,
): Presentation {
  // Nothing was submitted to an action that does not exist or does not take the verb: there is no form to show again.
  if (outcome.action === undefined || error.code === 'METHOD_NOT_ALLOWED') return errorPage(exchange, error);
  const backToForm = (): Answer | Promise<Answer> => {
    const path = referer(exchange);
    if (path === undefined || !exchange.hasSessions) {
      return showErrorPage(exchange, error, controllerStatus(exchange, error));
    }
    keepFailure(exchange, outcome, path);
    return seeOther(path);
  };
  if (!onPage && !outcome.render) return answered(backToForm());
  showFailure(exchange, outcome);
  const status = isInputError(error)
    ? exchange.settings.formFailureStatus
    : controllerStatus(exchange, error);
  return { kind: 'page', path: outcome.render?.path, status, otherwise: backToForm };
}

/** Craft's statuses: a forged request and a wrong verb are bad requests. */
function controllerStatus(exchange: Exchange, error: ActionError): number {
  if (error.code === 'CSRF_FAILED') return 400;
  if (error.code === 'METHOD_NOT_ALLOWED') return exchange.settings.wrongVerbStatus;
  return error.status;
}

function errorPage(exchange: Exchange, error: ActionError): Presentation {
  return answered(showErrorPage(exchange, error, controllerStatus(exchange, error)));
}

/** The page the form stands on. Only a path of this origin: a Referer is a client's text. */
function referer(exchange: Exchange): string | undefined {
  return sameOriginPath(exchange.incoming.header('referer'), exchange.origin);
}
