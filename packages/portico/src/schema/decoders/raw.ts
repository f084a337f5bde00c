import type { FieldNode, FormValue } from '../field-tree.ts';
import { newlines } from './text.ts';

/**
 * What was sent, as it was sent, where no plan says more: text, a list for `name[]`, an object for nested names. Where both
 * were sent, the elements of the list are numbered on in the object.
 */
export function rawValue(node: FieldNode): unknown {
  if (node.children !== undefined) {
    const object: Record<string, unknown> = {};
    // Names that reach a prototype were refused before they came here.
    for (const [key, child] of node.children) object[key] = rawValue(child);
    let next = node.appended.length === 0 ? 0 : afterNumbers(node.children.keys());
    for (const value of node.appended) object[next++] = rawText(value);
    return object;
  }
  if (node.appended.length > 0) return [...node.values, ...node.appended].map(rawText);
  const last = node.values.at(-1);
  return last === undefined ? undefined : rawText(last);
}

function afterNumbers(keys: Iterable<string>): number {
  let next = 0;
  for (const key of keys) if (/^(?:0|[1-9]\d{0,8})$/.test(key)) next = Math.max(next, Number(key) + 1);
  return next;
}

export function rawText(value: FormValue): FormValue {
  return typeof value === 'string' ? newlines(value) : value;
}
