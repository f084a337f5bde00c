import type { Outcome } from '../define/outcome.ts';
import { controllerFailureJson, controllerSuccessJson } from '../context/controller-json.ts';
import { keepFailure } from '../context/kept-failure.ts';
import type { Exchange } from '../context/exchange.ts';
import { showEditedForm } from '../context/edited-form.ts';
import { showErrorPage } from '../context/error-page.ts';
import { showFailure } from '../context/failure.ts';
import { saveActionResult } from '../context/action-result.ts';
import { successMessage } from '../context/messages.ts';
import { answered, type Presentation } from '../context/presentation.ts';
import { resolveRedirect } from '../context/resolve-redirect.ts';
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
  const json = exchange.wantsJson;
  const reading = exchange.incoming.method === 'GET' || exchange.incoming.method === 'HEAD';
  if (outcome.error) {
    if (json) return answered(controllerFailureJson(exchange, outcome, controllerStatus(exchange, outcome.error)));
    return reading ? errorPage(exchange, outcome.error) : htmlFailure(exchange, outcome, outcome.error, onPage);
  }
  if (json && !outcome.edited) return answered(controllerSuccessJson(exchange, outcome));
  if (outcome.edited) showEditedForm(exchange, outcome);
  if (outcome.render || outcome.edited || outcome.inPlace) {
    return { kind: 'page', path: outcome.render?.path, status: 200, otherwise: () => seeOther(exchange.pagePath) };
  }
  const redirect = resolveRedirect(exchange, outcome);
  if (reading && !redirect) return answered(controllerSuccessJson(exchange, outcome));
  const target = redirect?.to ?? (onPage ? exchange.pagePath : (referer(exchange) ?? '/'));
  if (!reading && exchange.hasSessions) {
    const message = successMessage(outcome);
    if (message !== undefined) exchange.flash.set('notice', message);
    saveActionResult(exchange, outcome, target);
  }
  return answered(seeOther(target, redirect?.status));
}

function htmlFailure(exchange: Exchange, outcome: Outcome, error: ActionError, onPage: boolean): Presentation {
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
  if (!onPage) return answered(backToForm());
  showFailure(exchange, outcome);
  const status = isInputError(error) ? exchange.settings.formFailureStatus : controllerStatus(exchange, error);
  return { kind: 'page', path: undefined, status, otherwise: backToForm };
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
