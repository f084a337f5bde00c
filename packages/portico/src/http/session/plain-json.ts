const MAX_DEPTH = 32;

/**
 * Where a value would not come back from JSON as it went in: a dotted path and what stands there, or
 * `undefined` when all of it would. Refuses what JSON drops or rewrites without a word: `undefined`,
 * functions, Date, Map, class instances, NaN, holes, symbols, getters, cycles and anything nested deeper than
 * 32.
 */
export function notPlainJson(value: unknown): { readonly path: string; readonly what: string } | undefined {
  return inspect(value, '', 0);
}

function inspect(value: unknown, path: string, depth: number): { path: string; what: string } | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : { path, what: String(value) };
  if (typeof value !== 'object')
    return { path, what: value === undefined ? 'undefined' : `a ${typeof value}` };
  if (depth >= MAX_DEPTH) return { path, what: `a cycle, or nesting deeper than ${MAX_DEPTH}` };
  if (!Array.isArray(value)) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      return { path, what: `a value of class ${className(value)}` };
  }
  for (const key of Reflect.ownKeys(value)) {
    if (key === 'length' && Array.isArray(value)) continue;
    const below = path === '' ? String(key) : `${path}.${String(key)}`;
    if (typeof key === 'symbol') return { path: below, what: 'a symbol as key' };
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property?.get !== undefined || property?.set !== undefined) return { path: below, what: 'a getter' };
    if (Array.isArray(value) && !/^\d+$/.test(key)) return { path: below, what: 'a property of an array' };
    const found = inspect(property?.value, below, depth + 1);
    if (found !== undefined) return found;
  }
  if (Array.isArray(value) && Object.keys(value).length !== value.length) {
    return { path, what: 'an array with holes' };
  }
  return undefined;
}

function className(value: object): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const maker: unknown = value.constructor;
  return tag === 'Object' && typeof maker === 'function' ? maker.name : tag;
}
