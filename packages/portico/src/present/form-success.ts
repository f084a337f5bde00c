import { unexpectedError } from '../context/unexpected-error.ts';
import type { Answer } from '../http/reply.ts';
import { showErrorPage } from './error-page.ts';
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
  if (outcome.edited) {
    showEditedForm(exchange, outcome);
    // The form stands on another page than the one it is posted to, where it is posted to the action's own path.
    const path = fallback === exchange.pagePath ? undefined : fallback;
    return { kind: 'page', path, status: 200, otherwise: () => seeOther(fallback) };
  }
  const { render, inPlace } = outcome;
  if (render) showNotice(exchange, outcome);
  if (render || inPlace) return pageAgain(exchange, outcome, fallback);
  const redirect = resolveRedirect(exchange, outcome);
  if (!redirect && exchange.settings.forms === 'render' && fallback === exchange.pagePath) {
    showNotice(exchange, outcome);
    return pageAgain(exchange, outcome, fallback);
  }
  rememberSuccess(exchange, outcome, redirect, fallback);
  return answered(seeOther(redirect?.to ?? fallback, redirect?.status));
}

/** The flash of a page that is shown at once has nothing to wait for. What only reads has none. */
function showNotice(exchange: Exchange, outcome: Outcome): void {
  const message = successMessage(exchange, outcome);
  if (message !== undefined && exchange.hasSessions && !isReading(exchange)) {
    exchange.flash.now('notice', message);
  }
}

function pageAgain(exchange: Exchange, outcome: Outcome, fallback: string): Presentation {
  const path = outcome.render?.path;
  return {
    kind: 'page',
    path,
    status: exchange.context.status ?? 200,
    otherwise: () =>
      path === undefined ? seeOther(fallback) : withoutPage(exchange, outcome, path, fallback),
  };
}

/** The action did its work, so a form goes on; who only asked for that page is told that it is missing. */
function withoutPage(
  exchange: Exchange,
  outcome: Outcome,
  path: string,
  fallback: string,
): Answer | Promise<Answer> {
  const missing = new Error(
    `The action ${outcome.name} called ctx.render(${JSON.stringify(path)}), and the host has no page there.`,
  );
  const error = unexpectedError(exchange, missing);
  return isReading(exchange) ? showErrorPage(exchange, error, error.status) : seeOther(fallback);
}

function isReading(exchange: Exchange): boolean {
  const { method } = exchange.incoming;
  return method === 'GET' || method === 'HEAD';
}
