import type { DoorName } from './context.ts';

/** One request of an action, as a plugin's `observe` is told of it. It holds no secret, no file and no cookie. */
export interface ObservedRequest {
  readonly requestId: string;
  /** When it arrived, in epoch milliseconds. */
  readonly at: number;
  /** The canonical name; as the request spelled it where there is no such action. */
  readonly action: string;
  readonly door: DoorName;
  readonly method: string;
  /** Without the query, and with `…` for parameters of a route that are secret. */
  readonly path: string;
  /** What was sent, as far as it was read; `undefined` where nothing was. Made when it is first read. */
  readonly input: ObservedInput | undefined;
  /**
   * `success`, `error`; `response`: the handler or middleware answered itself; `edited`: a button of a list changed the form;
   * `none`: the action never came to run, and said nothing (request middleware answered).
   */
  readonly outcome: 'success' | 'error' | 'response' | 'edited' | 'none';
  readonly status: number;
  readonly error: ObservedError | undefined;
  /** Who is signed in to the session. */
  readonly userId: string | undefined;
  /** Until the answer was ready to be written. */
  readonly milliseconds: number;
}

export interface ObservedError {
  readonly code: string;
  readonly message: string;
  /** Messages by dotted path, where the input was refused: of the first 100 fields. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

export interface ObservedInput {
  /** Texts by the name of the field; JSON is laid out as the fields of a form. Cut after 64 Ki characters. */
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>;
  /** Size in bytes. */
  readonly files: ReadonlyArray<{ readonly field: string; readonly name: string; readonly size: number }>;
  /** Fields that were sent and are secret: the first 100. */
  readonly withheld: readonly string[];
}
