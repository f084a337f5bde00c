import type { z } from 'zod';
import type { Reference } from './reference.ts';
import type { UploadRules } from './upload-rules.ts';

/** What a custom field keeps: plain JSON. */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue };
export type FieldValues = Readonly<Record<string, FieldValue>>;

/**
 * Which sites share the value of an entry's field: `none` (it is not translated) all of them, `site` none, `language` and
 * `siteGroup` those alike in that. A function gives a key: sites with the same one share.
 */
export type Translation =
  | 'none'
  | 'site'
  | 'siteGroup'
  | 'language'
  | ((site: { readonly handle: string; readonly language: string; readonly group: string }) => string);

export interface FieldOptions {
  /** Name for people. Default: made of the handle. */
  readonly label?: string;
  readonly instructions?: string;
  readonly required?: boolean;
  /** Whether forms and API calls may write it. Only server code writes the others; who tries is told which field it was. */
  readonly frontend?: boolean;
  /** Of entries. Default: `none`. */
  readonly translation?: Translation;
  /** Of entries: whether `search()` looks in it. Default: where it holds words. */
  readonly searchable?: boolean;
  /** Of entries: the handle it had before, so that the next migration moves its values instead of leaving them behind. */
  readonly renamedFrom?: string;
}

/** Why a value was refused, in sentences that name the field by its label; `errors` by path within the value, '' for all of it. */
export type Refusal =
  | { readonly error: string }
  | { readonly errors: Readonly<Record<string, readonly string[]>> };

/** What became of a posted value: what is kept, or why not. */
export type Normalized<Value extends FieldValue> =
  | {
      readonly value: Value | null;
      /** Where in what was posted a path of the kept value was: `0.fields.image` → `entries.new:1.fields.image`. */
      readonly postedAt?: (path: string) => string;
    }
  | Refusal;

/** What a field is told of the circumstances of a value that was posted. */
export interface Posting {
  /** What is kept now; null for a new owner. */
  readonly current: FieldValue;
  /** Whether server code writes: it may write fields without `frontend`, too. */
  readonly trusted: boolean;
  /** IANA name: what a time without a zone is in. */
  readonly timeZone: string;
  /** BCP 47: how dates are written in short where the form names no `locale`. */
  readonly language: string;
  /** Epoch milliseconds: what `now` and `today` are. */
  readonly now: number;
  /**
   * Takes note of a posted file. The number, below 0, stands for its asset in the value until `withNoted` puts its id there:
   * files are written once all else was found right.
   */
  upload(file: File, rules: UploadRules): number;
  /** Takes note of the title of a tag, likewise: it is looked for in the section, and made where there is none. */
  tag(title: string, section: string): number;
  /** The same for what is held at `path` within the value: `entries.new:1.fields.image`. */
  within(path: string, current: FieldValue): Posting;
}

/** A kind of custom field with its options. `Value` is what it keeps, `Loaded` what queries give for it after `.with(handle)`. */
export interface Field<Value extends FieldValue = FieldValue, Loaded = unknown> {
  readonly type: string;
  readonly options: FieldOptions;
  /**
   * What was posted (text, number, boolean, list, nested record, file; of a form or of JSON) → what is kept, or why not.
   * Never guesses: `'abc'` is no number and `'soon'` no date. Blank is null.
   */
  normalize(posted: unknown, label: string, posting: Posting): Normalized<Value>;
  /** Whether a required field with this value is still missing. Without it: null is, and nothing else. */
  isBlank?(value: FieldValue): boolean;
  /**
   * What a value lacks beyond being there, once it counts (an entry that is enabled; a draft may lack it): sentences by path
   * within the value, '' for all of it. `undefined` where nothing is wrong.
   */
  lacks?(value: FieldValue, label: string): Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * Whether a stored value is of a shape that it keeps. One that is not, since the field was of another kind when it was
   * written, is read as `initial`. Without it, `comparedAs` and `initial` tell: text, a number, a list, or anything.
   */
  isKept?(value: FieldValue): boolean;
  /** What a new owner has before anything is set. */
  readonly initial: Value | null;

  /** How queries compare and sort by it, with an index; without it they cannot. */
  readonly comparedAs?: 'text' | 'number';
  /** The texts of a value that holds several, for `where('fields.colours', 'contains', 'red')`. */
  choices?(value: FieldValue): readonly string[];
  /** Whether it names other elements: such a field is for entries only. */
  references?(value: FieldValue): readonly Reference[];
  /** The value with what was noted by `Posting.upload` and `Posting.tag` replaced by ids. */
  withNoted?(value: FieldValue, idOf: (noted: number) => number): Value | null;
  /** Of fields that keep what is above their selection with it: see `Reference.withParents`. */
  withParents?(value: FieldValue, parentOf: (id: number) => number | null): Value | null;
  /** Words to find it by. */
  keywords?(value: FieldValue): string;
  /** How a form asks for it: constraints, options and parts of the control, as a schema says them. */
  formSchema?(): z.ZodType;
  /** For types alone: what `.with(handle)` gives. */
  readonly loaded?: Loaded;
}

/** A field of a list, say, which begins as an empty one and is never null. */
export interface FilledField<Value extends FieldValue, Loaded = unknown> extends Field<Value, Loaded> {
  readonly initial: Value;
}

/** What records have of a field: null, too, unless it begins as something else. */
export type ValueOf<Kind> =
  Kind extends Field<infer Value>
    ? Kind extends { readonly initial: NonNullable<unknown> }
      ? Value
      : Value | null
    : never;

/** The fields of a model, by handle. */
export type FieldLayout = Readonly<Record<string, Field>>;

/** The values of a layout's fields, for typed queries. */
export type ValuesOf<Layout extends FieldLayout> = {
  readonly [Handle in keyof Layout]: ValueOf<Layout[Handle]>;
};
