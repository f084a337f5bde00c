import { isPlainObject } from './plain-json.ts';

// Beyond these devalue itself is as good: it looks for cycles and repeated objects, which this file does not.
const MAX_DEPTH = 8;
const MAX_VALUES = 200;

/**
 * devalue's format for what answers are mostly made of: a few plain objects with Dates among them. `undefined` for anything
 * else. Fast path: 0.4 µs instead of 1.3 µs for `{ text, Date, number }`, which is 5 % of a small call
 * (`npm run bench -- R1`).
 */
export function datedJson(value: unknown): string | undefined {
  const values: string[] = [];
  return add(values, value, 0) ? `[${values.join(',')}]` : undefined;
}

function add(values: string[], value: unknown, depth: number): boolean {
  const index = values.length;
  if (index >= MAX_VALUES || depth > MAX_DEPTH) return false;
  values.push('');
  const text = encode(values, value, depth);
  if (text === undefined) return false;
  values[index] = text;
  return true;
}

function encode(values: string[], value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : undefined;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return 'null';
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? undefined : `["Date","${value.toISOString()}"]`;
  if (Array.isArray(value)) return encodeArray(values, value, depth);
  return isPlainObject(value) ? encodeObject(values, value as Record<string, unknown>, depth) : undefined;
}

function encodeArray(values: string[], array: readonly unknown[], depth: number): string | undefined {
  let text = '[';
  for (let index = 0; index < array.length; index++) {
    const at = values.length;
    if (!add(values, array[index], depth + 1)) return undefined;
    text += index === 0 ? at : `,${at}`;
  }
  return `${text}]`;
}

function encodeObject(values: string[], object: Record<string, unknown>, depth: number): string | undefined {
  // Refused by devalue too, which then says where it stands.
  if (Object.hasOwn(object, '__proto__') || Object.getPrototypeOf(object) === null) return undefined;
  let text = '{';
  for (const key in object) {
    const at = values.length;
    if (!add(values, object[key], depth + 1)) return undefined;
    text += `${text === '{' ? '' : ','}${quoted(key)}:${at}`;
  }
  return `${text}}`;
}

// Printable ASCII without quote and backslash is its own JSON.
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return text.length < 64 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
