import type { SubmittedModel } from '../define/context.ts';
import type { Outcome } from '../define/outcome.ts';
import { isInputError } from '../wire/error.ts';
import type { Exchange } from '../context/exchange.ts';
import { keepInput } from './kept-input.ts';
import { failureMessage } from './messages.ts';
import { modelName } from './model.ts';
import { submittedModel } from './submitted-model.ts';

/** What a page is told of a failure, in `ctx.variables`. */
export interface FailureVariables {
  readonly message: string;
  readonly errors: Record<string, string[]>;
  /** What concerns no single field. */
  readonly formErrors: readonly string[];
  /** What the action added, by the data of its error. */
  readonly added: Record<string, unknown>;
  readonly modelName: string | undefined;
  readonly model: Record<string, unknown>;
}

/** Puts before the page what it needs to show a failure: variables, kept input, the flash of this very request. */
export function showFailure(exchange: Exchange, outcome: Outcome): void {
  const { error, action, submission } = outcome;
  if (!error) return;
  if (action && submission) exchange.kept = keepInput(outcome.name, action.definition, submission);
  exchange.failure = { action: outcome.name, formId: submission?.formId, error };
  const failure = failureVariables(exchange, outcome);
  showVariables(exchange, failure);
  if (exchange.hasSessions) exchange.flash.now('error', failure.message);
}

export function failureVariables(exchange: Exchange, outcome: Outcome): FailureVariables {
  return {
    message: visitorMessage(exchange, outcome),
    errors: inputErrors(outcome),
    formErrors: isInputError(outcome.error) ? outcome.error.formErrors : [],
    added: addedBy(outcome),
    modelName: modelName(outcome),
    model: submittedModel(outcome),
  };
}

/** Why a forgery was refused is for developers, and always in the error itself; a visitor can only send the form again. */
function visitorMessage(exchange: Exchange, outcome: Outcome): string {
  if (outcome.error?.code !== 'CSRF_FAILED' || exchange.settings.dev) return failureMessage(outcome);
  return (
    outcome.submission?.signed?.failMessage ?? 'The form could not be checked. Please send it once more.'
  );
}

export function showVariables(exchange: Exchange, failure: FailureVariables): void {
  const { variables } = exchange.context;
  // An action may add an `errors` of its own: an error with data is none of the input's, so there are no others.
  Object.assign(variables, { errors: failure.errors }, failure.added, { message: failure.message });
  // One that was kept before an update may lack it.
  if (failure.formErrors?.length > 0) variables.formErrors = [...failure.formErrors];
  if (failure.modelName !== undefined)
    variables[failure.modelName] = withErrors(failure.model, failure.errors);
}

export function inputErrors(outcome: Outcome): Record<string, string[]> {
  const { error } = outcome;
  return isInputError(error) ? (error.fields as Record<string, string[]>) : {};
}

export function addedBy(outcome: Outcome): Record<string, unknown> {
  const data: unknown = outcome.error?.data;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};
}

function withErrors(model: Record<string, unknown>, errors: Record<string, string[]>): SubmittedModel {
  const getErrors = (field?: string): string[] =>
    field === undefined
      ? Object.values(errors).flat()
      : Object.hasOwn(errors, field)
        ? (errors[field] ?? [])
        : [];
  // Not enumerable: whoever loops over the model or sends it as JSON meets its fields only.
  return Object.defineProperties(model, {
    getErrors: { value: getErrors },
    hasErrors: { value: (field?: string) => getErrors(field).length > 0 },
  }) as SubmittedModel;
}
