import { exchangeOf } from '../context/request-context.ts';
import type { PorticoContext } from '../define/context.ts';
import { renderRedirect } from '../http/redirect-template.ts';
import { paramPlace } from '../http/signing/signed-params.ts';
import { sign } from '../http/signing/signed.ts';
import { hiddenInput } from './inputs.ts';
import type { SafeHtml } from './safe-html.ts';

/**
 * Where the form goes after success: `redirectInput(ctx, '/posts/{slug}')`. The template is filled in with the model the
 * action returns. Never pass what a visitor sent: signing it would vouch for it. Throws for a template that could lead
 * anywhere else than it says (a scheme other than HTTP, a placeholder in the host).
 */
export function redirectInput(ctx: PorticoContext, template: string): SafeHtml {
  return hiddenInput('redirect', signedRedirect(ctx, template));
}

/** What the flash says after success, instead of the action's own message. */
export function successMessageInput(ctx: PorticoContext, message: string): SafeHtml {
  return signedInput(ctx, 'successMessage', message);
}

/** What the flash and the page say after a failure, instead of the action's own message. */
export function failMessageInput(ctx: PorticoContext, message: string): SafeHtml {
  return signedInput(ctx, 'failMessage', message);
}

/**
 * A hidden input whose value only this site can have written: `signedInput(ctx, 'entryVariable', 'post')`. It is readable,
 * and bound to its name: as another parameter it is refused.
 */
export function signedInput(ctx: PorticoContext, name: string, value: string): SafeHtml {
  return hiddenInput(name, signedParam(ctx, name, value));
}

export function signedParam(ctx: PorticoContext, name: string, value: string): string {
  return sign(exchangeOf(ctx).settings.keyring, paramPlace(name), value);
}

/** A signed redirect template. Checked here, so that a mistake shows when the form is printed and not after it was sent. */
export function signedRedirect(ctx: PorticoContext, template: string): string {
  renderRedirect(template, [], '/');
  return signedParam(ctx, 'redirect', template);
}
