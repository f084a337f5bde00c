import type { EntryType } from '../../content/entry-type.ts';
import type { Field, FieldLayout, FieldValue, ValueOf } from '../../fields/field.ts';
import type { PublicUser } from '../../users/user-view.ts';
import type { EntryRecord } from './entry-record.ts';

// What a section's entry types make of `where`, `orderBy`, `with` and the entries that are found. `Types` is the union of them.

type LoadedOf<Kind> = Kind extends Field<FieldValue, infer Loaded> ? Loaded : unknown;

type HandlesOf<Types> = Types extends EntryType<string, infer Layout> ? keyof Layout & string : never;
type FieldNamed<Types, Handle> =
  Types extends EntryType<string, infer Layout>
    ? Handle extends keyof Layout
      ? Layout[Handle]
      : never
    : never;

/** What `where` compares of every entry. */
interface ColumnValues<TypeHandle extends string = string> {
  id: number;
  uid: string;
  title: string | null;
  slug: string | null;
  uri: string | null;
  type: TypeHandle;
  authorId: number | null;
  creatorId: number | null;
  parentId: number | null;
  level: number;
  postDate: Date | null;
  expiryDate: Date | null;
  dateCreated: Date;
  dateUpdated: Date;
  enabled: boolean;
  enabledForSite: boolean;
}

type TypeHandles<Types> = Types extends EntryType<infer Handle> ? Handle : never;

/** Names of columns, and of fields as `fields.handle`. */
export type ColumnOf<Types> = keyof ColumnValues | `fields.${HandlesOf<Types>}`;

type FieldColumn<Column> = Column extends `fields.${infer Handle}` ? Handle : never;

// A field that keeps a moment is compared with one, too.
type Scalar<Kind> =
  | Extract<ValueOf<Kind>, string | number | boolean | null>
  | (Kind extends { readonly type: 'date' } ? Date : never);

/** What a column is compared with; null finds what has none. */
export type ComparedWith<Types, Column> = Column extends keyof ColumnValues
  ? ColumnValues<TypeHandles<Types>>[Column]
  : Scalar<FieldNamed<Types, FieldColumn<Column>>>;

type Member<Value> = Value extends readonly (infer Item)[] ? Extract<Item, string | number> : never;

/** What follows an operator. */
export type OperandOf<Types, Column, Op> = Op extends 'contains'
  ? Member<ValueOf<FieldNamed<Types, FieldColumn<Column>>>>
  : Op extends 'in' | 'not in'
    ? ReadonlyArray<NonNullable<ComparedWith<Types, Column>>>
    : Op extends '=' | '!='
      ? ComparedWith<Types, Column>
      : NonNullable<ComparedWith<Types, Column>>;

/** Values by column. */
export type ValuesByColumn<Types> = {
  readonly [Column in ColumnOf<Types>]?: ComparedWith<Types, Column>;
};

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'contains';

/** A condition as a value: what `where` takes, in a list; or values by column, which all must fit. */
export type ConditionOf<Types> =
  | ValuesByColumn<Types>
  | readonly [ColumnOf<Types>, string | number | boolean | Date | null]
  | readonly [
      ColumnOf<Types>,
      Operator,
      string | number | boolean | Date | null | readonly (string | number | Date)[],
    ];

/** Handles of fields that keep one value; all of a layout that is not known. */
type ScalarsOf<Types> =
  Types extends EntryType<string, infer Layout>
    ? {
        [Handle in keyof Layout & string]: string extends Handle
          ? Handle
          : [ValueOf<Layout[Handle]>] extends [string | number | boolean | null]
            ? Handle
            : never;
      }[keyof Layout & string]
    : never;

/** Names of columns and fields to sort by. */
export type SortableOf<Types> =
  | Exclude<
      keyof ColumnValues,
      'uid' | 'authorId' | 'creatorId' | 'parentId' | 'level' | 'enabled' | 'enabledForSite'
    >
  | `fields.${ScalarsOf<Types>}`;

/** Handles of fields that name other things. */
export type RelationsOf<Types> =
  Types extends EntryType<string, infer Layout>
    ? {
        [Handle in keyof Layout & string]: unknown extends LoadedOf<Layout[Handle]> ? never : Handle;
      }[keyof Layout & string]
    : never;

/** What `with` loads. */
export type LoadableOf<Types> = 'author' | 'authors' | 'parent' | 'children' | RelationsOf<Types>;

type FieldsWith<Layout extends FieldLayout, Loads extends string> = {
  readonly [Handle in keyof Layout]: Handle extends Loads
    ? LoadedOf<Layout[Handle]>
    : ValueOf<Layout[Handle]>;
};

type When<Name extends string, Loads extends string, Part> = Name extends Loads ? Part : unknown;

/** An entry that a query found, of any of these types, with what was loaded of it. */
export type EntryOf<Types, Loads extends string = never> =
  Types extends EntryType<infer Handle, infer Layout>
    ? EntryRecord<Handle, FieldsWith<Layout, Loads>> &
        When<'author', Loads, { readonly author: PublicUser | null }> &
        When<'authors', Loads, { readonly authors: readonly PublicUser[] }> &
        When<'parent', Loads, { readonly parent: EntryRecord | null }> &
        When<'children', Loads, { readonly children: readonly EntryRecord[] }>
    : never;
