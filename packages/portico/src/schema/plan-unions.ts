import { MARK, type JsonSchema, type SchemaDocument } from './json-document.ts';
import { mergeAll } from './merge-all.ts';
import type { ChoicePlan, ObjectPlan, Plan } from './plan.ts';
import type { PlanCompiler } from './plan-compiler.ts';
import { compileChoice } from './plan-scalars.ts';
import { commonOf, type Usage } from './plan-usage.ts';

/**
 * A union: nullable or optional, of literals, discriminated by a literal, or of variants that all decode alike.
 * Anything else cannot be told apart by the text of a form.
 */
export function compileUnion(
  compiler: PlanCompiler,
  node: JsonSchema,
  variants: readonly JsonSchema[],
  document: SchemaDocument,
  outer: Usage,
): Plan {
  // A union that is crossed with an object: what the object says holds in every variant.
  const { anyOf: _, oneOf: __, ...shared } = node;
  const crossed =
    shared.properties === undefined ? variants : variants.map((part) => ({ allOf: [shared, part] }));
  const branches = flatten(crossed, document.root);
  const rest = branches.filter(
    (branch) => !isNull(branch) && !isUndefined(branch) && branch.not === undefined,
  );
  const usage: Usage = {
    ...outer,
    nullable: outer.nullable || branches.some(isNull),
    optional: outer.optional || branches.some(isUndefined),
  };
  const [first, second] = rest;
  if (first === undefined) return compileChoice([], usage);
  if (second === undefined) return compiler.compile(first, document, usage);
  const discriminated = compileDiscriminated(compiler, rest, document, usage);
  if (discriminated !== undefined) return discriminated;

  const found = `is a union of ${rest.length} variants that no literal tells apart`;
  if (rest.every(isObject)) return compiler.unknown(usage, found);
  const literals = rest.flatMap(literalsOf);
  if (!literals.includes(undefined)) return compileChoice(literals, usage);
  const alike = alikePlan(
    rest.map((branch) => compiler.compile(branch, document, usage)),
    compiler,
    node,
  );
  return alike ?? compiler.unknown(usage, found);
}

function flatten(variants: readonly JsonSchema[], root: JsonSchema): JsonSchema[] {
  return variants.flatMap((branch) => {
    const variant = branch.allOf === undefined ? branch : mergeAll(branch, root);
    const nested = variant[MARK]?.kind === undefined ? (variant.anyOf ?? variant.oneOf) : undefined;
    if (nested !== undefined) return flatten(nested, root);
    if (variant[MARK]?.kind === undefined && typeof variant.type === 'object') {
      return variant.type.map((type) => ({ ...variant, type }));
    }
    return [variant];
  });
}

function isNull(branch: JsonSchema): boolean {
  return branch.type === 'null' || ('const' in branch && branch.const === null);
}

function isUndefined(branch: JsonSchema): boolean {
  return branch[MARK]?.kind === 'undefined';
}

function isObject(branch: JsonSchema): boolean {
  return branch.type === 'object';
}

/** The literals of a node; `[undefined]` where it is none. */
function literalsOf(branch: JsonSchema | undefined): readonly unknown[] {
  if (branch === undefined || branch[MARK] !== undefined) return [undefined];
  if (branch.enum !== undefined) return branch.enum;
  if ('const' in branch) return [branch.const];
  return branch.type === 'boolean' ? [true, false] : [undefined];
}

function compileDiscriminated(
  compiler: PlanCompiler,
  branches: readonly JsonSchema[],
  document: SchemaDocument,
  usage: Usage,
): Plan | undefined {
  const properties = branches.map((branch) => propertiesOf(branch, document.root));
  const discriminator = Object.keys(properties[0] ?? {}).find((key) =>
    tellsApart(properties.map((of) => of?.[key])),
  );
  if (discriminator === undefined) return undefined;
  const variants = new Map<string, ObjectPlan>();
  const common = { ...usage, optional: false, nullable: false, defaultValue: undefined };
  for (const [index, branch] of branches.entries()) {
    const plan = compiler.compile(branch, document, common) as ObjectPlan;
    for (const value of literalsOf(properties[index]?.[discriminator])) variants.set(String(value), plan);
  }
  return { kind: 'union', discriminator, variants, ...commonOf(usage) };
}

function propertiesOf(branch: JsonSchema, root: JsonSchema): JsonSchema['properties'] {
  let node: unknown = branch;
  if (branch.$ref !== undefined) {
    node = branch.$ref
      .split('/')
      .slice(1)
      .reduce((target: unknown, key) => (target as Record<string, unknown> | undefined)?.[key], root);
  }
  return (node as JsonSchema | undefined)?.properties;
}

function tellsApart(discriminators: ReadonlyArray<JsonSchema | undefined>): boolean {
  const seen = new Set<string>();
  for (const node of discriminators) {
    for (const value of literalsOf(node)) {
      const text = String(value);
      if (value === undefined || seen.has(text)) return false;
      seen.add(text);
    }
  }
  return true;
}

/** One plan for variants that differ in their constraints only, without those constraints. */
function alikePlan(plans: readonly Plan[], compiler: PlanCompiler, node: JsonSchema): Plan | undefined {
  if (plans.some((plan) => compiler.isPending(plan))) return undefined;
  const [kind, other] = new Set(plans.map(textKind));
  const shared = plans.find((plan) => plan.kind === kind) ?? plans[0];
  if (other !== undefined || shared === undefined) return undefined;
  switch (kind) {
    case 'text':
      return {
        ...shared,
        kind,
        format: sharedFormat(plans, node),
        minLength: undefined,
        maxLength: undefined,
        pattern: undefined,
      };
    case 'number':
    case 'bigint':
      return { ...shared, kind, minimum: undefined, maximum: undefined, multipleOf: undefined };
    case 'date':
      return { ...shared, kind, format: undefined, minimum: undefined, maximum: undefined };
    case 'file':
      return { ...shared, kind, maxBytes: undefined, accept: [] };
    case 'boolean':
    case 'url':
      return { ...shared, kind };
    default:
      return undefined;
  }
}

function textKind(plan: Plan): Plan['kind'] | undefined {
  if (plan.kind === 'integer') return 'number';
  if (plan.kind !== 'choice') return plan.kind;
  const types = new Set((plan as ChoicePlan).values.map((value) => typeof value));
  if (types.size !== 1) return undefined;
  if (types.has('string')) return 'text';
  return types.has('number') ? 'number' : undefined;
}

function sharedFormat(plans: readonly Plan[], node: JsonSchema): string | undefined {
  if (node.format !== undefined) return node.format;
  const formats = new Set(plans.map((plan) => (plan.kind === 'text' ? plan.format : undefined)));
  return formats.size === 1 ? [...formats][0] : undefined;
}
