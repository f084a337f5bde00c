import type { JsonSchema } from './json-document.ts';

const LOWER_BOUNDS = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems']);
const UPPER_BOUNDS = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']);

/** A node with its `allOf` parts folded in: an intersection of objects is one object with the properties of all. */
export function mergeAll(node: JsonSchema, root: JsonSchema): JsonSchema {
  const { allOf = [], ...own } = node;
  let merged: JsonSchema = own;
  for (const part of allOf) {
    const resolved = part.$ref === undefined ? part : (definitionOf(part.$ref, root) ?? part);
    merged = merge(merged, resolved.allOf === undefined ? resolved : mergeAll(resolved, root));
  }
  return merged;
}

function merge(left: JsonSchema, right: JsonSchema): JsonSchema {
  const merged: Record<string, unknown> = { ...left };
  for (const [keyword, value] of Object.entries(right)) {
    const other = merged[keyword];
    if (other === undefined) merged[keyword] = value;
    else if (keyword === 'properties') {
      merged[keyword] = { ...(other as object), ...(value as object) };
    } else if (keyword === 'required') {
      merged[keyword] = [...(other as string[]), ...(value as string[])];
    } else if (LOWER_BOUNDS.has(keyword)) merged[keyword] = Math.max(other as number, value as number);
    else if (UPPER_BOUNDS.has(keyword)) merged[keyword] = Math.min(other as number, value as number);
    // A number that is also an integer is an integer; of two patterns the first is shown, the validator tests both.
    else if (keyword === 'type' && value === 'integer') merged[keyword] = value;
  }
  return merged;
}

function definitionOf(pointer: string, root: JsonSchema): JsonSchema | undefined {
  const key = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(pointer)?.[1];
  const definitions = (root['$defs'] ?? root['definitions']) as Record<string, JsonSchema> | undefined;
  return key === undefined ? undefined : definitions?.[key];
}
