/** What came of a call, as the explorer's page shows it. */
export interface CallAnswer {
  /** What went out; `undefined` for a call in process. */
  readonly sent: { readonly method: string; readonly target: string } | undefined;
  /** `undefined` for a call in process. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  /** `Set-Cookie` lines, their values shortened. */
  readonly cookies: readonly string[];
  readonly body: AnswerBody;
  readonly errors: AnswerErrors | undefined;
  /** Where the answer leads, and what was found by following it on this site. */
  readonly steps: ReadonlyArray<{ readonly status: number; readonly location: string }>;
  readonly flashes: Readonly<Record<string, string>>;
  /** What the explorer has to say itself. */
  readonly notes: readonly string[];
}

export interface AnswerErrors {
  readonly code: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly formErrors: readonly string[];
}

export interface AnswerBody {
  readonly type: string;
  /** Pretty where it is JSON; `''` where it is no text. */
  readonly text: string;
  readonly bytes: number;
  /** Not read to its end. */
  readonly cut: boolean;
}
