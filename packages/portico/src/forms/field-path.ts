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

/** The fields of an input by name, for completion: `email`, `address.city`, `items[0].qty`. Any other text is taken too. */
export type FieldPath<Input> =
  | (unknown extends Input
      ? never
      : Input extends Leaf
        ? never
        : { [Key in keyof Input & string]: Below<Input[Key], Key, 2> }[keyof Input & string])
  | (string & {});

/** The names of the lists of an input, and any other text. */
export type ListName<Input> =
  | (Input extends Leaf
      ? never
      : {
          [Key in keyof Input & string]: NonNullable<Input[Key]> extends
            | readonly unknown[]
            | ReadonlySet<unknown>
            ? Key
            : never;
        }[keyof Input & string])
  | (string & {});

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
