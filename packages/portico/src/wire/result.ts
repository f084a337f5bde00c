import type { ActionError, ActionInputError } from './error.ts';
import type { ActionErrorCode } from './codes.ts';

/** The errors a caller can meet: the action's own with their data, the IANA codes, refused input. */
export type ErrorOf<Own> =
  | { [Code in keyof Own & string]: ActionError<Code, Own[Code]> }[keyof Own & string]
  | ActionError<Exclude<ActionErrorCode, keyof Own | 'BAD_REQUEST'>, unknown>
  | ActionError<'BAD_REQUEST', undefined>
  | ActionError<'CSRF_FAILED', { reason: string }>
  | ActionInputError;

/**
 * What came of a call: data, or an error. Check `error` and the other one is known.
 * `redirect` is where the action wants its caller to go, resolved and ready for `location.assign`.
 */
export type SafeResult<Data, Own = {}> =
  | { data: Data; error: undefined; redirect?: string | undefined }
  | { data: undefined; error: ErrorOf<Own>; redirect?: undefined };

/** A result of an action that the types do not know, as Portico itself hands it on. */
export interface UntypedResult {
  readonly data: unknown;
  readonly error: ActionError | undefined;
  readonly redirect?: string | undefined;
}

/** An error on the wire. */
export interface WireError {
  type: 'ActionError' | 'ActionInputError';
  code: string;
  status: number;
  message: string;
  data?: unknown;
  issues?: ReadonlyArray<{ message: string; path?: ReadonlyArray<string | number> }>;
  fields?: Record<string, string[]>;
  formErrors?: string[];
  requestId?: string;
}
