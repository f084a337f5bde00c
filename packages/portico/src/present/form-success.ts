import type { Outcome } from '../define/outcome.ts';
import { seeOther } from '../http/see-other.ts';
import { showEditedForm } from '../outcome/edited-form.ts';
import type { Exchange } from '../context/exchange.ts';
import { successMessage } from '../outcome/messages.ts';
import { answered, type Presentation } from './presentation.ts';
import { rememberSuccess } from './remember-success.ts';
import { resolveRedirect } from '../outcome/resolve-redirect.ts';

/**
 * A plain form that went well, the same on every form door: post/redirect/get, unless a page is to be shown in its place.
 * `fallback` is where to go when nobody says.
 */
export function formSuccess(exchange: Exchange, outcome: Outcome, fallback: string): Presentation {
  if (outcome.edited) showEditedForm(exchange, outcome);
  if (outcome.edited || outcome.render || outcome.inPlace) return pageAgain(exchange, outcome, 200);
  const redirect = resolveRedirect(exchange, outcome);
  if (!redirect && exchange.settings.forms === 'render' && fallback === exchange.pagePath) {
    const message = successMessage(outcome);
    if (message !== undefined && exchange.hasSessions) exchange.flash.now('notice', message);
    return pageAgain(exchange, outcome, exchange.context.status ?? 200);
  }
  rememberSuccess(exchange, outcome, redirect, fallback);
  return answered(seeOther(redirect?.to ?? fallback, redirect?.status));
}

function pageAgain(exchange: Exchange, outcome: Outcome, status: number): Presentation {
  return { kind: 'page', path: outcome.render?.path, status, otherwise: () => seeOther(exchange.pagePath) };
}
