import type { Exchange } from '../context/exchange.ts';
import { exchangeOf } from '../context/request-context.ts';
import type { AnyAction } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { PorticoContext } from '../define/context.ts';
import { newOnceId, ONCE_PLACE } from '../http/once/once-id.ts';
import { sign } from '../http/signing/signed.ts';
import { ONCE_FIELD } from '../wire/names.ts';
import { hiddenInput } from './inputs.ts';
import type { SafeHtml } from './safe-html.ts';

/**
 * The hidden input with the one-time id of a form, for an action with `once`; print it first in the form. Such a page is for
 * one visitor at one time: no cache but his browser's may keep the answer, which its headers say.
 *
 * With the action, and the `formId` where there are several of its forms, a page that is shown again because nothing ran (the
 * input was refused) keeps the id that was sent; without it the form has a new id each time.
 */
export function onceInput(
  ctx: PorticoContext,
  action?: AnyAction,
  options: { readonly formId?: string } = {},
): SafeHtml {
  const exchange = exchangeOf(ctx);
  const value = action ? formOnceId(exchange, actionName(action), options.formId) : freshId(exchange);
  return hiddenInput(ONCE_FIELD, value);
}

/** The id of a form of an action: the one that was sent with it, as long as nothing came of that, or a new one. */
export function formOnceId(exchange: Exchange, name: string, formId: string | undefined): string {
  const { outcome, settings } = exchange;
  const sent = outcome?.submission ?? exchange.submitted;
  const id = sent?.signed?.once;
  const isOwn = outcome?.name === name && (sent?.formId ?? '') === (formId ?? '');
  // After a success in place the form is another submission, whether its id was kept or not.
  const isOpen = !exchange.onceSpent && (outcome?.error !== undefined || outcome?.edited === true);
  if (id === undefined || !isOwn || !isOpen) return freshId(exchange);
  exchange.isPersonal = true;
  return sign(settings.keyring, ONCE_PLACE, id);
}

function freshId(exchange: Exchange): string {
  // Not no-store: the back button is to show this very form, whose second submission is a repeat.
  exchange.isPersonal = true;
  return newOnceId(exchange.settings.keyring);
}
