/**
 * What the plan of a schema says about one value: how text from a form becomes it, how JSON restores it,
 * which HTML constraints hold. Compiled once, when the action is defined (`compile-plan.ts`).
 */
export type Plan =
  | TextPlan
  | NumberPlan
  | BooleanPlan
  | DatePlan
  | UrlPlan
  | FilePlan
  | ChoicePlan
  | ObjectPlan
  | RecordPlan
  | ListPlan
  | MapPlan
  | UnionPlan
  | RawPlan;

interface Common {
  /** The key may be absent: optional, or with a default that the schema fills in. */
  readonly optional: boolean;
  readonly nullable: boolean;
  /** Marked `meta({ secret: true })`: never echoed into a page, a flash or a log. */
  readonly secret: boolean;
  /** The default for showing an empty form; `undefined` where there is none. */
  readonly defaultValue: unknown;
  /** `title` and `description` of the schema, for generated forms. */
  readonly title: string | undefined;
  readonly description: string | undefined;
}

export interface TextPlan extends Common {
  readonly kind: 'text';
  /** JSON Schema `format`: email, uri, uuid, date, time … */
  readonly format: string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
}

export interface NumberPlan extends Common {
  readonly kind: 'number' | 'integer' | 'bigint';
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly multipleOf: number | undefined;
}

interface BooleanPlan extends Common {
  readonly kind: 'boolean';
}

export interface DatePlan extends Common {
  readonly kind: 'date';
  /** `date-time` where the schema says so by `meta({ format: 'date-time' })`; else a day is enough. */
  readonly format: string | undefined;
  /** ISO 8601, where the schema says. */
  readonly minimum: string | undefined;
  readonly maximum: string | undefined;
}

interface UrlPlan extends Common {
  readonly kind: 'url';
}

export interface FilePlan extends Common {
  readonly kind: 'file';
  /** Bytes, where the schema says. */
  readonly maxBytes: number | undefined;
  /** Media types, where the schema says. */
  readonly accept: readonly string[];
}

/** One of some literals: an enum, or a single literal. */
export interface ChoicePlan extends Common {
  readonly kind: 'choice';
  readonly values: ReadonlyArray<string | number | boolean | bigint | null>;
  /** What people read in place of a value, where the schema says: `z.enum([…]).meta({ labels: { salt: 'Bare salt' } })`. */
  readonly labels?: ReadonlyMap<string, string> | undefined;
}

export interface ObjectPlan extends Common {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, Plan>;
  /** How names that are not properties decode; `undefined`: they are dropped. */
  readonly rest: Plan | undefined;
  /** Properties whose key must be there although its value may be `undefined` (ArkType's `'string | undefined'`). */
  readonly alwaysPresent: ReadonlySet<string>;
}

/** Free keys, one plan for all values. */
export interface RecordPlan extends Common {
  readonly kind: 'record';
  readonly values: Plan;
}

export interface ListPlan extends Common {
  readonly kind: 'array' | 'set' | 'tuple';
  /** The plan of the elements after `prefix`. */
  readonly items: Plan | undefined;
  /** The plans of a tuple's positions; empty for arrays and sets. */
  readonly prefix: readonly Plan[];
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
}

/** A `Map` with text keys in forms (`prices[small]`), a list of pairs in JSON. */
export interface MapPlan extends Common {
  readonly kind: 'map';
  readonly keys: Plan;
  readonly values: Plan;
}

export interface UnionPlan extends Common {
  readonly kind: 'union';
  /** The property whose literal tells the variants apart. */
  readonly discriminator: string;
  /** By the text of the discriminator's literal. */
  readonly variants: ReadonlyMap<string, ObjectPlan>;
}

/** `formdata`: the schema wants the plain FormData. `unknown`: anything goes through as it came. */
interface RawPlan extends Common {
  readonly kind: 'formdata' | 'unknown';
}
