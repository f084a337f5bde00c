import type { Exchange } from '../context/exchange.ts';
import type { ObservedError, ObservedInput, ObservedRequest } from '../define/observed-request.ts';
import type { Submission } from '../define/submission.ts';
import type { Match } from '../match/match-url.ts';
import { observedInput, shownPath } from '../outcome/observed-input.ts';
import { shortText } from '../lib/short-text.ts';
import { isInputError, type ActionError } from '../wire/error.ts';

/** What an observer is told with besides the exchange. */
interface Answered {
  readonly status: number;
  /** By `performance.now()`. */
  readonly began: number;
  /** What was answered instead of an outcome: an outage, an error of middleware. */
  readonly error: ActionError | undefined;
}

/** Tells the plugins that observe of a request that was answered. One that throws is logged, and the answer goes out. */
export function observe(exchange: Exchange, match: Match, answered: Answered): void {
  const { observers, logger } = exchange.settings;
  try {
    const seen = new Observation(exchange, match, answered);
    for (const observer of observers) observer(seen);
  } catch (error) {
    logger.error('portico: the observe of a plugin failed', error);
  }
}

class Observation implements ObservedRequest {
  readonly requestId: string;
  readonly at: number;
  readonly action: string;
  readonly door: ObservedRequest['door'];
  readonly method: string;
  readonly path: string;
  readonly outcome: ObservedRequest['outcome'];
  readonly status: number;
  readonly error: ObservedError | undefined;
  readonly userId: string | undefined;
  readonly milliseconds: number;
  readonly #match: Match;
  readonly #submission: Submission | undefined;
  #input: ObservedInput | undefined;

  constructor(exchange: Exchange, match: Match, { status, began, error: refused }: Answered) {
    const { outcome, sessionIfLoaded, incoming } = exchange;
    const error = refused ?? outcome?.error;
    this.requestId = exchange.requestId;
    this.milliseconds = Math.round((performance.now() - began) * 10) / 10;
    this.at = Math.round(Date.now() - this.milliseconds);
    this.action = match.mounted?.name ?? match.name;
    this.door = match.door;
    this.method = incoming.method;
    this.path = shownPath(exchange.path, match.params, match.mounted?.action.definition);
    this.status = status;
    this.error = error && observedError(error);
    this.outcome = error ? 'error' : cameOf(outcome);
    this.userId = sessionIfLoaded?.userId;
    this.#match = match;
    this.#submission = outcome?.submission ?? exchange.submitted;
  }

  get input(): ObservedInput | undefined {
    const { mounted } = this.#match;
    if (!mounted || !this.#submission) return undefined;
    return (this.#input ??= observedInput(mounted.name, mounted.action.definition, this.#submission));
  }
}

function cameOf(outcome: Exchange['outcome']): ObservedRequest['outcome'] {
  if (!outcome) return 'none';
  if (outcome.edited) return 'edited';
  return outcome.response ? 'response' : 'success';
}

// Observers keep many of these, and a body may be wrong in tens of thousands of places.
const MOST_FIELDS = 100;
const MOST_MESSAGES = 10;
const LONGEST_TEXT = 500;

function observedError(error: ActionError): ObservedError {
  const fields = isInputError(error) ? (error.fields as ObservedError['fields']) : {};
  return {
    code: error.code,
    message: shortText(error.message, LONGEST_TEXT),
    fields: Object.fromEntries(
      Object.entries(fields)
        .slice(0, MOST_FIELDS)
        .map(([path, messages]) => [
          shortText(path, LONGEST_TEXT),
          messages.slice(0, MOST_MESSAGES).map((message) => shortText(message, LONGEST_TEXT)),
        ]),
    ),
  };
}
