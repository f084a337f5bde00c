// Keys that reach an object's prototype. Refused wherever a client names a key.
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.has(key);
}

/**
 * The segments of a form field's name: `a.b`, `a[b]`, `a[0][b]` and `a.0.b` nest; a trailing `[]` is an empty segment
 * ("one more element"). `undefined` for a name whose brackets do not match, which is then one plain key.
 */
export function parseFieldName(name: string): string[] | undefined {
  if (name.indexOf('.') < 0 && name.indexOf('[') < 0) return [name];
  const segments: string[] = [];
  let position = 0;
  let start = 0;
  while (position <= name.length) {
    const char = name[position];
    if (char === '.' || char === '[' || char === undefined) {
      const afterBracket = start === position && position > 0 && name[position - 1] === ']';
      if (!afterBracket) segments.push(name.slice(start, position));
      if (char === '[') {
        const end = name.indexOf(']', position);
        if (end < 0) return undefined;
        segments.push(name.slice(position + 1, end));
        position = end + 1;
        start = position;
        const next = name[position];
        if (next !== undefined && next !== '.' && next !== '[') return undefined;
        if (next === '.') {
          position++;
          start = position;
        } else if (next === undefined) {
          return segments;
        }
        continue;
      }
      position++;
      start = position;
      continue;
    }
    position++;
  }
  return segments;
}

/** `['items', 0, 'qty']` as `items.0.qty`, the form in which errors name fields. */
export function dottedPath(path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }>): string {
  return path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}
