import type { FormEntry } from '../../../src/schema/decode-form.ts';
import type { KindName } from './libraries.ts';

/** Instead of a value: the key is not there; the schema refuses the input. */
export const NONE = Symbol('none');
export const REFUSED = Symbol('refused');

/** What is sent, what the decoder makes of `x`, and what the schema makes of that (left out: the same). */
export type Case = readonly [sent: readonly FormEntry[], decoded: unknown, validated?: unknown];

const picture = new File(['png'], 'cat.png', { type: 'image/png' });
/** What a browser sends for a file input in which nothing was chosen. */
const noFile = new File([], '', { type: 'application/octet-stream' });

const day = new Date('2024-05-01T00:00:00Z');
const x = (...values: ReadonlyArray<string | File>): FormEntry[] => values.map((value) => ['x', value]);
const under = (fields: Record<string, string>): FormEntry[] =>
  Object.entries(fields).map(([name, value]) => [`x${name}`, value]);
// A field of a wrong shape arrives whole, for the schema to say so.
const nestedText: Case = [under({ '[a]': '1' }), { a: '1' }, REFUSED];

export const TABLE: Record<KindName, readonly Case[]> = {
  text: [
    [[], NONE, REFUSED],
    [x(''), ''],
    [x('v'), 'v'],
    [x('a\r\nb\nc'), 'a\nb\nc'],
    [x('first', 'last'), 'last'],
    [x(picture), picture, REFUSED],
    nestedText,
  ],
  optionalText: [[[], NONE], [x(''), NONE], [x('v'), 'v'], [x('v', ''), NONE], nestedText],
  nullableText: [[[], null], [x(''), null], [x('null'), 'null'], [x('a', 'b'), 'b'], nestedText],
  nullishText: [[[], NONE], [x(''), null], [x('v'), 'v'], [x('v', 'w'), 'w'], nestedText],
  undefinableText: [[x(''), NONE], [[], NONE], [x('v'), 'v'], [x('a', 'b'), 'b'], nestedText],
  textWithDefault: [[[], NONE, 'D'], [x(''), NONE, 'D'], [x('v'), 'v'], [x('D', 'v'), 'v'], nestedText],
  textWithPrefault: [[[], NONE, 'P'], [x(''), NONE, 'P'], [x('v'), 'v'], nestedText],
  email: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('a@b.co'), 'a@b.co'],
    [x('nobody'), 'nobody', REFUSED],
  ],
  numericText: [
    [[], NONE, REFUSED],
    [x('12'), '12', 12],
    [x('1', '2'), '2', 2],
  ],
  number: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('0'), 0],
    [x('-1.5'), -1.5],
    [x('.5'), 0.5],
    [x('007'), 7],
    [x('-0'), 0],
    [x(' 5 '), 5],
    [x('1', '2'), 2],
    [x('0x10'), '0x10', REFUSED],
    [x('1e3'), '1e3', REFUSED],
    [x('1,5'), '1,5', REFUSED],
    [x('Infinity'), 'Infinity', REFUSED],
    [x('NaN'), 'NaN', REFUSED],
    [x('9'.repeat(400)), '9'.repeat(400), REFUSED],
    [x('١٢'), '١٢', REFUSED],
    [x(' '), ' ', REFUSED],
    [x(picture), picture, REFUSED],
    nestedText,
  ],
  optionalNumber: [
    [[], NONE],
    [x(''), NONE],
    [x('5'), 5],
    [x('abc'), 'abc', REFUSED],
    [x('5', ''), NONE],
  ],
  nullableNumber: [
    [[], null],
    [x(''), null],
    [x('0'), 0],
    [x('abc'), 'abc', REFUSED],
  ],
  // `z.coerce` would make 0 of nothing: what is missing stays missing, and what is empty stays text.
  coercedNumber: [
    [[], NONE, REFUSED],
    [x('5'), 5],
    [x('abc'), 'abc', REFUSED],
  ],
  wrappedNumber: [
    [[], NONE, REFUSED],
    [x('5'), 5],
    [x('abc'), 'abc', REFUSED],
  ],
  caughtNumber: [
    [[], NONE, 0],
    [x('5'), 5],
    [x('abc'), 'abc', 0],
  ],
  preprocessedNumber: [
    [[], NONE, REFUSED],
    [x('5'), 5],
    [x('1,5'), '1,5', REFUSED],
  ],
  integer: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('12'), 12],
    [x('5.0'), 5],
    [x('5.5'), 5.5, REFUSED],
    [x('9007199254740993'), '9007199254740993', REFUSED],
  ],
  bigint: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('9007199254740993'), 9007199254740993n],
    [x('-5'), -5n],
    [x('5.5'), '5.5', REFUSED],
    [x('0x10'), '0x10', REFUSED],
    [x('9'.repeat(2000)), '9'.repeat(2000), REFUSED],
  ],
  boolean: [
    [[], false],
    ...['on', 'true', '1', 'yes'].map((text): Case => [x(text), true]),
    ...['false', '0', 'off', 'no', ''].map((text): Case => [x(text), false]),
    [x('false', 'true'), true],
    [x('on', 'false'), false],
    [x('maybe'), 'maybe', REFUSED],
    [x(picture), picture, REFUSED],
    nestedText,
  ],
  optionalBoolean: [
    [[], NONE],
    [x('on'), true],
    [x(''), false],
    [x('no'), false],
    [x('x'), 'x', REFUSED],
  ],
  nullableBoolean: [
    [[], false],
    [x('on'), true],
    [x(''), null],
    [x('0'), false],
    [x('x'), 'x', REFUSED],
  ],
  booleanWithDefault: [
    [[], NONE, true],
    [x('on'), true],
    [x('false'), false],
    [x('false', 'on'), true],
  ],
  acceptedTerms: [
    [[], false, REFUSED],
    [x('on'), true],
    [x('off'), false, REFUSED],
    [x(''), false, REFUSED],
  ],
  choice: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('red'), 'red'],
    [x('red', 'green'), 'green'],
    [x('x'), 'x', REFUSED],
  ],
  nullableChoice: [
    [[], null],
    [x(''), null],
    [x('red'), 'red'],
    [x('null'), 'null', REFUSED],
  ],
  numericChoice: [
    [[], NONE, REFUSED],
    [x('1'), 1],
    [x('2.0'), 2],
    [x('3'), '3', REFUSED],
    [x(''), '', REFUSED],
  ],
  bigintLiteral: [
    [[], NONE, REFUSED],
    [x('5'), 5n],
    [x('6'), '6', REFUSED],
  ],
  date: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('2024-05-01'), day],
    [x('2024-05-01T10:30'), new Date('2024-05-01T10:30:00Z')],
    [x('2024-05-01 10:30:15.5'), new Date('2024-05-01T10:30:15.500Z')],
    [x('2024-05-01T10:30:00Z'), new Date('2024-05-01T10:30:00Z')],
    [x('2024-05-01T10:30:00+02:00'), new Date('2024-05-01T08:30:00Z')],
    [
      under({ '[date]': '2024-05-01', '[time]': '10:30', '[timezone]': 'Europe/Berlin' }),
      new Date('2024-05-01T08:30:00Z'),
    ],
    [
      under({ '[date]': '2024-05-01', '[time]': '10:30', '[timezone]': '-03:00' }),
      new Date('2024-05-01T13:30:00Z'),
    ],
    [under({ '[date]': '2024-05-01', '[time]': '' }), day],
    [
      under({ '.datetime': '2024-12-01T10:30', '.timezone': 'America/New_York' }),
      new Date('2024-12-01T15:30:00Z'),
    ],
    [under({ '[date]': '', '[time]': '' }), '', REFUSED],
    [
      under({ '[date]': '2024-05-01', '[timezone]': 'Mars/Olympus' }),
      { date: '2024-05-01', timezone: 'Mars/Olympus' },
      REFUSED,
    ],
    [x('2024-02-30'), '2024-02-30', REFUSED],
    [x('2024-05-01T24:00'), '2024-05-01T24:00', REFUSED],
    [x('tomorrow'), 'tomorrow', REFUSED],
    [x('0'), '0', REFUSED],
    [x('1714521600000'), '1714521600000', REFUSED],
    [x('2024-05-01', '2024-05-02'), new Date('2024-05-02T00:00:00Z')],
  ],
  optionalDate: [
    [[], NONE],
    [x(''), NONE],
    [x('2024-05-01'), day],
    [under({ '[date]': '' }), NONE],
  ],
  nullableDate: [
    [[], null],
    [x(''), null],
    [x('2024-05-01'), day],
    [under({ '[date]': '' }), null],
  ],
  coercedDate: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('2024-05-01'), day],
  ],
  url: [
    [[], NONE, REFUSED],
    [x(''), '', REFUSED],
    [x('https://a.example/b'), new URL('https://a.example/b')],
    [x('nowhere'), 'nowhere', REFUSED],
  ],
  file: [
    [[], NONE, REFUSED],
    [x(noFile), NONE, REFUSED],
    [x(''), NONE, REFUSED],
    [x(picture), picture],
    [x(noFile, picture), picture],
    [x('text'), 'text', REFUSED],
  ],
  optionalFile: [
    [[], NONE],
    [x(noFile), NONE],
    [x(''), NONE],
    [x(picture), picture],
    [x('text'), 'text', REFUSED],
  ],
  nullableFile: [
    [[], null],
    [x(noFile), null],
    [x(''), null],
    [x(picture), picture],
  ],
  texts: [
    [[], []],
    [x(''), []],
    [x('a'), ['a']],
    [x('a', 'b'), ['a', 'b']],
    [x('', 'b'), ['', 'b']],
    [under({ '[]': 'a' }), ['a']],
    [under({ '[]': '' }), []],
    [
      [
        ['x', ''],
        ['x[]', 'a'],
        ['x[]', 'b'],
      ],
      ['a', 'b'],
    ],
    [
      [
        ['x[1]', 'b'],
        ['x[0]', 'a'],
      ],
      ['a', 'b'],
    ],
    [under({ '.0': 'a', '.1': 'b' }), ['a', 'b']],
    [under({ '[0]': '' }), ['']],
    [x('a\r\nb'), ['a\nb']],
    [under({ '[0][a]': '1' }), [{ a: '1' }], REFUSED],
  ],
  optionalTexts: [
    [[], NONE],
    [x(''), []],
    [x('a'), ['a']],
    [x('a', 'b'), ['a', 'b']],
  ],
  textsWithDefault: [
    [[], NONE, ['d']],
    [x(''), []],
    [x('a'), ['a']],
  ],
  numbers: [
    [[], []],
    [x(''), []],
    [x('1'), [1]],
    [x('1', '2'), [1, 2]],
    [x('', '2'), [2]],
    [x('1', 'x'), [1, 'x'], REFUSED],
    [x('1', ''), [1, ''], REFUSED],
  ],
  choices: [
    [[], []],
    [x(''), []],
    [x('', 'red'), ['red']],
    [x('red', 'green'), ['red', 'green']],
    [x('x'), ['x'], REFUSED],
  ],
  files: [
    [[], []],
    [x(noFile), []],
    [x(''), []],
    [x(picture, picture), [picture, picture]],
    [x(noFile, picture), [picture]],
  ],
  grid: [
    [[], []],
    [under({ '[0][0]': '1', '[0][1]': '2', '[1][0]': '3' }), [[1, 2], [3]]],
    [under({ '[0][]': '1' }), [[1]]],
  ],
  tuple: [
    [[], [], REFUSED],
    [x('a', '1'), ['a', 1]],
    [under({ '[0]': 'a', '[1]': '1' }), ['a', 1]],
    [x('a', 'b'), ['a', 'b'], REFUSED],
  ],
  set: [
    [[], new Set()],
    [x(''), new Set()],
    [x('1'), new Set([1])],
    [x('1', '2', '1'), new Set([1, 2])],
    [under({ '[0]': '1', '[1]': '2' }), new Set([1, 2])],
    [x('a'), new Set(['a']), REFUSED],
  ],
  map: [
    [[], new Map()],
    [x(''), new Map()],
    [
      under({ '[small]': '5', '.large': '9' }),
      new Map([
        ['small', 5],
        ['large', 9],
      ]),
    ],
    [under({ '[small]': 'x' }), new Map([['small', 'x']]), REFUSED],
  ],
  record: [
    [[], {}],
    [x(''), {}],
    [under({ '[321]': '1', '[toString]': '2', '.b': '3' }), { 321: 1, toString: 2, b: 3 }],
    [under({ '[999999999999]': '1' }), { 999999999999: 1 }],
    [under({ '[a]': 'x' }), { a: 'x' }, REFUSED],
    [x('text'), 'text', REFUSED],
  ],
  object: [
    [[], { on: false }],
    [x(''), { on: false }],
    [under({ '[on]': 'on', '[n]': '5' }), { on: true, n: 5 }],
    [under({ '.n': '', '.other': 'y' }), { on: false }],
    [under({ '[0]': 'y' }), { on: false }],
    [x('text'), 'text', REFUSED],
  ],
  optionalObject: [
    [[], NONE],
    [x(''), NONE],
    [under({ '.on': '' }), { on: false }],
  ],
  nullableObject: [
    [[], null],
    [x(''), null],
    [under({ '.on': 'on' }), { on: true }],
  ],
  intersection: [
    [[], { b: false }, REFUSED],
    [under({ '.a': '1', '.b': 'on' }), { a: 1, b: true }],
  ],
  loose: [
    [[], {}, REFUSED],
    [under({ '.n': '1', '.free': 'a\r\nb', '[321]': 'k' }), { n: 1, free: 'a\nb', 321: 'k' }],
    [under({ '.n': '1', '.deep[0]': 'a', '.list[]': 'b' }), { n: 1, deep: { 0: 'a' }, list: ['b'] }],
  ],
  rows: [
    [[], []],
    [x(''), []],
    [
      under({ '[0][qty]': '1', '[0][gift]': 'on', '[1].qty': '2' }),
      [
        { qty: 1, gift: true },
        { qty: 2, gift: false },
      ],
    ],
    [under({ '.0.qty': 'x' }), [{ qty: 'x', gift: false }], REFUSED],
    [x('text'), ['text'], REFUSED],
  ],
  union: [
    [[], {}, REFUSED],
    [under({ '[by]': 'card', '[until]': '2024-05-01', '[saved]': 'on' }), { by: 'card', until: day }],
    [under({ '.by': 'bank' }), { by: 'bank', saved: false }],
    [under({ '.by': 'cash', '.until': '2024-05-01' }), { by: 'cash' }, REFUSED],
    [under({ '.until': '2024-05-01' }), {}, REFUSED],
    [under({ '.by': 'toString' }), { by: 'toString' }, REFUSED],
    [x('card'), 'card', REFUSED],
  ],
  textOrEmail: [
    [[], NONE, REFUSED],
    [x('me'), 'me'],
    [x('a@b.co'), 'a@b.co'],
    [x('x'), 'x', REFUSED],
  ],
};
