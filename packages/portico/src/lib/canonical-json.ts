/** JSON whose objects have their keys in one order, so that equal values have equal texts. `''` for `undefined`. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, sorted) ?? '';
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
