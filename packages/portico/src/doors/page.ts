import type { Outcome } from '../define/outcome.ts';
import { saveActionResult } from '../context/action-result.ts';
import type { Exchange } from '../context/exchange.ts';
import { showEditedForm } from '../context/edited-form.ts';
import { showErrorPage } from '../context/error-page.ts';
import { showFailure } from '../context/failure.ts';
import { answered, type Presentation } from '../context/presentation.ts';
import { resolveRedirect } from '../context/resolve-redirect.ts';
import { successMessage } from '../context/messages.ts';
import { wireReply } from '../context/wire-reply.ts';
import { seeOther } from '../http/see-other.ts';
import { isInputError } from '../wire/error.ts';

/** The page door: a form on its own page. Success redirects, failure renders the page again with what was typed. */
export function presentPage(exchange: Exchange, outcome: Outcome): Presentation {
  if (outcome.response) return answered(outcome.response);
  if (exchange.wantsJson) return answered(wireReply(exchange, outcome));
  if (outcome.error) return presentFailure(exchange, outcome);
  if (outcome.edited) {
    showEditedForm(exchange, outcome);
    return onPage(exchange, outcome, 200);
  }
  if (outcome.render || outcome.inPlace) return onPage(exchange, outcome, 200);
  const redirect = resolveRedirect(exchange, outcome);
  const message = successMessage(outcome);
  if (!redirect && exchange.settings.forms === 'render') {
    if (message !== undefined && exchange.hasSessions) exchange.flash.now('notice', message);
    return onPage(exchange, outcome, exchange.context.status ?? 200);
  }
  const target = redirect?.to ?? exchange.pagePath;
  if (exchange.hasSessions) {
    if (message !== undefined) exchange.flash.set('notice', message);
    saveActionResult(exchange, outcome, target);
  }
  return answered(seeOther(target, redirect?.status));
}

function presentFailure(exchange: Exchange, outcome: Outcome): Presentation {
  const { error } = outcome;
  if (!error) return onPage(exchange, outcome, 200);
  showFailure(exchange, outcome);
  const status = isInputError(error) ? exchange.settings.formFailureStatus : error.status;
  return onPage(exchange, outcome, status);
}

function onPage(exchange: Exchange, outcome: Outcome, status: number): Presentation {
  return {
    kind: 'page',
    path: outcome.render?.path,
    status,
    otherwise: () => (outcome.error ? showErrorPage(exchange, outcome.error, status) : seeOther(exchange.pagePath)),
  };
}
