import type { Outcome } from '../define/outcome.ts';
import { stateOf } from '../http/session/session.ts';
import { flatJson } from '../lib/flat-json.ts';
import { errorFromWire } from '../wire/error-from-wire.ts';
import type { WireError } from '../wire/result.ts';
import type { Exchange } from '../context/exchange.ts';
import { failureVariables, showVariables, type FailureVariables } from './failure.ts';
import { keepInput, type KeptInput } from './kept-input.ts';
import { errorToWire } from './wire-error.ts';

/** A failure that waits in the session for the page the visitor is sent back to. */
interface KeptFailure extends FailureVariables {
  readonly action: string;
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly error: WireError;
  readonly input: KeptInput | undefined;
}

const KEY = '_kept';
const LIFETIME = 600_000;
// As JSON. A store must not be filled by forms that fail.
const MAX_CHARACTERS = 128 * 1024;

/** Keeps errors, message and input for the page the visitor is sent back to, where the posted URL is no page to render. */
export function keepFailure(exchange: Exchange, outcome: Outcome, path: string): void {
  const { error, action, submission } = outcome;
  if (!error) return;
  const failure = failureVariables(exchange, outcome);
  exchange.flash.set('error', failure.message);
  const kept: KeptFailure = {
    ...failure,
    action: outcome.name,
    path: path.split(/[?#]/, 1)[0] ?? path,
    at: Date.now(),
    error: errorToWire(error),
    input: action && submission ? keepInput(outcome.name, action.definition, submission) : undefined,
  };
  const state = stateOf(exchange.session);
  try {
    // Through JSON: what an action added may hold what a session cannot keep.
    const whole = flatJson(kept);
    const text = whole.length <= MAX_CHARACTERS ? whole : flatJson({ ...kept, model: {}, input: undefined });
    state.set(KEY, JSON.parse(text) as unknown);
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
  // The visitor is on his way back when it is kept; what waits longer is of a form he has left.
  const isStale = Date.now() - kept.at > LIFETIME;
  if (kept.path !== exchange.shownPath && !isStale) return;
  state.delete(KEY);
  if (isStale) return;
  const error = errorFromWire(kept.error);
  exchange.kept = kept.input;
  exchange.failure = { action: kept.action, formId: kept.input?.formId, error };
  showVariables(exchange, kept);
}
