/**
 * Input as JSON, from which the schema restores the types: Dates and URLs as text, bigint as decimal text,
 * Set as list, Map as list of pairs. `undefined`: it holds a file, and only a form can carry that. `''` for
 * no input. Throws for cycles.
 */
export function toJson(input: unknown): string | undefined {
  let hasFile = false;
  const json = JSON.stringify(input, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}`;
    if (value instanceof Set || value instanceof Map) return [...value] as unknown;
    hasFile ||= value instanceof Blob;
    return value;
  }) as string | undefined;
  return hasFile ? undefined : (json ?? '');
}
