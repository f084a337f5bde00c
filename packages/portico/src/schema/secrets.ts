import { parseFieldName } from '../lib/field-path.ts';
import { fieldAt } from './constraints.ts';
import type { Plan } from './plan.ts';

const SECRET_NAME = /password|passwd|secret|token/i;
// No form has a longer name. In JSON each name is as long as all the keys around it, so without a bound ten thousand of them
// below one long key are gigabytes to look through.
const MAX_NAME = 512;

/**
 * True for a field that must never be shown again, flashed or logged: the schema marks it or something around it with
 * `meta({ secret: true })`, a segment of its name says so, it is a file, or its name is too long for a field of a form.
 */
export function isSecretField(plan: Plan | undefined, name: string): boolean {
  if (name.length > MAX_NAME || SECRET_NAME.test(name)) return true;
  let found = plan;
  if (isSecret(found)) return true;
  const own = plan?.kind === 'object' ? plan.properties.get(name) : undefined;
  if (own !== undefined) return isSecret(own);
  for (const segment of parseFieldName(name) ?? [name]) {
    found = found && stepInto(found, segment);
    if (isSecret(found)) return true;
  }
  return false;
}

// In a union it is enough that one variant keeps the field secret.
function stepInto(plan: Plan, segment: string): Plan | undefined {
  if (plan.kind !== 'union') return fieldAt(plan, segment === '' ? '0' : segment);
  const found = Array.from(plan.variants.values(), (variant) => variant.properties.get(segment));
  return found.find(isSecret) ?? found.find((child) => child !== undefined);
}

function isSecret(plan: Plan | undefined): boolean {
  // A list may hold itself.
  const seen = new Set<Plan>();
  for (let found = plan; found !== undefined && !seen.has(found);) {
    if (found.secret || found.kind === 'file') return true;
    seen.add(found);
    found = found.kind === 'array' || found.kind === 'set' ? found.items : undefined;
  }
  return false;
}
