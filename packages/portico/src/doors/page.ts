import type { Outcome } from '../define/outcome.ts';
import type { Exchange } from '../context/exchange.ts';
import { showErrorPage } from '../present/error-page.ts';
import { showFailure } from '../outcome/failure.ts';
import { formSuccess } from '../present/form-success.ts';
import { answered, type Presentation } from '../present/presentation.ts';
import { rememberSuccess } from '../present/remember-success.ts';
import { resolveRedirect } from '../outcome/resolve-redirect.ts';
import { wireReply } from '../present/wire-reply.ts';
import { isInputError, type ActionError } from '../wire/error.ts';

/** The page door: a form on its own page. Success redirects, failure renders the page again with what was typed. */
export function presentPage(exchange: Exchange, outcome: Outcome): Presentation {
  if (outcome.response) return answered(outcome.response);
  if (exchange.wantsJson) return answered(scriptReply(exchange, outcome));
  return outcome.error
    ? failure(exchange, outcome, outcome.error)
    : formSuccess(exchange, outcome, exchange.pagePath);
}

/** A script that sent the form: the rpc body, and what a page that follows is to find. */
function scriptReply(exchange: Exchange, outcome: Outcome): ReturnType<typeof wireReply> {
  if (!outcome.error)
    rememberSuccess(exchange, outcome, resolveRedirect(exchange, outcome), exchange.pagePath);
  return wireReply(exchange, outcome);
}

function failure(exchange: Exchange, outcome: Outcome, error: ActionError): Presentation {
  showFailure(exchange, outcome);
  const status = isInputError(error) ? exchange.settings.formFailureStatus : error.status;
  return {
    kind: 'page',
    path: outcome.render?.path,
    status,
    otherwise: () => showErrorPage(exchange, error, status),
  };
}
