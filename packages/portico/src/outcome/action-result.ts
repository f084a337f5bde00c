import type { AnyAction } from '../define/action.ts';
import { actionName } from '../define/action-name.ts';
import type { Outcome } from '../define/outcome.ts';
import { stateOf } from '../http/session/session.ts';
import type { UntypedResult } from '../wire/result.ts';
import type { Exchange } from '../context/exchange.ts';
import { resultOf } from './result-of.ts';
import {
  deserializeActionResult,
  serializeActionResult,
  type SerializedActionResult,
} from './serialize-result.ts';
import { unserialisable } from './unserialisable.ts';

/** A result that waits in the session for the page after the redirect. Without `value` it only says that it happened. */
interface WaitingResult {
  readonly action: string;
  readonly formId: string;
  /** The page that may read it. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly value?: SerializedActionResult;
}

// One session key a result: two forms that are posted at once do not undo each other.
const PREFIX = '_results/';
const LIFETIME = 60_000;
const MAX_BYTES = 64 * 1024;
const MAX_WAITING = 8;
const MAX_NAMING = 1024;

/** Has a success wait for the page that the redirect leads to. What cannot be kept is left out and logged, never an error. */
export function saveActionResult(exchange: Exchange, outcome: Outcome, target: string): void {
  const state = stateOf(exchange.session);
  const now = Date.now();
  const others = waiting(exchange).filter(([key, entry]) => {
    if (now - entry.at < LIFETIME) return true;
    state.delete(key);
    return false;
  });
  for (const [key] of others.slice(0, Math.max(0, others.length + 1 - MAX_WAITING))) state.delete(key);
  const formId = outcome.submission?.formId ?? '';
  const path = pathOf(exchange, target);
  // Both are a client's text, and stand in the session as often as three times.
  if (formId.length + path.length > MAX_NAMING) return;
  const mark: WaitingResult = { action: outcome.name, formId, path, at: now };
  const value = serializedValue(exchange, outcome);
  state.set(`${PREFIX}${outcome.name}#${formId}@${path}`, value === undefined ? mark : { ...mark, value });
}

/**
 * The result for a page: what middleware set, what came of this very request, or what waits in the session, which is then
 * used up.
 */
export function readActionResult(
  exchange: Exchange,
  action: AnyAction,
  formId: string | undefined,
): UntypedResult | undefined {
  const name = actionName(action);
  const set = exchange.results.get(name);
  if (set) return set;
  const { outcome } = exchange;
  if (outcome?.name === name && !outcome.edited) {
    const ownId = (outcome.submission ?? exchange.submitted)?.formId ?? '';
    return formId === undefined || formId === ownId ? resultOf(exchange, outcome) : undefined;
  }
  if (exchange.failure?.action === name && (formId === undefined || formId === exchange.failure.formId)) {
    return { data: undefined, error: exchange.failure.error };
  }
  return exchange.sessionIfLoaded ? takeWaiting(exchange, name, formId) : undefined;
}

/** Forgets results that no page has read in time: in a cookie they would take the room of others. */
export function pruneActionResults(exchange: Exchange): void {
  if (!exchange.sessionIfLoaded) return;
  const now = Date.now();
  for (const [key, entry] of waiting(exchange)) {
    if (now - entry.at >= LIFETIME) stateOf(exchange.session).delete(key);
  }
}

function takeWaiting(
  exchange: Exchange,
  name: string,
  formId: string | undefined,
): UntypedResult | undefined {
  // A page may ask for its result more than once while it renders.
  const cacheKey = `${name}#${formId ?? '*'}`;
  const taken = exchange.taken.get(cacheKey);
  if (taken) return taken;
  const now = Date.now();
  const found = waiting(exchange).find(
    ([, entry]) =>
      entry.action === name &&
      (formId === undefined || entry.formId === formId) &&
      entry.path === exchange.shownPath &&
      now - entry.at < LIFETIME,
  );
  if (!found) return undefined;
  const [key, entry] = found;
  stateOf(exchange.session).delete(key);
  const result = entry.value ? deserializeActionResult(entry.value) : { data: undefined, error: undefined };
  exchange.taken.set(cacheKey, result);
  return result;
}

function waiting(exchange: Exchange): Array<readonly [key: string, entry: WaitingResult]> {
  const state = stateOf(exchange.session);
  const entries: Array<readonly [string, WaitingResult]> = [];
  for (const key of state.keys()) {
    if (key.startsWith(PREFIX)) entries.push([key, state.get(key) as WaitingResult]);
  }
  return entries;
}

function serializedValue(exchange: Exchange, outcome: Outcome): SerializedActionResult | undefined {
  if (outcome.data === undefined) return undefined;
  try {
    const serialized = serializeActionResult({ data: outcome.data, error: undefined });
    if (serialized.type === 'data' && Buffer.byteLength(serialized.body) <= MAX_BYTES) return serialized;
    exchange.settings.logger.warn(
      `portico: the result of ${outcome.name} is over 64 KiB, so the page after the redirect does not get it.`,
    );
  } catch (cause) {
    exchange.reportError(unserialisable(outcome.name, cause, exchange.requestId));
  }
  return undefined;
}

function pathOf(exchange: Exchange, target: string): string {
  return URL.canParse(target, exchange.url) ? new URL(target, exchange.url).pathname : exchange.path;
}
