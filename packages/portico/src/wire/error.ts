import { codeOfStatus, STATUS_BY_CODE, type ActionErrorCode } from './codes.ts';
import { ErrorBase, isActionError, type ActionErrorOptions } from './error-base.ts';

export { ActionInputError, isActionError, isInputError } from './error-base.ts';
export type { ActionErrorOptions, FieldErrors, InputIssue } from './error-base.ts';

/**
 * An error an action means its caller to see: thrown by a handler, returned as `error` to whoever called.
 * Every other thrown value reaches the client as `INTERNAL_SERVER_ERROR` without its message.
 */
export class ActionError<Code extends string = string, Data = unknown> extends ErrorBase<Code, Data> {
  constructor(options: ActionErrorOptions<Code, Data>) {
    super(options, options.status ?? ActionError.codeToStatus(options.code));
  }

  /** The HTTP status of a code; 500 for a code that is not in the IANA list. */
  static codeToStatus(code: string): number {
    return Object.hasOwn(STATUS_BY_CODE, code) ? STATUS_BY_CODE[code as ActionErrorCode] : 500;
  }

  /** The code of an HTTP status. */
  static statusToCode(status: number): ActionErrorCode {
    return codeOfStatus(status);
  }

  // Input errors, and all that come over the wire, are made without the table of codes that this class brings
  // along.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === ActionError
      ? isActionError(value)
      : Function.prototype[Symbol.hasInstance].call(this, value);
  }
}
