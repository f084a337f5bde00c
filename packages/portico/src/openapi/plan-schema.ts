import type { JsonSchema } from '../schema/json-document.ts';
import type { Plan } from '../schema/plan.ts';
import type { Notation } from './wire-schema.ts';

/** What a plan says of its input, for schemas of libraries that have no JSON Schema: as much as `decode` told. */
export function planSchema(plan: Plan, notation: Notation): JsonSchema {
  const child = (part: Plan): JsonSchema => planSchema(part, notation);
  switch (plan.kind) {
    case 'text':
      return { type: 'string' };
    case 'number':
    case 'integer':
      return { type: plan.kind };
    case 'boolean':
      return { type: 'boolean' };
    case 'bigint':
      return { type: 'string', pattern: '^[+-]?[0-9]+$' };
    case 'date':
      return { type: 'string', format: 'date-time' };
    case 'url':
      return { type: 'string', format: 'uri' };
    case 'file':
      return notation === 'form' ? { type: 'string', format: 'binary' } : {};
    case 'choice':
      return { enum: plan.values.map((value) => (typeof value === 'bigint' ? String(value) : value)) };
    case 'object': {
      const properties = Object.fromEntries(Array.from(plan.properties, ([key, part]) => [key, child(part)]));
      return { type: 'object', properties };
    }
    case 'record':
      return { type: 'object', additionalProperties: child(plan.values) };
    case 'map':
      return notation === 'json'
        ? { type: 'array' }
        : { type: 'object', additionalProperties: child(plan.values) };
    case 'array':
    case 'set':
    case 'tuple':
      return { type: 'array', ...(plan.items && { items: child(plan.items) }) };
    case 'union':
      return { type: 'object', properties: { [plan.discriminator]: { enum: [...plan.variants.keys()] } } };
    case 'formdata':
      return { type: 'object' };
    case 'unknown':
      return {};
  }
}
