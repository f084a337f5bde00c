import { parse, stringify } from 'devalue';
import { DEVALUE_TYPE, JSON_TYPE } from '../wire/names.ts';

/** Data as it goes over the wire: plain JSON where that loses nothing, devalue for the rest. */
export interface EncodedData {
  readonly contentType: typeof JSON_TYPE | typeof DEVALUE_TYPE;
  readonly body: string;
}

const URL_TYPE = {
  URL: (value: unknown): string | false => value instanceof URL && value.href,
};

/**
 * Encodes a value. Throws where it holds something that cannot travel (a function, a class instance, a promise); the
 * message names the path.
 */
export function encodeData(value: unknown): EncodedData {
  if (isPlainJson(value)) return { contentType: JSON_TYPE, body: JSON.stringify(value) };
  return { contentType: DEVALUE_TYPE, body: stringify(value, URL_TYPE) };
}

export function decodeData(encoded: { readonly contentType: string; readonly body: string }): unknown {
  if (!encoded.contentType.startsWith(DEVALUE_TYPE)) return JSON.parse(encoded.body) as unknown;
  return parse(encoded.body, { URL: (href: string) => new URL(href) }) as unknown;
}

const MAX_DEPTH = 200;

/**
 * Whether JSON gives a value back as it was. Depth stands in for a search for cycles: what is deeper goes to devalue, which
 * knows cycles.
 */
export function isPlainJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      break;
    default:
      return false;
  }
  if (value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (!isPlainJson(value[index], depth + 1)) return false;
    }
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return false;
  for (const key in value) {
    if (!isPlainJson((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return Object.getOwnPropertySymbols(value).length === 0;
}
