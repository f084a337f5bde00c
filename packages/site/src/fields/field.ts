/** What a custom field keeps: plain JSON. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface FieldOptions {
  /** Name for people. Default: made of the handle. */
  readonly label?: string;
  readonly instructions?: string;
  readonly required?: boolean;
  /** Whether forms and API calls may write it. Only server code writes the others; who tries is told which field it was. */
  readonly frontend?: boolean;
}

/** Why a value was refused: a sentence that names the field by its label. */
export type Refusal = { readonly error: string };

/** What became of a posted value: what is kept, or why not. */
export type Normalized<Value extends FieldValue> = { readonly value: Value | null } | Refusal;

/** A kind of custom field with its options. `Value` is what it keeps, and what queries give back. */
export interface Field<Value extends FieldValue = FieldValue> {
  readonly type: string;
  readonly options: FieldOptions;
  /**
   * What was posted (text, number, boolean, list, nested record; of a form or of JSON) → what is kept, or why not.
   * Never guesses: `'abc'` is no number and `'soon'` no date. Blank is null.
   */
  normalize(posted: unknown, label: string): Normalized<Value>;
  /** Whether a required field with this value is still missing. Without it: null is, and nothing else. */
  isBlank?(value: FieldValue): boolean;
  /** What a new owner has before anything is set. */
  readonly initial: Value | null;
}

/** The fields of a model, by handle. */
export type FieldLayout = Readonly<Record<string, Field>>;

/** The values of a layout's fields, for typed queries. */
export type ValuesOf<Layout extends FieldLayout> = {
  readonly [Handle in keyof Layout]: Layout[Handle] extends Field<infer Value> ? Value | null : never;
};
