import { decodeUtf8 } from '../../lib/utf8.ts';
import { malformed, tooLarge } from './body-errors.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The value of a JSON body: `undefined` for an empty one. A byte order mark is skipped. Throws `ActionError`
 * `BAD_REQUEST` for what is not JSON in UTF-8, `CONTENT_TOO_LARGE` for more than `maxDepth` levels of nesting.
 *
 * A key `__proto__` in the text becomes an own property, as `JSON.parse` has it: harmless here, for the schema to refuse
 * or drop, but not to be copied by assignment.
 */
export function parseJson(bytes: Uint8Array, maxDepth = 32): unknown {
  if (bytes.length === 0) return undefined;
  const decoded = decodeUtf8(bytes);
  if (decoded === undefined) throw malformed('The body is not valid JSON: it is not encoded in UTF-8.');
  const text = decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (text === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(`The body is not valid JSON: ${reason(error)}.`);
  }
  // Each level takes two characters.
  if (text.length > 2 * maxDepth && isDeeper(value, maxDepth)) {
    throw tooLarge(`The JSON body is nested more than ${maxDepth} levels deep.`);
  }
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object' && isDeeper(item, levels - 1)) return true;
    return false;
  }
  for (const key in value) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item === 'object' && isDeeper(item, levels - 1)) return true;
  }
  return false;
}

// What engines say differs, and some of it repeats the text, which may hold secrets and would end up in logs.
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const token = /^Unexpected token '(.{1,2})'/su.exec(message)?.[1];
  const position = /position (\d+)/.exec(message)?.[1];
  const line = /line (\d+) column (\d+)/.exec(message);
  let what = 'it cannot be parsed';
  if (token !== undefined) what = `unexpected ${JSON.stringify(token)}`;
  else if (/unexpected end|unterminated string|EOF/i.test(message)) what = 'it ends too early';
  if (line !== null) return `${what} (line ${line[1]}, column ${line[2]})`;
  return position === undefined ? what : `${what} (position ${position})`;
}
