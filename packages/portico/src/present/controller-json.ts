import type { Outcome } from '../define/outcome.ts';
import { maskedToken } from '../http/csrf/csrf-token.ts';
import type { Reply } from '../http/reply.ts';
import { stateOf } from '../http/session/session.ts';
import { flatJson } from '../lib/flat-json.ts';
import type { Exchange } from '../context/exchange.ts';
import { addedBy, inputErrors } from '../outcome/failure.ts';
import { failureMessage, successMessage } from '../outcome/messages.ts';
import { modelName, modelOf } from '../outcome/model.ts';
import { resolveRedirect } from '../outcome/resolve-redirect.ts';
import { submittedModel } from '../outcome/submitted-model.ts';
import { unserialisable } from '../outcome/unserialisable.ts';
import { wireErrorReply } from './wire-reply.ts';
import { CSRF_FIELD } from '../wire/names.ts';
import { isInputError } from '../wire/error.ts';

/** `{ …data, message?, redirect?, modelName?, [modelName]: model, modelId?, csrfTokenValue? }`; the data's keys win. */
export function controllerSuccessJson(exchange: Exchange, outcome: Outcome): Reply {
  const body: Record<string, unknown> = {};
  const message = exchange.incoming.method === 'GET' ? undefined : successMessage(exchange, outcome);
  if (message !== undefined) body['message'] = message;
  const redirect = resolveRedirect(exchange, outcome);
  if (redirect) body['redirect'] = redirect.to;
  const model = modelOf(outcome);
  if (model) {
    body['modelName'] = model.name;
    body[model.name] = model.value;
    const id: unknown =
      typeof model.value === 'object' && model.value !== null
        ? (model.value as { id?: unknown }).id
        : undefined;
    if (id !== undefined) body['modelId'] = id;
  }
  // The token a page holds is worth nothing once the identity behind it changed: the script that stays needs the new one.
  const session = exchange.sessionIfLoaded;
  if (session && stateOf(session).renewed) {
    session.ensure();
    const { csrfTokenName, keyring } = exchange.settings;
    body['csrfTokenValue'] = maskedToken(keyring, exchange.csrfBinding);
    if (csrfTokenName !== CSRF_FIELD) body['csrfTokenName'] = csrfTokenName;
  }
  const { data } = outcome;
  if (typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Date))
    Object.assign(body, data);
  else if (data !== undefined) body['data'] = data;
  try {
    return jsonReply(exchange.context.status ?? 200, body);
  } catch (cause) {
    const error = unserialisable(outcome.name, cause, exchange.requestId);
    exchange.reportError(error);
    return wireErrorReply(error);
  }
}

/** `{ message, error, errors, code, modelName?, [modelName]: what was submitted, …what the action added }`. */
export function controllerFailureJson(exchange: Exchange, outcome: Outcome, status: number): Reply {
  const { error } = outcome;
  const message = failureMessage(outcome);
  const body: Record<string, unknown> = { message, error: message, code: error?.code };
  if (isInputError(error) && error.formErrors.length > 0) body['formErrors'] = error.formErrors;
  if (error?.requestId !== undefined) body['requestId'] = error.requestId;
  const name = modelName(outcome);
  if (name !== undefined) {
    body['modelName'] = name;
    body[name] = submittedModel(outcome);
  }
  if (exchange.settings.dev && error?.cause instanceof Error)
    Object.assign(body, developerDetails(error.cause));
  // An action may add an `errors` of its own, as Craft's list of sentences: then the input was valid.
  const reply = failureReply(status, { errors: inputErrors(outcome), ...addedBy(outcome) }, body);
  for (const [header, value] of Object.entries(error?.headers ?? {})) reply.headers.push(header, value);
  return reply;
}

// What an action added may be more than JSON can say; the failure itself matters more.
function failureReply(status: number, added: Record<string, unknown>, body: Record<string, unknown>): Reply {
  try {
    return jsonReply(status, { ...added, ...body });
  } catch {
    return jsonReply(status, body);
  }
}

function developerDetails(cause: Error): Record<string, unknown> {
  const trace = (cause.stack ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
  const place = /\(?([^()\s]+):(\d+):\d+\)?$/.exec(trace[0] ?? '');
  return {
    exception: `${cause.name}: ${cause.message}`,
    file: place?.[1],
    line: Number(place?.[2] ?? 0),
    trace,
  };
}

function jsonReply(status: number, body: Record<string, unknown>): Reply {
  return {
    status,
    headers: [
      'Content-Type',
      'application/json',
      'Cache-Control',
      'no-store',
      'X-Content-Type-Options',
      'nosniff',
    ],
    body: flatJson(body),
  };
}
