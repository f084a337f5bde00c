import { describe, expect, it } from 'vitest';
import { field } from '../../src/fields/define.ts';
import { kept } from '../support/kept.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('field.json', () => {
  it.each([
    ['{"a":[1,"b",null,true]}', { a: [1, 'b', null, true] }],
    [' [1, 2]\r\n', [1, 2]],
    ['"text"', 'text'],
    ['5', 5],
    ['-0', 0],
    ['false', false],
    ['null', null],
    ['', null],
    [null, null],
    [undefined, null],
    [{ a: { b: [] } }, { a: { b: [] } }],
    [
      [1, 'x'],
      [1, 'x'],
    ],
    [5, 5],
    [true, true],
    ['{"constructor":1}', { constructor: 1 }],
  ])('keeps %j as %j', (posted, expected) => {
    expect(kept(field.json(), posted)).toEqual(expected);
  });

  it.each([
    ['{'],
    ["{'a':1}"],
    ['text'],
    ['undefined'],
    ['NaN'],
    ['[1,]'],
    [NaN],
    [new Date()],
    [new File(['x'], 'x')],
    [new Map()],
    [{ a: undefined }],
    [[() => 1]],
    [{ a: new Date() }],
    [5n],
  ])('refuses %o', (posted) => {
    expect(kept(field.json(), posted)).toBe('refused: It must be valid JSON.');
  });

  it.each([
    ['{"a":"\\u0000"}'],
    ['{"\\u0000":1}'],
    ['["\\ud800"]'],
    [{ a: { b: ['x\0'] } }],
    [{ 'half \udc00': 1 }],
    ['"\\udfff"'],
  ])('refuses %j, which no database stores', (posted) => {
    expect(kept(field.json(), posted)).toBe('refused: It has characters that cannot be stored.');
  });

  it.each([['1e999'], ['{"a":-1e999}'], ['[12345678901234567890]'], [Infinity], [2 ** 53]])(
    'refuses %j, which would silently become another number',
    (posted) => {
      expect(kept(field.json(), posted)).toBe(
        'refused: It has a number that is too large to be kept exactly. Write it as text.',
      );
    },
  );

  it('refuses a key that sets prototypes', () => {
    expect(kept(field.json(), '{"a":{"__proto__":{"admin":true}}}')).toBe(
      'refused: It must not have a key “__proto__”.',
    );
  });

  it('bounds how deep it is', () => {
    expect(kept(field.json(), nested(32))).toEqual(JSON.parse(nested(32)));
    const sentence = 'refused: It is nested too deeply: it may have 32 levels.';
    expect(kept(field.json(), nested(33))).toBe(sentence);
    expect(kept(field.json(), nested(30_000))).toBe(sentence);
    expect(kept(field.json({ maxBytes: 10_000_000 }), nested(1_000_000))).toBe(sentence);
    const circle: unknown[] = [];
    circle.push(circle);
    expect(kept(field.json(), circle)).toBe(sentence);
  });

  it('bounds its size in bytes, as text and as a value', () => {
    const sentence = 'refused: It is too large: it may have 65,536 bytes of JSON.';
    expect(kept(field.json(), `"${'x'.repeat(65_534)}"`)).toBe('x'.repeat(65_534));
    expect(kept(field.json(), `"${'x'.repeat(65_535)}"`)).toBe(sentence);
    expect(kept(field.json(), `"${'ä'.repeat(40_000)}"`)).toBe(sentence);
    expect(kept(field.json(), ['x'.repeat(65_536)])).toBe(sentence);
    expect(kept(field.json({ maxBytes: 5 }), '[1,2]')).toEqual([1, 2]);
    expect(kept(field.json({ maxBytes: 5 }), '[1,23]')).toBe(
      'refused: It is too large: it may have 5 bytes of JSON.',
    );
  });
});
