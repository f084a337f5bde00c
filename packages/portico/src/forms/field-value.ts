import { isForbiddenKey } from '../lib/field-path.ts';
import { fieldAt } from '../schema/constraints.ts';
import type { Plan } from '../schema/plan.ts';
import { isIndex, pathOf } from './field-name.ts';
import type { KeptValues } from './kept-values.ts';

/** Where the fields of a form find what they show. */
export interface ValueSource {
  readonly plan: Plan;
  /** `undefined` where this form was not submitted. */
  readonly kept: KeptValues | undefined;
  readonly values: unknown;
}

/** What a field shows: texts as they were sent, or a value that has yet to be formatted. */
export type ShownValue = { readonly texts: readonly string[] } | { readonly value: unknown };

/**
 * What was submitted, else the values the page gave, else the schema's default. `silent`: a browser sends nothing for
 * this field where nothing is chosen, so what is missing from a submission is empty and not yet to be filled.
 */
export function shownValue(source: ValueSource, segments: readonly string[], silent: boolean): ShownValue {
  const { plan, kept, values } = source;
  if (kept) {
    if (kept.isInNewRow(segments)) return { value: defaultAt(plan, segments) };
    const texts = kept.texts(segments);
    if (texts) return { texts };
    if (silent) return { texts: [] };
    // The page's own rows may be others than those that were submitted.
    if (segments.slice(1).some(isIndex)) return { value: defaultAt(plan, segments) };
  }
  const value = valueAt(values, segments);
  return { value: value === undefined ? defaultAt(plan, segments) : value };
}

/** The value inside of another one; of a `Map` by its key, of a `Set` by position. */
export function valueAt(holder: unknown, segments: readonly string[]): unknown {
  let value = holder;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || isForbiddenKey(segment)) return undefined;
    if (value instanceof Map) value = value.get(segment) as unknown;
    else if (value instanceof Set) value = [...value][Number(segment)] as unknown;
    else value = (value as Record<string, unknown>)[segment];
  }
  return typeof value === 'function' ? undefined : value;
}

/** The schema's default for a field, or its part of the default of what it stands in. */
export function defaultAt(plan: Plan, segments: readonly string[]): unknown {
  for (let length = segments.length; length >= 0; length--) {
    const holder = length === 0 ? plan : fieldAt(plan, pathOf(segments.slice(0, length)));
    if (holder?.defaultValue === undefined) continue;
    const value = valueAt(holder.defaultValue, segments.slice(length));
    if (value !== undefined) return value;
  }
  return undefined;
}
