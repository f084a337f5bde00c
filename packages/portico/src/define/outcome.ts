import type { ActionError } from '../wire/error.ts';
import type { ActionObject } from './action.ts';
import type { Submission } from './submission.ts';

export interface RecordedRedirect {
  readonly to: string;
  readonly status: number | undefined;
}

export interface RecordedRender {
  readonly path: string;
  readonly variables: Record<string, unknown>;
}

/**
 * What came of running an action, whatever door it came in by. Doors present it and decide nothing about it.
 * Exactly one of the five ways: `error`, `response` (a handler or middleware answered itself), `edited` (a button of a
 * list changed the form; nothing ran), `checked` (nothing was found wrong with what was asked about; the handler did not
 * run), or `data`.
 */
export interface Outcome {
  readonly name: string;
  readonly action: ActionObject | undefined;
  readonly data: unknown;
  readonly error: ActionError | undefined;
  readonly response: Response | undefined;
  readonly responseFromHandler: boolean;
  readonly edited: boolean;
  readonly checked: boolean;
  /** Middleware set the result: the posted page shows it itself, without a redirect. */
  readonly inPlace: boolean;
  readonly redirect: RecordedRedirect | undefined;
  readonly render: RecordedRender | undefined;
  /** What was sent, as far as it was read: forms show it again after a failure. */
  readonly submission: Submission | undefined;
}

export function failed(name: string, action: ActionObject | undefined, error: ActionError): Outcome {
  return { ...emptyOutcome(name, action), error };
}

/** Of an action that has not run. */
export function emptyOutcome(name: string, action: ActionObject | undefined): Outcome {
  return { ...EMPTY, name, action };
}

const EMPTY = {
  error: undefined,
  data: undefined,
  response: undefined,
  responseFromHandler: false,
  edited: false,
  checked: false,
  inPlace: false,
  redirect: undefined,
  render: undefined,
  submission: undefined,
};
