import type { Outcome } from '../define/outcome.ts';
import { saveActionResult } from '../outcome/action-result.ts';
import type { Exchange } from '../context/exchange.ts';
import type { ResolvedRedirect } from '../outcome/resolve-redirect.ts';
import { successMessage } from '../outcome/messages.ts';

/** Has flash and result wait for the page that follows a success, where one follows. */
export function rememberSuccess(
  exchange: Exchange,
  outcome: Outcome,
  redirect: ResolvedRedirect | undefined,
  fallback: string,
): void {
  if (!exchange.hasSessions || !exchange.leadsToPage(redirect !== undefined)) return;
  const message = successMessage(exchange, outcome);
  if (message !== undefined) exchange.flash.set('notice', message);
  saveActionResult(exchange, outcome, redirect?.to ?? fallback);
}
