import type { Exchange } from '../context/exchange.ts';
import type { Outcome } from '../define/outcome.ts';
import { isInputError } from '../wire/error.ts';

/** What a success says: the form's signed `successMessage`, else what the handler chose, else the action's. */
export function successMessage(exchange: Exchange, outcome: Outcome): string | undefined {
  const signed = outcome.submission?.signed?.successMessage;
  return signed ?? exchange.context.message ?? outcome.action?.definition.messages.success;
}

/** What a failure says: the form's signed `failMessage`; what the handler said; else the action's; else the error's own. */
export function failureMessage(outcome: Outcome): string {
  const { error } = outcome;
  const signed = outcome.submission?.signed?.failMessage;
  if (signed !== undefined) return signed;
  const fallback = outcome.action?.definition.messages.failure;
  if (!error) return fallback ?? '';
  const saysNothing = isInputError(error) || error.message === error.code;
  return saysNothing ? (fallback ?? error.message) : error.message;
}
