import { parseFieldName } from '../lib/field-path.ts';
import { fieldAt } from '../schema/constraints.ts';
import type { Plan } from '../schema/plan.ts';

/** The fields that a check is about, by their names in any notation, or all of them. */
export type ValidateOnly = 'all' | readonly string[];

/** Whether what is said of a path concerns the fields that were asked about. The root is asked about with `'all'` only. */
export type FieldSelection = (path: readonly string[]) => boolean;

/**
 * The asked fields and all below them: `items` is also `items.0.qty`, `items.*.qty` that of every row. A part of a field, as
 * `when[date]` of a date, is the field, since that is what the schema judges.
 */
export function fieldSelection(plan: Plan, asked: ValidateOnly): FieldSelection {
  if (asked === 'all') return () => true;
  const fields = asked.map((name) => wholeField(plan, name));
  return (path) => fields.some((field) => isWithin(path, field));
}

// Input nests no deeper (schema/decode-form.ts), so a longer name is that of nothing, and not worth the work.
const MAX_DEPTH = 32;

function wholeField(plan: Plan, name: string): readonly string[] {
  // A property whose own name has dots in it.
  if (plan.kind === 'object' && plan.properties.has(name)) return [name];
  const segments = (parseFieldName(name) ?? [name]).filter((segment) => segment !== '');
  if (segments.length > MAX_DEPTH) return segments;
  const end = segments.findIndex((_segment, at) =>
    isScalar(fieldAt(plan, nameOf(segments.slice(0, at + 1)))),
  );
  return end < 0 ? segments : segments.slice(0, end + 1);
}

// One plan holds for all rows of a list.
function nameOf(segments: readonly string[]): string {
  return segments.map((segment) => (segment === '*' ? '0' : segment)).join('.');
}

function isScalar(plan: Plan | undefined): boolean {
  switch (plan?.kind) {
    case undefined:
    case 'object':
    case 'record':
    case 'map':
    case 'array':
    case 'set':
    case 'tuple':
    case 'union':
    case 'formdata':
    case 'unknown':
      return false;
    default:
      return true;
  }
}

function isWithin(path: readonly string[], field: readonly string[]): boolean {
  return path.length >= field.length && field.every((segment, at) => segment === '*' || segment === path[at]);
}
