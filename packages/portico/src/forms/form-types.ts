import type { InferInput, StandardSchema } from '../schema/standard.ts';
import type { FieldPath, FieldValues, ItemOf, ListName } from './field-path.ts';

export interface FormOptions<
  Input = unknown,
  Schema extends StandardSchema | undefined = StandardSchema | undefined,
> {
  /** Tells this form from another one of the same action on the page: it is sent as `_form`, and starts the fields' ids. */
  readonly id?: string;
  /** What the fields show before anything was submitted, such as the entry that is edited. */
  readonly values?: FieldValues<Input>;
  /**
   * What this form knows of its fields beyond the action's own schema, or in its place, property by property: their
   * constraints, options, rows and files, as those of custom fields. It describes; the action alone decides what it takes.
   * Make it once, as it is compiled once for each object.
   */
  readonly schema?: Schema;
  /** Where to go after success: `/posts/{slug}`. It travels signed. */
  readonly redirect?: string;
  /** What the flash says after success; it travels signed. */
  readonly successMessage?: string;
  /** What the flash and the page say after a failure; it travels signed. */
  readonly failMessage?: string;
  /**
   * Whether the form carries a CSRF token. By default it does where one is asked for (`csrf: 'token'`), and in `csrf: 'auto'`
   * where the visitor has a session already: browsers' headers settle it for everybody, and a token would keep the pages of
   * visitors without a session out of every cache. A form with a token makes its page uncacheable.
   */
  readonly csrf?: boolean;
}

/** What the fields of a form are: the action's input, with what the form's own schema says in its place. */
export type FormInput<Input, Schema> = Schema extends StandardSchema
  ? unknown extends Input
    ? Input
    : {
        readonly [Key in keyof Input as Key extends keyof InferInput<Schema> ? never : Key]: Input[Key];
      } & InferInput<Schema>
  : Input;

export interface HiddenField {
  readonly name: string;
  readonly value: string;
}

/** Attributes of the `<form>` by their HTML names. (A type and no interface, so that `attributes()` takes it.) */
export type FormAttributes = {
  readonly method: 'post';
  readonly action: string;
  readonly enctype?: 'multipart/form-data';
  readonly id?: string;
};

/** The same by React's names. */
export type FormProps = {
  readonly method: 'post';
  readonly action: string;
  readonly encType?: 'multipart/form-data';
  readonly id?: string;
};

/** One form instance as plain data, for whatever renders it. */
export interface Form<Input = unknown> {
  readonly attributes: FormAttributes;
  readonly props: FormProps;
  /** Hidden inputs: print them first in the form, before any file input. */
  readonly hidden: readonly HiddenField[];
  /** What is wrong with the input as a whole. */
  readonly errors: readonly string[];
  /** What the last submission of this very form failed with; `undefined` where it did not. */
  readonly message: string | undefined;
  /** A field by its name in any notation. */
  field(name: FieldPath<Input>): FormField;
  /**
   * The rows of a list with the buttons that add, remove and move them. They are submit buttons: a browser presses the first
   * submit button of the form when Enter is hit in a field, so one that submits the form must stand before the first row
   * (`hiddenInputs(form)` prints such a button where the schema has rows).
   */
  list<const Name extends ListName<Input>>(name: Name): FormList<ItemOf<Input, Name>>;
  /** Whether the schema has lists that are shown as rows. */
  readonly hasRows: boolean;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

/** Attributes of an input, select or textarea by their HTML names. A missing key is an attribute left out. */
export type FieldAttributes = {
  id: string;
  name: string;
  type?: string;
  value?: string;
  checked?: true;
  required?: true;
  min?: string;
  max?: string;
  minlength?: number;
  maxlength?: number;
  step?: string;
  pattern?: string;
  accept?: string;
  multiple?: true;
  'aria-invalid'?: 'true';
  'aria-describedby'?: string;
};

/** The same by React's names; values are defaults, so that the field stays the visitor's to change. */
export type FieldProps = {
  id: string;
  name: string;
  type?: string;
  /** Of a checkbox: what is sent when it is checked. */
  value?: string;
  defaultValue?: string | readonly string[];
  defaultChecked?: boolean;
  required?: true;
  min?: string;
  max?: string;
  minLength?: number;
  maxLength?: number;
  step?: string;
  pattern?: string;
  accept?: string;
  multiple?: true;
  'aria-invalid'?: 'true';
  'aria-describedby'?: string;
};

export interface FormField {
  readonly name: string;
  readonly id: string;
  /** What the field shows: a list for a list, `'true'` or `''` for a checkbox. Secrets and files never have one. */
  readonly value: string | readonly string[];
  readonly errors: readonly string[];
  /** What there is to choose from, if it is a choice. */
  readonly options: readonly FieldOption[] | undefined;
  /** Hidden inputs to print before the field: browsers send nothing for what is unchecked, which may have a default. */
  readonly hidden: readonly HiddenField[];
  readonly attributes: FieldAttributes;
  readonly props: FieldProps;
}

/** A submit button that changes a list instead of submitting the form. */
export interface ListButton {
  readonly name: string;
  readonly value: string;
  readonly attributes: {
    readonly type: 'submit';
    readonly name: string;
    readonly value: string;
    readonly formnovalidate: true;
    readonly disabled?: true;
  };
  readonly props: {
    readonly type: 'submit';
    readonly name: string;
    readonly value: string;
    readonly formNoValidate: true;
    readonly disabled?: true;
  };
}

export interface FormRow<Item = unknown> {
  readonly index: number;
  /** The name its fields start with: `items[0]`. */
  readonly name: string;
  /** A field of the row by its name inside of it; without a name the row itself, in a list of texts or numbers. */
  field(name?: FieldPath<Item>): FormField;
  readonly remove: ListButton;
  readonly up: ListButton;
  readonly down: ListButton;
}

export interface FormList<Item = unknown> {
  readonly name: string;
  readonly rows: ReadonlyArray<FormRow<Item>>;
  readonly add: ListButton;
  /** What is wrong with the list as a whole; what is wrong with a row stands with its fields. */
  readonly errors: readonly string[];
}
