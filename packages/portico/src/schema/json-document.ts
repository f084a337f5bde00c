/** The keywords of JSON Schema (draft 2020-12) that the plan compiler reads. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly items?: boolean | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly title?: string;
  /** By value of an enum: what people read. No keyword of JSON Schema, which keeps what it does not know. */
  readonly labels?: unknown;
  readonly description?: string;
  readonly [MARK]?: Mark;
}

/** The extension keyword under which vendor adapters say what JSON Schema cannot. */
export const MARK = 'x-portico';

/**
 * What a node is where JSON Schema has no word for it. Libraries copy schemas through JSON, so a mark is plain JSON itself:
 * whatever is not (an inner schema, a bigint) stands in the document's `attachments`, and the mark holds its index.
 */
export interface Mark {
  readonly kind?: 'date' | 'bigint' | 'url' | 'file' | 'set' | 'map' | 'formdata' | 'undefined' | 'literal';
  /** Bounds of a date (ISO 8601) or a bigint (decimal). */
  readonly minimum?: string | undefined;
  readonly maximum?: string | undefined;
  readonly maxBytes?: number | undefined;
  readonly accept?: readonly string[] | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  /** Attachments: the schema of a set's or map's values, of a map's keys, the values of a literal. */
  readonly values?: number | undefined;
  readonly keys?: number | undefined;
  /** Attachment: the default as the library has it, where JSON cannot carry it. */
  readonly default?: number | undefined;
}

/** A schema that transforms takes one thing and makes another. */
export type SchemaSide = 'input' | 'output';

/** One schema as JSON Schema: `$ref` pointers start at `root`. */
export interface SchemaDocument {
  readonly root: JsonSchema;
  readonly attachments: readonly unknown[];
}

/** The kind of instances of a class, by its name: a page may have several `File`s (undici's, a polyfill's). */
export function kindOfClass(name: string | undefined): NonNullable<Mark['kind']> | undefined {
  return name === undefined ? undefined : KIND_BY_CLASS.get(name);
}

const KIND_BY_CLASS = new Map<string, NonNullable<Mark['kind']>>([
  ['Date', 'date'],
  ['URL', 'url'],
  ['File', 'file'],
  ['Blob', 'file'],
  ['Set', 'set'],
  ['Map', 'map'],
  ['FormData', 'formdata'],
]);
