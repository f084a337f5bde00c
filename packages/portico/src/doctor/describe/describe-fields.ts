import type { Plan } from '../../schema/plan.ts';
import { isSecretField } from '../../schema/secrets.ts';
import { describeConstraints } from './describe-constraints.ts';
import type { FieldDescription } from './description.ts';

// A plan may hold itself.
const MAX_DEPTH = 6;

/** The fields of an input, each object before what is in it. */
export function describeFields(root: Plan): FieldDescription[] {
  const found: FieldDescription[] = [];
  collect(root, '', 0);
  return found;

  function collect(plan: Plan, prefix: string, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const [key, child, note] of childrenOf(plan)) {
      const name = prefix === '' ? key : key === '[]' ? `${prefix}[]` : `${prefix}.${key}`;
      if (key !== '[]') found.push(describeField(root, child, name, note));
      collect(child, name, depth + 1);
    }
  }
}

/** The kind of a value in a word or two: `text`, `list of text`, `one of a, b`. */
export function typeOf(plan: Plan, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  const inner = (child: Plan): string => typeOf(child, depth + 1);
  switch (plan.kind) {
    case 'array':
    case 'set':
      return `${plan.kind === 'set' ? 'set' : 'list'} of ${plan.items ? inner(plan.items) : 'anything'}`;
    case 'tuple':
      return `[${plan.prefix.map(inner).join(', ')}]`;
    case 'record':
    case 'map':
      return `${plan.kind} of ${inner(plan.values)}`;
    case 'choice':
      return `${plan.values.length > 1 ? 'one of ' : ''}${plan.values.map(String).join(', ')}`;
    case 'union':
      return `object, by ${plan.discriminator}: ${[...plan.variants.keys()].join(', ')}`;
    case 'text':
      return plan.format ?? 'text';
    case 'formdata':
      return 'FormData';
    default:
      return plan.kind;
  }
}

function childrenOf(plan: Plan): Array<[key: string, child: Plan, note?: string]> {
  switch (plan.kind) {
    case 'object':
      return [...plan.properties];
    case 'union':
      return [...plan.variants].flatMap(([variant, { properties }]) =>
        [...properties].map(([key, child]): [string, Plan, string] => [key, child, `of ${variant}`]),
      );
    case 'array':
    case 'set':
      return plan.items ? [['[]', plan.items]] : [];
    default:
      return [];
  }
}

function describeField(root: Plan, plan: Plan, name: string, note: string | undefined): FieldDescription {
  const secret = isSecretField(root, name) && plan.kind !== 'file';
  const hasDefault = plan.defaultValue !== undefined && !secret;
  return {
    name,
    type: typeOf(plan),
    required: !plan.optional,
    nullable: plan.nullable,
    secret,
    constraints: [...(note === undefined ? [] : [note]), ...describeConstraints(plan)],
    description: plan.description,
    default: hasDefault ? textOf(plan.defaultValue) : undefined,
  };
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
