import type { FieldNode, FormValue } from '../field-tree.ts';
import { newlines } from './text.ts';

/** What was sent, as it was sent, where no plan says more: text, a list for `name[]`, an object for nested names. */
export function rawValue(node: FieldNode): unknown {
  if (node.children !== undefined) {
    const object: Record<string, unknown> = {};
    // Names that reach a prototype were refused before they came here.
    for (const [key, child] of node.children) object[key] = rawValue(child);
    return object;
  }
  if (node.appended.length > 0) return [...node.values, ...node.appended].map(rawText);
  const last = node.values.at(-1);
  return last === undefined ? undefined : rawText(last);
}

export function rawText(value: FormValue): FormValue {
  return typeof value === 'string' ? newlines(value) : value;
}
