import { isForbiddenKey } from '../lib/field-path.ts';
import { MARK, type JsonSchema, type SchemaDocument } from './json-document.ts';
import type { ListPlan, MapPlan, ObjectPlan, Plan } from './plan.ts';
import type { PlanCompiler } from './plan-compiler.ts';
import { bigintPlan, compileChoice, datePlan, filePlan } from './plan-scalars.ts';
import { childPath, commonOf, requiredAt, type Usage } from './plan-usage.ts';

/** A node that a vendor adapter marked. */
export function compileMarked(
  compiler: PlanCompiler,
  node: JsonSchema,
  document: SchemaDocument,
  usage: Usage,
): Plan {
  const mark = node[MARK] ?? {};
  switch (mark.kind) {
    case 'date':
      return datePlan(usage, mark, node.format);
    case 'bigint':
      return bigintPlan(usage, mark);
    case 'url':
      return { kind: 'url', ...commonOf(usage) };
    case 'file':
      return filePlan(usage, mark.maxBytes, mark.accept);
    case 'formdata':
      return { kind: 'formdata', ...commonOf(usage) };
    case 'literal':
      return compileChoice(document.attachments[mark.values ?? 0] as readonly unknown[], usage);
    case 'set': {
      const path = childPath(usage.path, '*');
      const items = inner(compiler, mark.values, document, path);
      const { minItems, maxItems } = mark;
      return { kind: 'set', items, prefix: [], minItems, maxItems, ...commonOf(usage) };
    }
    case 'map': {
      const keys = inner(compiler, mark.keys, document, childPath(usage.path, '*key'));
      const values = inner(compiler, mark.values, document, childPath(usage.path, '*'));
      return { kind: 'map', keys, values, ...commonOf(usage) } satisfies MapPlan;
    }
    default:
      return compileChoice([], { ...usage, optional: true });
  }
}

/** The plan of the values in a set or map, whose schema stands in the attachments. */
function inner(
  compiler: PlanCompiler,
  attachment: number | undefined,
  document: SchemaDocument,
  path: string,
): Plan {
  const usage = requiredAt(path);
  const schema = attachment === undefined ? undefined : document.attachments[attachment];
  const described = schema === undefined ? undefined : compiler.compileSchema(schema, usage);
  return described ?? compiler.compile({}, document, usage);
}

export function compileObject(
  compiler: PlanCompiler,
  node: JsonSchema,
  document: SchemaDocument,
  usage: Usage,
): Plan {
  const keys = node.propertyNames?.enum as readonly string[] | undefined;
  const free = node.additionalProperties ?? Object.values(node.patternProperties ?? {})[0];
  if (node.properties === undefined && keys === undefined) {
    if (free === undefined || free === false)
      return compiler.unknown(usage, 'is an object of which nothing is known');
    const values = compiler.compile(free, document, requiredAt(childPath(usage.path, '*')));
    return { kind: 'record', values, ...commonOf(usage) };
  }
  const declared = keys === undefined ? (node.properties ?? {}) : sameForAll(keys, free);
  const required = new Set(node.required);
  const properties = new Map<string, Plan>();
  const alwaysPresent = new Set<string>();
  for (const [key, child] of Object.entries(declared)) {
    const path = childPath(usage.path, key);
    if (isForbiddenKey(key)) {
      compiler.refuseInForm(path, 'has a name that forms may not send', 'Rename the field, or accept JSON.');
    }
    properties.set(
      key,
      compiler.compile(child, document, { ...requiredAt(path), optional: !required.has(key) }),
    );
    if (required.has(key) && child.anyOf?.some((variant) => variant[MARK]?.kind === 'undefined')) {
      alwaysPresent.add(key);
    }
  }
  const rest = keys === undefined ? restOf(compiler, free, document, usage) : undefined;
  return { kind: 'object', properties, rest, alwaysPresent, ...commonOf(usage) } satisfies ObjectPlan;
}

function sameForAll(
  keys: readonly string[],
  child: JsonSchema | boolean | undefined,
): Record<string, JsonSchema> {
  const schema = typeof child === 'object' ? child : {};
  return Object.fromEntries(keys.map((key) => [key, schema]));
}

// A loose object takes what it does not know as it comes, also from a form.
function restOf(
  compiler: PlanCompiler,
  free: JsonSchema | boolean | undefined,
  document: SchemaDocument,
  usage: Usage,
): Plan | undefined {
  if (free === undefined || free === false) return undefined;
  const common = commonOf(requiredAt(''));
  if (free === true || Object.keys(free).length === 0) return { kind: 'unknown', ...common };
  return compiler.compile(free, document, requiredAt(childPath(usage.path, '*')));
}

export function compileArray(
  compiler: PlanCompiler,
  node: JsonSchema,
  document: SchemaDocument,
  usage: Usage,
): Plan {
  const prefix = (node.prefixItems ?? []).map((child, index) =>
    compiler.compile(child, document, requiredAt(childPath(usage.path, String(index)))),
  );
  const free = node.items ?? (node.prefixItems === undefined ? {} : false);
  const items =
    free === false ? undefined : compiler.compile(free, document, requiredAt(childPath(usage.path, '*')));
  const kind = node.prefixItems === undefined ? 'array' : 'tuple';
  const { minItems, maxItems } = node;
  return { kind, items, prefix, minItems, maxItems, ...commonOf(usage) } satisfies ListPlan;
}
