import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../src/http/body/json-body.ts';
import { isActionError } from '../../../src/wire/error.ts';
import { bytesOf } from './bodies.ts';

const nested = (depth: number): string => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2);

test.each<[string, unknown]>([
  ['', undefined],
  ['\uFEFF', undefined],
  ['null', null],
  ['\uFEFF{"a":1}', { a: 1 }],
  [' [1, "ä🍕"] ', [1, 'ä🍕']],
  [nested(32), JSON.parse(nested(32))],
])('%j', (text, expected) => {
  expect(parseJson(bytesOf(text))).toEqual(expected);
});

test.each([
  ['{"a":1', /ends too early|line 1, column 7/],
  ['"secret', /ends too early/],
  ['{"a" 1}', /line 1, column 6/],
  ['{"password":"hunter2-hunter2",}', /line 1, column 31/],
  ['hunter2-hunter2', /unexpected "h"/],
  ['{"a":hunter2-hunter2}', /unexpected "h"/],
  ['{"a":"\n"}', /line 1, column 7/],
  ["{'a':1}", /line 1, column 2/],
  ['NaN', /cannot be parsed/],
  ['1 2', /line 1, column 3/],
  [' ', /ends too early/],
])('%j is refused without repeating it', (text, message) => {
  try {
    parseJson(bytesOf(text));
  } catch (error) {
    if (!isActionError(error)) throw error;
    expect(error.code).toBe('BAD_REQUEST');
    expect(error.message).toMatch(/^The body is not valid JSON: /);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/hunter2|secret/);
    expect(error.cause).toBeUndefined();
    return;
  }
  expect.unreachable();
});

test.each([[[0xff]], [[0x22, 0xe4, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0xfe, 0xff, 0, 0x31]]])(
  'bytes %j are no UTF-8',
  (bytes) => {
    expect(() => parseJson(new Uint8Array(bytes))).toThrow(/not encoded in UTF-8/);
  },
);

test.each([
  nested(34),
  '['.repeat(33) + ']'.repeat(33),
  '['.repeat(100_000) + ']'.repeat(100_000),
  `{"a":1,"b":${nested(40)}}`,
])('too deep is 413', (text) => {
  expect(() => parseJson(bytesOf(text))).toThrow(expect.objectContaining({ status: 413 }));
});

test('__proto__ is an own property and pollutes nothing', () => {
  const value = parseJson(
    bytesOf('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  ) as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.hasOwn(value, '__proto__')).toBe(true);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('a deep __proto__ counts as depth', () => {
  const text = '{"__proto__":'.repeat(40) + '1' + '}'.repeat(40);
  expect(() => parseJson(bytesOf(text))).toThrow(expect.objectContaining({ status: 413 }));
});

test('any bytes: a value or an ActionError', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 50 }),
    fc.json({ maxDepth: 5 }).map(bytesOf),
    fc.json().map((text) => bytesOf(text).subarray(1)),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      try {
        parseJson(input);
      } catch (error) {
        if (!isActionError(error)) throw error;
      }
    }),
  );
});
