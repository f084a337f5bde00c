import type { Outcome } from '../define/outcome.ts';
import type { Reply } from '../http/reply.ts';
import { errorToWire } from '../outcome/wire-error.ts';
import { isInputError } from '../wire/error.ts';

const NOT_KEPT = ['Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff'];

/**
 * What is told to whoever only asked, the same at every door: 204, or 422 with the errors by field, which both Laravel's
 * clients (`errors`) and Portico's (the error of the wire) understand. `undefined` for what the door says in its own words: any
 * other error, a response of middleware.
 */
export function precognitionReply({ error, response }: Outcome): Reply | undefined {
  if (response) return undefined;
  // Whatever middleware put in place of the check, nothing of it is for a page to find.
  if (!error) return { status: 204, headers: ['Precognition-Success', 'true', ...NOT_KEPT], body: null };
  if (!isInputError(error)) return undefined;
  const body = { ...errorToWire(error), status: 422, errors: error.fields };
  return {
    status: 422,
    headers: ['Content-Type', 'application/json', ...NOT_KEPT],
    body: JSON.stringify(body),
  };
}
