import { planOfKind } from './decode-kind.ts';
import type { Plan } from './plan.ts';
import { PlanCompiler, type CompileOptions } from './plan-compiler.ts';
import { SchemaPlanError } from './plan-error.ts';
import { childPath, commonOf, requiredAt } from './plan-usage.ts';
import type { StandardSchema } from './standard.ts';

export type { CompileOptions } from './plan-compiler.ts';
export type { DecodeKind } from './decode-kind.ts';
export { SchemaPlanError } from './plan-error.ts';

const ROOT_KINDS = new Set<Plan['kind']>(['object', 'record', 'map', 'union', 'formdata']);

/**
 * What a schema says about its input, once and for all. `decode` names the kind of fields by dotted path (`*` for the
 * elements of a list or record) and goes before what the schema says.
 *
 * @throws SchemaPlanError with `form: true`, where the schema holds what form text cannot be decoded to; always, where
 * `decode` names a field that the schema does not have.
 */
export function compilePlan(schema: StandardSchema | undefined, options: CompileOptions): Plan {
  const root = requiredAt('');
  if (schema === undefined) return { kind: options.form ? 'formdata' : 'unknown', ...commonOf(root) };
  const compiler = new PlanCompiler(options);
  const plan = describedPlan(compiler, schema, options) ?? declaredPlan(compiler, options);
  const [unused] = compiler.unusedKinds();
  if (unused !== undefined) {
    throw new SchemaPlanError(
      unused,
      'is named in `decode`, but the schema has no such field',
      'Write the dotted path as the schema has it, with `*` for the elements of a list: "items.*.when".',
    );
  }
  if (options.form && !ROOT_KINDS.has(plan.kind)) {
    throw new SchemaPlanError(
      '',
      `is of the kind "${plan.kind}", but a form sends named fields`,
      'Use an object, a record, a discriminated union of objects or an instance of FormData, or accept JSON.',
    );
  }
  return plan;
}

function describedPlan(
  compiler: PlanCompiler,
  schema: StandardSchema,
  options: CompileOptions,
): Plan | undefined {
  try {
    return compiler.compileSchema(schema, requiredAt(''));
  } catch (error) {
    if (error instanceof SchemaPlanError && error.path !== '') throw error;
    // What `decode` says is enough for a form, and JSON needs no plan.
    if (options.decode !== undefined || !options.form) return undefined;
    if (error instanceof SchemaPlanError) throw error;
    throw new SchemaPlanError(
      '',
      `could not be read: ${schema['~standard'].vendor} failed to make a JSON Schema of it (${String(error)})`,
      'Pass `decode` with a kind for each field that is not text, or accept JSON.',
    );
  }
}

// A library without JSON Schema: `decode` names what is not text, and every other field goes through as text.
function declaredPlan(compiler: PlanCompiler, options: CompileOptions): Plan {
  const unknown: Plan = { kind: 'unknown', ...commonOf(requiredAt('')) };
  if (options.decode === undefined) {
    if (!options.form) return unknown;
    throw new SchemaPlanError(
      '',
      'has no Standard JSON Schema, so nothing says how to decode a form for it',
      'Pass `decode` with a kind for each field that is not text: decode: { when: "date" }.',
    );
  }
  const whole = compiler.kindAt('');
  if (whole !== undefined) return planOfKind(compiler, whole, requiredAt(''));
  return declaredObject(compiler, Object.keys(options.decode), '');
}

function declaredObject(compiler: PlanCompiler, paths: readonly string[], path: string): Plan {
  const under = paths.filter((name) => path === '' || name.startsWith(`${path}.`));
  const keys = new Set(
    under.map((name) => name.slice(path === '' ? 0 : path.length + 1).replace(/\..*/s, '')),
  );
  const properties = new Map<string, Plan>();
  for (const key of keys) {
    const child = requiredAt(childPath(path, key));
    const kind = compiler.kindAt(child.path);
    properties.set(
      key,
      kind === undefined ? declaredObject(compiler, under, child.path) : planOfKind(compiler, kind, child),
    );
  }
  const common = commonOf(requiredAt(path));
  const values = properties.get('*');
  if (values !== undefined && keys.size === 1) {
    return { kind: 'array', items: values, prefix: [], minItems: undefined, maxItems: undefined, ...common };
  }
  const rest: Plan = { kind: 'unknown', ...common };
  return { kind: 'object', properties, rest, alwaysPresent: new Set(), ...common };
}
