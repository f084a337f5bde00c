/**
 * Plain JSON for clients that know nothing else: Dates and URLs as text, bigint as decimal text, Map as object, Set as
 * array. Throws for cycles.
 */
export function flatJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return part.toString();
    if (part instanceof Map) return Object.fromEntries(part) as unknown;
    if (part instanceof Set) return [...part] as unknown;
    return part;
  });
}
