import type { JsonSchema } from '../schema/json-document.ts';

/** What a `$ref` of a document leads to (RFC 6901); `undefined` where it leads nowhere. */
export function targetOf(pointer: string, root: JsonSchema): JsonSchema | undefined {
  let target: unknown = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
    target = (target as Record<string, unknown>)[key];
  }
  return target as JsonSchema;
}
