import { MARK, type JsonSchema } from '../schema/json-document.ts';

/** A schema of JSON Schema may be `true` or `false`. */
export type Node = JsonSchema | boolean;

/** Stands for a value that cannot be sent in a notation; compared by identity. A property that needs one takes its object along. */
export const NOTHING: JsonSchema = { not: {} };
/** Stands for `undefined`: the property is left out. Compared by identity. */
export const ABSENT: JsonSchema = { not: {} };

/** Whether a node stands for `undefined`. */
export function isAbsent(node: Node): boolean {
  return typeof node === 'object' && node[MARK]?.kind === 'undefined';
}

/** Whether a value may be `undefined`, which no wire carries: it is left out. */
export function mayBeAbsent(node: Node): boolean {
  if (typeof node === 'boolean') return false;
  return isAbsent(node) || [...(node.anyOf ?? []), ...(node.oneOf ?? [])].some((part) => mayBeAbsent(part));
}

/** A form leaves out a box that is not ticked, and a list without elements. */
export function isEmptyWhenAbsent(node: Node): boolean {
  if (typeof node === 'boolean') return false;
  const kind = node[MARK]?.kind;
  return node.type === 'boolean' || node.type === 'array' || kind === 'set' || kind === 'map';
}
