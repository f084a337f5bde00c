import type { StandardIssue, StandardResult, StandardSchema } from './standard.ts';

export type Validation =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly issues: readonly StandardIssue[] };

// A list of a hundred thousand wrong elements is as many issues, and twenty times its size as an answer. A person reads few.
const MAX_ISSUES = 500;

/**
 * Runs a schema on a value. Of more than 500 issues the first 500 are kept. The answer is a promise only where the schema
 * gives one, so that synchronous schemas cost no turn of the event loop. What a schema throws (a refinement of the app's own
 * that fails) is thrown on.
 */
export function validate(schema: StandardSchema, value: unknown): Validation | Promise<Validation> {
  const result = schema['~standard'].validate(value);
  return 'then' in result ? result.then(verdictOf) : verdictOf(result);
}

function verdictOf(result: StandardResult<unknown>): Validation {
  return result.issues === undefined
    ? { ok: true, value: result.value }
    : { ok: false, issues: result.issues.slice(0, MAX_ISSUES) };
}
