import { ActionInputError, ErrorBase } from './error-base.ts';
import type { ActionError } from './error.ts';
import type { WireError } from './result.ts';

/**
 * The error that a body of the wire describes. Whatever is missing is filled in, nothing is trusted to be
 * there.
 */
export function errorFromWire(wire: Partial<WireError>): ActionError {
  const { code = 'INTERNAL_SERVER_ERROR', status = 500, message, data, requestId } = wire;
  if (wire.type === 'ActionInputError') {
    return new ActionInputError({
      issues: wire.issues ?? [],
      fields: wire.fields ?? {},
      formErrors: wire.formErrors ?? [],
      message,
      status,
      requestId,
    });
  }
  return new ErrorBase({ code, message, data, requestId }, status);
}
