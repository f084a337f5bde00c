/** One field of a form, or one query parameter. */
export type Entry = readonly [name: string, value: string | File];

/** What arrived at a door, before the action's plan and schema make input of it. */
export type Submission = FormSubmission | JsonSubmission | TypedSubmission;

/** Text and files by name: a form body, a query string, route parameters, merged. */
export interface FormSubmission extends SubmissionExtras {
  readonly kind: 'form';
  readonly entries: readonly Entry[];
}

/** A parsed JSON body; `query` and `params` are what a controller door adds to it. */
export interface JsonSubmission extends SubmissionExtras {
  readonly kind: 'json';
  readonly value: unknown;
  readonly query?: readonly Entry[];
  readonly params?: readonly Entry[];
}

/** A value handed over in process. */
interface TypedSubmission extends SubmissionExtras {
  readonly kind: 'typed';
  readonly value: unknown;
}

/** Fields of a body that are for Portico: verified, and gone from the input. */
interface SubmissionExtras {
  readonly signed?: SignedValues;
  readonly formId?: string | undefined;
  /** The button of a list that was pressed: `add:items`, `remove:items:2`, `up:items:2`, `down:items:2`. */
  readonly listIntent?: string | undefined;
}

/** Values whose signatures were verified, by parameter name. */
export interface SignedValues {
  readonly redirect?: string;
  readonly successMessage?: string;
  readonly failMessage?: string;
  /** The name under which the page wants the model: `entryVariable`, `userVariable`. */
  readonly modelVariable?: string;
  /** The form's one-time id. */
  readonly once?: string;
}
