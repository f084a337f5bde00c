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
  const text = encode({ values: 0 }, value, 0);
  return text === undefined ? undefined : `[${text}]`;
}

/** How many values have been numbered. */
interface Count {
  values: number;
}

/** A value and all below it, in the order of their numbers. Texts are put together as they come: an array costs twice that. */
function encode(count: Count, value: unknown, depth: number): string | undefined {
  if (count.values >= MAX_VALUES || depth > MAX_DEPTH) return undefined;
  count.values++;
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
  if (Array.isArray(value)) return encodeArray(count, value, depth);
  return isPlainObject(value) ? encodeObject(count, value as Record<string, unknown>, depth) : undefined;
}

function encodeArray(count: Count, array: readonly unknown[], depth: number): string | undefined {
  let own = '';
  let below = '';
  for (let index = 0; index < array.length; index++) {
    const at = count.values;
    const text = encode(count, array[index], depth + 1);
    if (text === undefined) return undefined;
    own += index === 0 ? at : `,${at}`;
    below += `,${text}`;
  }
  return `[${own}]${below}`;
}

function encodeObject(count: Count, object: Record<string, unknown>, depth: number): string | undefined {
  // Refused by devalue too, which then says where it stands.
  if (Object.hasOwn(object, '__proto__') || Object.getPrototypeOf(object) === null) return undefined;
  let own = '';
  let below = '';
  for (const key in object) {
    const at = count.values;
    const text = encode(count, object[key], depth + 1);
    if (text === undefined) return undefined;
    own += `${own === '' ? '' : ','}${quoted(key)}:${at}`;
    below += `,${text}`;
  }
  return `{${own}}${below}`;
}

// Printable ASCII without quote and backslash is its own JSON.
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return text.length < 64 && PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
