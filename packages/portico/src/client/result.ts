import { errorFromWire } from '../wire/error-from-wire.ts';
import type { ActionError } from '../wire/error.ts';
import { REDIRECT_MARK } from '../wire/names.ts';
import type { WireError } from '../wire/result.ts';
import { isOk, notOurs, type Answer } from './answer.ts';

/** What came of a call, before its types are known. */
export interface Result {
  data: unknown;
  error: ActionError | undefined;
  redirect?: string;
}

/**
 * The result that an answer of the rpc wire stands for. Throws `UNEXPECTED_RESPONSE` for an error that is not
 * of the wire.
 */
export function resultOf(answer: Answer, body: unknown): Result {
  if (!isOk(answer)) {
    if (!isWireError(body)) notOurs(answer);
    // The true status, whatever the body says.
    return { data: undefined, error: errorFromWire({ ...body, status: answer.status }) };
  }
  if (!answer.type.includes(REDIRECT_MARK)) return { data: body, error: undefined };
  const { data, redirect } = body as { data?: unknown; redirect: string };
  return { data, error: undefined, redirect };
}

export function isWireError(body: unknown): body is Partial<WireError> {
  const { type } = (body ?? {}) as Partial<WireError>;
  return type === 'ActionError' || type === 'ActionInputError';
}
