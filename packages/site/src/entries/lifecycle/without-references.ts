import type { FieldValue } from '../../fields/field.ts';
import type { Reference } from '../../fields/reference.ts';

/**
 * A value without these references, which a field of that value has named: ids are taken out of their lists, and what stands
 * for itself, such as the target of a link, becomes null.
 */
export function withoutReferences(value: FieldValue, dropped: readonly Reference[]): FieldValue {
  return dropped.reduce<FieldValue>(
    (rest, { path, id }) =>
      changedAt(rest, path === '' ? [] : path.split('.'), (found) => without(found, id)),
    value,
  );
}

function without(found: FieldValue, id: number): FieldValue {
  return Array.isArray(found) ? (found as readonly FieldValue[]).filter((item) => item !== id) : null;
}

/** A copy with another value at the path; the same value where nothing is there. */
function changedAt(
  value: FieldValue,
  [first, ...rest]: readonly string[],
  change: (found: FieldValue) => FieldValue,
): FieldValue {
  if (first === undefined) return change(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first)) return value;
  const inner = changedAt((value as Readonly<Record<string, FieldValue>>)[first] ?? null, rest, change);
  if (Array.isArray(value)) return (value as readonly FieldValue[]).with(Number(first), inner);
  return { ...value, [first]: inner };
}
