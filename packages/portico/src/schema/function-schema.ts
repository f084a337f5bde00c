import type { StandardResult, StandardSchema } from './standard.ts';

/** A schema that is one function, without a library. It does not describe itself, so an action says by `decode` how its fields decode. */
export function functionSchema<Output>(
  validate: (value: unknown) => StandardResult<Output>,
): StandardSchema<Output> {
  return { '~standard': { version: 1, vendor: 'portico', validate } };
}
