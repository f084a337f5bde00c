/**
 * The part of the Standard Schema and Standard JSON Schema specifications (standardschema.dev) that Portico reads.
 * Any library that implements it can describe an action's input and output.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
      options?: never,
    ) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema?: StandardJsonSchema | undefined;
  };
}

export interface StandardJsonSchema {
  readonly input: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
  /** Optional here: who describes only what a schema takes can be used all the same. */
  readonly output?: (options: StandardJsonSchemaOptions) => Record<string, unknown>;
}

interface StandardJsonSchemaOptions {
  readonly target: 'draft-2020-12';
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

// Zod 4 has the types of a schema here, too. Read from `~standard` they cost a definition 150 instantiations more, which is most
// of what it may cost (packages/portico/test/types/budget.test.ts).
interface ZodTypes {
  readonly _zod: { readonly input: unknown; readonly output: unknown };
}

/** What a caller passes. */
export type InferInput<S> = S extends ZodTypes
  ? S['_zod']['input']
  : S extends { readonly '~standard': { readonly types?: infer T } }
    ? NonNullable<T> extends { readonly input: infer I }
      ? I
      : never
    : never;

/** What the handler gets. */
export type InferOutput<S> = S extends ZodTypes
  ? S['_zod']['output']
  : S extends { readonly '~standard': { readonly types?: infer T } }
    ? NonNullable<T> extends { readonly output: infer O }
      ? O
      : never
    : never;

/** Refuses what is no schema where it is written. A constraint would do, and cost 100 instantiations a definition. */
export type SchemaCheck<S> = S extends ZodTypes | undefined
  ? unknown
  : S extends StandardSchema
    ? unknown
    : StandardSchema;
