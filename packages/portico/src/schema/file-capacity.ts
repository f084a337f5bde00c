import type { Plan } from './plan.ts';

/** How many files a form of this plan can hold: 0 for none, `Infinity` where the schema sets no bound. */
export function fileCapacity(plan: Plan): number {
  return countFiles(plan, new Set());
}

// `around` holds what the plan stands in. A plan that holds itself and a file can hold any number of them.
function countFiles(plan: Plan, around: Set<unknown>): number {
  const own = identityOf(plan);
  if (own === undefined) return countWithin(plan, around);
  if (around.has(own)) return 0;
  around.add(own);
  const count = countWithin(plan, around);
  around.delete(own);
  return count > 0 && holdsItself(plan, own, new Set()) ? Infinity : count;
}

function countWithin(plan: Plan, around: Set<unknown>): number {
  switch (plan.kind) {
    case 'file':
      return 1;
    case 'formdata':
    case 'unknown':
      return Infinity;
    case 'object': {
      let sum = plan.rest === undefined ? 0 : times(countFiles(plan.rest, around), Infinity);
      for (const child of plan.properties.values()) sum += countFiles(child, around);
      return sum;
    }
    case 'record':
    case 'map':
      return times(countFiles(plan.values, around), Infinity);
    case 'union':
      return Math.max(0, ...Array.from(plan.variants.values(), (variant) => countFiles(variant, around)));
    case 'array':
    case 'set':
    case 'tuple': {
      const fixed = plan.prefix.reduce((sum, child) => sum + countFiles(child, around), 0);
      if (plan.items === undefined) return fixed;
      return fixed + times(countFiles(plan.items, around), (plan.maxItems ?? Infinity) - plan.prefix.length);
    }
    default:
      return 0;
  }
}

function times(count: number, factor: number): number {
  return count === 0 || factor <= 0 ? 0 : count * factor;
}

// A definition that is used twice has two plans, which share what is inside of them. What holds nothing has none.
function identityOf(plan: Plan): object | undefined {
  switch (plan.kind) {
    case 'object':
      return plan.properties;
    case 'record':
    case 'map':
      return plan.values;
    case 'union':
      return plan.variants;
    case 'array':
    case 'set':
    case 'tuple':
      return plan.prefix;
    default:
      return undefined;
  }
}

function holdsItself(plan: Plan, identity: object, seen: Set<unknown>): boolean {
  return childrenOf(plan).some((child) => {
    const own = identityOf(child);
    if (own === identity) return true;
    if (own === undefined || seen.has(own)) return false;
    seen.add(own);
    return holdsItself(child, identity, seen);
  });
}

function childrenOf(plan: Plan): Plan[] {
  switch (plan.kind) {
    case 'object':
      return [...plan.properties.values(), ...(plan.rest ? [plan.rest] : [])];
    case 'record':
    case 'map':
      return [plan.values];
    case 'union':
      return [...plan.variants.values()];
    case 'array':
    case 'set':
    case 'tuple':
      return [...plan.prefix, ...(plan.items ? [plan.items] : [])];
    default:
      return [];
  }
}
