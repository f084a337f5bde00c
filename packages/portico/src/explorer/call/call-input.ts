import type { Entry } from '../../define/submission.ts';
import { isForbiddenKey, parseFieldName } from '../../lib/field-path.ts';
import { decodeForm } from '../../schema/decode-form.ts';
import type { Plan } from '../../schema/plan.ts';
import { ActionError } from '../../wire/error.ts';
import type { CallOrder } from './call-order.ts';

type Order = Pick<CallOrder, 'entries' | 'json'>;

/** The fields as a form sends them; what was written as JSON is laid out as fields. */
export function asEntries({ entries, json }: Order): Entry[] {
  const all = [...entries];
  for (const [name, value] of json) layOut(name, value, all);
  return all;
}

/** The input as a typed call sends it: what the plan makes of the texts, and what was written as JSON. */
export function asValue({ entries, json }: Order, plan: Plan): unknown {
  const whole = json.get('');
  if (whole !== undefined) return whole;
  if (plan.kind === 'unknown') return undefined;
  const decoded = decodeForm(plan, entries);
  if (!decoded.ok) throw new ActionError({ code: 'BAD_REQUEST', message: decoded.message });
  for (const [name, value] of json) put(decoded.value, parseFieldName(name) ?? [name], value);
  return decoded.value;
}

export function hasFiles(entries: readonly Entry[]): boolean {
  return entries.some(([, value]) => typeof value !== 'string' && (value.size > 0 || value.name !== ''));
}

function layOut(name: string, value: unknown, into: Entry[]): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') {
    into.push([name, String(value)]);
    return;
  }
  for (const [key, child] of Object.entries(value))
    layOut(name === '' ? key : `${name}[${key}]`, child, into);
}

function put(holder: unknown, path: readonly string[], value: unknown): void {
  let inside = holder;
  for (const key of path.slice(0, -1)) {
    if (typeof inside !== 'object' || inside === null || isForbiddenKey(key)) return;
    inside = (inside as Record<string, unknown>)[key] ??= {};
  }
  const last = path.at(-1);
  if (typeof inside !== 'object' || inside === null || last === undefined || isForbiddenKey(last)) return;
  (inside as Record<string, unknown>)[last] = value;
}
