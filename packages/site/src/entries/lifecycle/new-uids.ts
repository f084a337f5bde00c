import { randomUUID } from 'node:crypto';
import type { FieldValue, FieldValues } from '../../fields/field.ts';

/**
 * Gives what is nested in values (blocks of a matrix, addresses) uids of its own, at any depth, for the copy of an entry. The
 * function that it makes remembers them: what had one uid on several sites has one uid on them again.
 */
export function createUidChanger(): (values: FieldValues) => FieldValues {
  const changed = new Map<string, string>();

  function newUid(uid: string): string {
    const made = changed.get(uid) ?? randomUUID();
    changed.set(uid, made);
    return made;
  }

  function copyOf(value: FieldValue): FieldValue {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return (value as readonly FieldValue[]).map(copyOf);
    const copy = copyOfAll(value as FieldValues);
    return isNested(copy) ? { ...copy, uid: newUid(String(copy['uid'])) } : copy;
  }

  function copyOfAll(values: FieldValues): FieldValues {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, copyOf(value)]));
  }

  return copyOfAll;
}

// A row of a table may have a column of that name.
function isNested({ id, uid }: FieldValues): boolean {
  return typeof id === 'number' && typeof uid === 'string';
}
