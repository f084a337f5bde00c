import { parse, stringify } from 'devalue';
import { DEVALUE_TYPE, JSON_TYPE } from '../wire/names.ts';
import { datedJson } from './dated-json.ts';
import { isPlainJson } from './plain-json.ts';

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
  return { contentType: DEVALUE_TYPE, body: datedJson(value) ?? stringify(value, URL_TYPE) };
}

export function decodeData(encoded: { readonly contentType: string; readonly body: string }): unknown {
  if (!encoded.contentType.startsWith(DEVALUE_TYPE)) return JSON.parse(encoded.body) as unknown;
  return parse(encoded.body, { URL: (href: string) => new URL(href) }) as unknown;
}
