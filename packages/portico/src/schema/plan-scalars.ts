import type { JsonSchema, Mark } from './json-document.ts';
import type { ChoicePlan, DatePlan, FilePlan, NumberPlan, Plan, TextPlan } from './plan.ts';
import { commonOf, type Usage } from './plan-usage.ts';

/** Text, numbers, booleans and null; `undefined` for a node of another type. */
export function compileScalar(node: JsonSchema, usage: Usage): Plan | undefined {
  switch (node.type) {
    case 'string':
      return node.format === 'binary' ? filePlan(usage, undefined, undefined) : textPlan(node, usage);
    case 'number':
    case 'integer':
      return numberPlan(node, node.type, usage);
    case 'boolean':
      return { kind: 'boolean', ...commonOf(usage) };
    case 'null':
      return compileChoice([null], usage);
    default:
      return undefined;
  }
}

/** An enum or a literal. `null` among the values makes the field nullable. `labels` are what people read, by value. */
export function compileChoice(values: readonly unknown[], usage: Usage, labels?: unknown): Plan {
  const literals = values.filter(isLiteral);
  const common = commonOf({
    ...usage,
    nullable: usage.nullable || values.includes(null),
    optional: usage.optional || values.includes(undefined),
  });
  if (literals.length === 2 && literals.includes(true) && literals.includes(false)) {
    return { kind: 'boolean', ...common };
  }
  return { kind: 'choice', values: literals, labels: labelsOf(literals, labels), ...common };
}

function labelsOf(values: readonly unknown[], labels: unknown): ReadonlyMap<string, string> | undefined {
  if (typeof labels !== 'object' || labels === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(labels));
  return new Map(
    values.flatMap((value) => {
      const label = given.get(String(value));
      return typeof label === 'string' ? [[String(value), label]] : [];
    }),
  );
}

function isLiteral(value: unknown): value is Exclude<ChoicePlan['values'][number], null> {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}

export function textPlan(node: JsonSchema, usage: Usage): TextPlan {
  return {
    kind: 'text',
    format: node.format,
    minLength: node.minLength,
    maxLength: node.maxLength,
    pattern: node.pattern,
    ...commonOf(usage),
  };
}

export function numberPlan(node: JsonSchema, kind: 'number' | 'integer', usage: Usage): NumberPlan {
  // HTML has no exclusive bounds. Between integers the next one says the same; for others the bound itself is near enough.
  const step = kind === 'integer' ? 1 : 0;
  const above = node.exclusiveMinimum === undefined ? undefined : Math.floor(node.exclusiveMinimum) + step;
  const below = node.exclusiveMaximum === undefined ? undefined : Math.ceil(node.exclusiveMaximum) - step;
  return {
    kind,
    minimum: node.minimum ?? (kind === 'integer' ? above : node.exclusiveMinimum),
    maximum: node.maximum ?? (kind === 'integer' ? below : node.exclusiveMaximum),
    multipleOf: node.multipleOf,
    ...commonOf(usage),
  };
}

export function bigintPlan(usage: Usage, mark: Mark | undefined): NumberPlan {
  return {
    kind: 'bigint',
    minimum: mark?.minimum === undefined ? undefined : Number(mark.minimum),
    maximum: mark?.maximum === undefined ? undefined : Number(mark.maximum),
    multipleOf: undefined,
    ...commonOf(usage),
  };
}

export function datePlan(usage: Usage, mark: Mark | undefined, format: string | undefined): DatePlan {
  const defaultValue =
    typeof usage.defaultValue === 'string' ? new Date(usage.defaultValue) : usage.defaultValue;
  return {
    kind: 'date',
    format,
    minimum: mark?.minimum,
    maximum: mark?.maximum,
    ...commonOf({ ...usage, defaultValue }),
  };
}

export function filePlan(
  usage: Usage,
  maxBytes: number | undefined,
  accept: readonly string[] | undefined,
): FilePlan {
  return { kind: 'file', maxBytes, accept: accept ?? [], ...commonOf(usage) };
}
