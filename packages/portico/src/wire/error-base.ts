import type { ActionError } from './error.ts';

// Symbols cannot come out of JSON, so no payload can pass for an error of ours.
// `Symbol.for`: two copies of the package (a bundle and its externals) still know each other's errors.
const ACTION_ERROR = Symbol.for('portico.ActionError');
const INPUT_ERROR = Symbol.for('portico.ActionInputError');

/** One reason why input was refused, in the form of the Standard Schema specification. */
export interface InputIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

export interface ActionErrorOptions<Code extends string = string, Data = unknown> {
  code: Code;
  /** For people. It is sent to the client, so it must not hold secrets. Default: the code. */
  message?: string | undefined;
  /** Sent to the client with the error. */
  data?: Data | undefined;
  /** Kept for the log, never sent. */
  cause?: unknown;
  /** Headers for the HTTP answer, such as `Retry-After`. */
  headers?: Record<string, string> | undefined;
  /** HTTP status; default: the status of `code`, 500 for a code outside the IANA list. */
  status?: number | undefined;
  /** Names the request in the server's log. */
  requestId?: string | undefined;
}

/**
 * All of an `ActionError` but the table of codes, so that a client, which is told the status, need not bundle
 * the table. To everyone it is an `ActionError`: by its brand, by `instanceof` and by its type.
 */
export class ErrorBase<Code extends string = string, Data = unknown> extends Error {
  readonly type: string = 'ActionError';
  declare readonly code: Code;
  declare readonly status: number;
  declare readonly data: Data;
  declare readonly headers: Record<string, string> | undefined;
  declare requestId: string | undefined;

  constructor(options: ActionErrorOptions<Code, Data>, status: number) {
    const { code, message = code, data, cause, headers, requestId } = options;
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { name: 'ActionError', code, status, data, headers, requestId });
  }
}
Object.defineProperty(ErrorBase.prototype, ACTION_ERROR, { value: true });

/** Messages by full dotted path (`items.0.qty`). It has no prototype: a field may be called `constructor`. */
export type FieldErrors<Path extends string = string> = Partial<Record<Path, string[]>>;

export interface ActionInputErrorOptions<Path extends string = string> {
  issues: readonly InputIssue[];
  fields: FieldErrors<Path>;
  formErrors: string[];
  message?: string | undefined;
  status?: number | undefined;
  requestId?: string | undefined;
}

/**
 * The input did not satisfy the action's schema. `fields` says where, `formErrors` what concerns the whole
 * input.
 */
export class ActionInputError<Path extends string = string> extends ErrorBase<'BAD_REQUEST', undefined> {
  override readonly type: string = 'ActionInputError';
  declare readonly issues: readonly InputIssue[];
  declare readonly fields: FieldErrors<Path>;
  declare readonly formErrors: string[];

  constructor(options: ActionInputErrorOptions<Path>) {
    const { issues, formErrors, message = 'The input is not valid.', status = 400, requestId } = options;
    super({ code: 'BAD_REQUEST', message, requestId }, status);
    const fields = Object.assign(Object.create(null) as FieldErrors<Path>, options.fields);
    Object.assign(this, { name: 'ActionInputError', issues, fields, formErrors });
  }
}
Object.defineProperty(ActionInputError.prototype, INPUT_ERROR, { value: true });

function isBranded(value: unknown, brand: symbol): boolean {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}

/** Whether a value is an error of an action, input errors included. Takes anything, `undefined` too. */
export function isActionError(error: unknown): error is ActionError {
  return isBranded(error, ACTION_ERROR);
}

/**
 * Whether an error says that the input did not satisfy the schema; then it has `fields`, `formErrors` and
 * `issues`.
 */
export function isInputError<E>(
  error: E,
): error is Extract<E, ActionInputError> extends never ? E & ActionInputError : Extract<E, ActionInputError> {
  return isBranded(error, INPUT_ERROR);
}
