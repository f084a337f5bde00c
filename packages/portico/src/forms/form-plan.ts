import { compilePlan } from '../schema/compile-plan.ts';
import type { Plan } from '../schema/plan.ts';
import type { StandardSchema } from '../schema/standard.ts';

const compiled = new WeakMap<StandardSchema, Plan>();

/**
 * What a form is to know of its fields: the action's plan, with what the page's own schema says in its place, property by
 * property and deeper. Compiled once for each schema object.
 *
 * @throws SchemaPlanError where the schema holds what a form cannot send; `TypeError` where it describes no object.
 */
export function formPlan(own: Plan, schema: StandardSchema | undefined): Plan {
  if (schema === undefined) return own;
  let plan = compiled.get(schema);
  if (plan === undefined) {
    plan = compilePlan(schema, { form: true });
    compiled.set(schema, plan);
  }
  if (plan.kind !== 'object')
    throw new TypeError(`form(): its schema is of the kind "${plan.kind}". Use an object with named fields.`);
  return laidOver(own, plan, new Set());
}

function laidOver(own: Plan | undefined, over: Plan, around: ReadonlySet<Plan>): Plan {
  // A plan may hold itself.
  if (own?.kind !== 'object' || over.kind !== 'object' || around.has(over)) return over;
  const inside = new Set([...around, over]);
  const properties = new Map(own.properties);
  for (const [key, child] of over.properties)
    properties.set(key, laidOver(own.properties.get(key), child, inside));
  return { ...own, ...over, properties, rest: over.rest ?? own.rest };
}
