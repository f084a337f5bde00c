import type { Exchange } from '../context/exchange.ts';
import type { Outcome } from '../define/outcome.ts';
import { isInputError } from '../wire/error.ts';

/** What a success says: the form's signed `successMessage`, else what the handler chose, else the action's. */
export function successMessage(exchange: Exchange, outcome: Outcome): string | undefined {
  const signed = outcome.submission?.signed?.successMessage;
  return signed ?? exchange.context.message ?? outcome.action?.definition.messages.success;
}

// Something else is the matter than the form, and what to do about it only the error knows.
const IN_THE_WAY: ReadonlySet<number> = new Set([409, 429, 503]);

/**
 * What a failure says: the form's signed `failMessage`, unless a conflict, a limit or an outage speaks for itself; what the
 * handler said; else the action's; else the error's own.
 */
export function failureMessage(outcome: Outcome): string {
  const { error } = outcome;
  const signed = outcome.submission?.signed?.failMessage;
  const speaks = error !== undefined && IN_THE_WAY.has(error.status) && error.message !== error.code;
  if (signed !== undefined && !speaks) return signed;
  const fallback = outcome.action?.definition.messages.failure;
  if (!error) return fallback ?? '';
  const saysNothing = isInputError(error) || error.message === error.code;
  return saysNothing ? (fallback ?? error.message) : error.message;
}
