import type { Outcome } from '../define/outcome.ts';
import { saveActionResult } from '../outcome/action-result.ts';
import type { Exchange } from '../context/exchange.ts';
import { successMessage } from '../outcome/messages.ts';

/** Has flash and result wait for the page that follows a success, where one follows. */
export function rememberSuccess(exchange: Exchange, outcome: Outcome, target: string): void {
  if (!exchange.hasSessions || !exchange.leadsToPage) return;
  const message = successMessage(outcome);
  if (message !== undefined) exchange.flash.set('notice', message);
  saveActionResult(exchange, outcome, target);
}
