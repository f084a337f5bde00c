import { exchangeOf } from '../context/request-context.ts';
import type { PorticoContext } from '../define/context.ts';
import { maskedToken } from '../http/csrf/csrf-token.ts';
import { controllerPath } from './controller-path.ts';
import { CSRF_SCRIPT } from './csrf-script.ts';
import { hiddenInput } from './inputs.ts';
import { html, raw, type SafeHtml } from './safe-html.ts';

/** The name of the body field that takes the token: the app's `csrfTokenName`. */
export function csrfTokenName(ctx: PorticoContext): string {
  return exchangeOf(ctx).settings.csrfTokenName;
}

/**
 * A CSRF token for this visitor, new at each reading. There is a session from now on, and the answer must not be cached:
 * it says so in its headers. Throws where sessions are off.
 */
export function csrfToken(ctx: PorticoContext): string {
  const exchange = exchangeOf(ctx);
  exchange.session.ensure();
  exchange.noStore = true;
  return maskedToken(exchange.settings.keyring, exchange.csrfBinding);
}

/**
 * The hidden input with the CSRF token; print it first in the form.
 *
 * `async: true` prints an empty input and a small script that fills it from the action `users/session-info`, whose JSON has
 * the token as `csrfTokenValue` (`@portico/site` brings it; without, have it return `csrfToken(ctx)`). Such a page is the
 * same for everybody and can be cached. A Content-Security-Policy lets the script in by `csrfScriptHash`. Without
 * JavaScript the input stays empty, which is enough wherever the browser's headers settle it (`csrf: 'auto'`, `'origin'`).
 */
export function csrfInput(ctx: PorticoContext, options: { readonly async?: boolean } = {}): SafeHtml {
  const { settings } = exchangeOf(ctx);
  if (options.async !== true) return hiddenInput(settings.csrfTokenName, csrfToken(ctx));
  const data = { csrf: controllerPath(settings, 'users/session-info') };
  return html`${hiddenInput(settings.csrfTokenName, '', { data })}<script>${raw(CSRF_SCRIPT)}</script>`;
}
