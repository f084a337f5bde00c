import { isInputError } from 'portico';

/** An error as lines for the terminal: what is wrong, field by field, and what caused it. */
export function describeError(error: unknown): readonly string[] {
  if (isInputError(error)) {
    const fields = Object.entries(error.fields).flatMap(([field, messages]) =>
      (messages ?? []).map((message) => `${field}: ${message}`),
    );
    return [...error.formErrors, ...fields];
  }
  if (!(error instanceof Error)) return [String(error)];
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause === '' || error.message.includes(cause) ? [error.message] : [error.message, `Cause: ${cause}`];
}
