import type { Outcome } from '../define/outcome.ts';
import { isForbiddenKey, parseFieldName } from '../lib/field-path.ts';
import type { Plan } from '../schema/plan.ts';
import { isSecretField } from '../schema/secrets.ts';

// A session keeps 32 levels, and some stand around the model. No form a person fills in is deeper.
const MAX_DEPTH = 24;

/** What was submitted, as the object that a page shows again: nested by the names, without secrets and files. */
export function submittedModel(outcome: Outcome): Record<string, unknown> {
  const { submission, action } = outcome;
  const model: Record<string, unknown> = {};
  if (!submission || !action) return model;
  const { plan } = action.definition;
  if (submission.kind === 'form') {
    for (const [name, value] of submission.entries) {
      if (typeof value === 'string' && isOfPlan(plan, name) && !isSecretField(plan, name))
        put(model, name, value);
    }
    return model;
  }
  const { value } = submission;
  // A text or a list that was sent as JSON has no fields to show again.
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Blob || value instanceof Date)
    return model;
  return copyWithoutSecrets(value, (name) => isSecretField(plan, name), '', 0) as Record<string, unknown>;
}

// A controller door reads the query too, and not all of it is the form's.
function isOfPlan(plan: Plan, name: string): boolean {
  if (plan.kind !== 'object' || plan.rest !== undefined) return true;
  return plan.properties.has(name.split(/[.[]/, 1)[0] ?? name);
}

function put(model: Record<string, unknown>, name: string, value: string): void {
  const segments = parseFieldName(name);
  if (!segments || segments.length > MAX_DEPTH || segments.some(isForbiddenKey)) return;
  let node = model;
  for (const segment of segments.slice(0, -1)) {
    const child = Object.hasOwn(node, segment) ? node[segment] : undefined;
    if (typeof child === 'object' && child !== null) node = child as Record<string, unknown>;
    else node = (node[segment] = {}) as Record<string, unknown>;
  }
  const last = segments.at(-1) ?? '';
  if (last !== '') {
    node[last] = value;
    return;
  }
  // `tags[]`: one more element.
  const index = String(Object.keys(node).length);
  node[index] = value;
}

function copyWithoutSecrets(
  value: unknown,
  isSecret: (name: string) => boolean,
  path: string,
  depth: number,
): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value ?? {};
  if (depth > MAX_DEPTH || value instanceof Blob) return undefined;
  if (Array.isArray(value))
    return value.map((item, index) => copyWithoutSecrets(item, isSecret, `${path}.${index}`, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const name = path === '' ? key : `${path}.${key}`;
    if (isForbiddenKey(key) || isSecret(name)) continue;
    copy[key] =
      typeof child === 'object' && child !== null
        ? copyWithoutSecrets(child, isSecret, name, depth + 1)
        : child;
  }
  return copy;
}
