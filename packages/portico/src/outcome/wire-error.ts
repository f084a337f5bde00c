import { isInputError, type ActionError } from '../wire/error.ts';
import type { WireError } from '../wire/result.ts';

/** An error as it is sent: never its cause, never its stack. */
export function errorToWire(error: ActionError): WireError {
  const wire: WireError = {
    type: isInputError(error) ? 'ActionInputError' : 'ActionError',
    code: error.code,
    status: error.status,
    message: error.message,
  };
  if (error.data !== undefined) wire.data = error.data;
  if (isInputError(error)) {
    wire.issues = error.issues.map((issue) => ({
      message: issue.message,
      ...(issue.path && { path: issue.path.map(wireSegment) }),
    }));
    wire.fields = error.fields as Record<string, string[]>;
    wire.formErrors = error.formErrors;
  }
  if (error.requestId !== undefined) wire.requestId = error.requestId;
  return wire;
}

function wireSegment(part: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof part === 'object' ? part.key : part;
  return typeof key === 'symbol' ? String(key) : key;
}
