/** What has no fields of its own. */
type Leaf =
  | string
  | number
  | bigint
  | boolean
  | symbol
  | null
  | undefined
  | Date
  | URL
  | Blob
  | FormData
  | ((...args: never) => unknown);

/** How much deeper paths are spelled out; deeper ones are plain text to the checker. */
type Deeper = [never, 0, 1, 2];
type Depth = 0 | 1 | 2 | 3;

type Below<T, Prefix extends string, D extends Depth> =
  | Prefix
  | (D extends 0
      ? never
      : T extends Leaf
        ? never
        : T extends ReadonlyArray<infer Item> | ReadonlySet<infer Item>
          ? Below<Item, `${Prefix}[${number}]`, Deeper[D]>
          : { [Key in keyof T & string]: Below<T[Key], `${Prefix}.${Key}`, Deeper[D]> }[keyof T & string]);

/** A name that starts with a field the types know: what lies deeper, or is put together at run time. */
type Within<Input> = `${keyof Input & string}${'.' | '['}${string}`;

/** The fields of an input by name: `email`, `address.city`, `items[0].qty`. What the types do not know takes any text. */
export type FieldPath<Input> = unknown extends Input
  ? string
  : Input extends Leaf
    ? string
    : { [Key in keyof Input & string]: Below<Input[Key], Key, 2> }[keyof Input & string] | Within<Input>;

/** The names of the lists of an input. */
export type ListName<Input> = unknown extends Input
  ? string
  : Input extends Leaf
    ? string
    :
        | {
            [Key in keyof Input & string]: NonNullable<Input[Key]> extends
              | readonly unknown[]
              | ReadonlySet<unknown>
              ? Key
              : never;
          }[keyof Input & string]
        | Within<Input>;

/** What the elements of a named list are; `unknown` for a name the types do not know. */
export type ItemOf<Input, Name> = Name extends keyof Input
  ? NonNullable<Input[Name]> extends ReadonlyArray<infer Item> | ReadonlySet<infer Item>
    ? Item
    : unknown
  : unknown;

/** Values to begin with: any part of the schema's input, at any depth. `null` is an empty field. */
export type FieldValues<Input> = unknown extends Input
  ? unknown
  : Input extends FormData
    ? Readonly<Record<string, unknown>>
    : Input extends Leaf
      ? Input | null | undefined
      : Input extends ReadonlyArray<infer Item> | ReadonlySet<infer Item>
        ? ReadonlyArray<FieldValues<Item>> | ReadonlySet<Item> | null | undefined
        : { readonly [Key in keyof Input]?: FieldValues<Input[Key]> | null | undefined };
