import type { Plan } from '../../schema/plan.ts';

// A list may hold itself.
const MAX_DEPTH = 4;

/** What a schema asks of a value beside its type, in words. */
export function describeConstraints(plan: Plan, depth = 0): string[] {
  switch (plan.kind) {
    case 'text':
      return compact([
        range(plan.minLength, plan.maxLength, 'character'),
        // What a format means is known without its pattern.
        plan.pattern !== undefined && plan.format === undefined && `matches ${plan.pattern}`,
      ]);
    case 'number':
    case 'integer':
    case 'bigint':
      return compact([
        range(safe(plan.minimum), safe(plan.maximum), ''),
        plan.multipleOf !== undefined && `multiple of ${plan.multipleOf}`,
      ]);
    case 'date':
      return compact([
        plan.minimum !== undefined && `from ${plan.minimum}`,
        plan.maximum !== undefined && `until ${plan.maximum}`,
      ]);
    case 'file':
      return compact([
        plan.maxBytes !== undefined && `at most ${plan.maxBytes} bytes`,
        plan.accept.length > 0 && plan.accept.join(', '),
      ]);
    case 'array':
    case 'set':
      return compact([
        range(plan.minItems, plan.maxItems, 'element'),
        ...(plan.items && depth < MAX_DEPTH
          ? describeConstraints(plan.items, depth + 1).map((constraint) => `each: ${constraint}`)
          : []),
      ]);
    default:
      return [];
  }
}

function range(least: number | undefined, most: number | undefined, unit: string): string | false {
  const words = compact([
    least !== undefined && `at least ${least}`,
    most !== undefined && `at most ${most}`,
  ]).join(', ');
  if (words === '') return false;
  return unit === '' ? words : `${words} ${unit}${(most ?? least) === 1 ? '' : 's'}`;
}

// Libraries bound every integer by what a double holds, which says nothing.
function safe(bound: number | undefined): number | undefined {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}

function compact(parts: ReadonlyArray<string | false>): string[] {
  return parts.filter((part) => part !== false);
}
