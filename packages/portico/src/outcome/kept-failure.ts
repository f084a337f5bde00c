import type { Outcome } from '../define/outcome.ts';
import { stateOf } from '../http/session.ts';
import { flatJson } from '../lib/flat-json.ts';
import { isInputError, type ActionInputError } from '../wire/error.ts';
import { errorFromWire } from '../wire/error-from-wire.ts';
import type { WireError } from '../wire/result.ts';
import type { Exchange } from '../context/exchange.ts';
import { addedBy } from './failure.ts';
import { keepInput, type KeptInput } from './kept-input.ts';
import { failureMessage } from './messages.ts';
import { modelName } from './model.ts';
import { submittedModel } from './submitted-model.ts';
import { showVariables } from './failure.ts';
import { errorToWire } from './wire-error.ts';

/** A failure that waits in the session for the page the visitor is sent back to. */
interface KeptFailure {
  readonly action: string;
  readonly path: string;
  readonly error: WireError;
  readonly message: string;
  readonly added: Record<string, unknown>;
  readonly modelName: string | undefined;
  readonly model: Record<string, unknown>;
  readonly input: KeptInput | undefined;
}

const KEY = '_kept';

/** Keeps errors, message and input for the page the visitor is sent back to, where the posted URL is no page to render. */
export function keepFailure(exchange: Exchange, outcome: Outcome, path: string): void {
  const { error, action, submission } = outcome;
  if (!error) return;
  const message = failureMessage(outcome);
  exchange.flash.set('error', message);
  const kept: KeptFailure = {
    action: outcome.name,
    path: path.split(/[?#]/, 1)[0] ?? path,
    error: errorToWire(error),
    message,
    added: addedBy(outcome),
    modelName: modelName(outcome),
    model: submittedModel(outcome),
    input: action && submission ? keepInput(outcome.name, action.definition, submission) : undefined,
  };
  const state = stateOf(exchange.session);
  try {
    // Through JSON: what an action added may hold what a session cannot keep.
    state.set(KEY, JSON.parse(flatJson(kept)) as unknown);
  } catch (cause) {
    exchange.reportError(
      new TypeError(`The data of the error ${error.code} of ${outcome.name} cannot be kept in a session.`, {
        cause,
      }),
    );
    state.set(
      KEY,
      JSON.parse(flatJson({ ...kept, error: { ...kept.error, data: undefined }, added: {} })) as unknown,
    );
  }
}

/** Puts a failure that waits for this page before it, once. */
export function restoreFailure(exchange: Exchange): void {
  if (!exchange.sessionIfLoaded) return;
  const state = stateOf(exchange.sessionIfLoaded);
  if (!state.has(KEY)) return;
  const kept = state.get(KEY) as KeptFailure;
  if (kept.path !== exchange.path) return;
  state.delete(KEY);
  const error = errorFromWire(kept.error);
  exchange.kept = kept.input;
  exchange.failure = { action: kept.action, formId: kept.input?.formId, error };
  const fields = isInputError(error) ? (error as ActionInputError).fields : {};
  showVariables(exchange, {
    message: kept.message,
    errors: fields as Record<string, string[]>,
    added: kept.added,
    modelName: kept.modelName,
    model: kept.model,
  });
}
