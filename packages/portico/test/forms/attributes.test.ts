import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributes, hiddenInput, input, type Attributes } from 'portico/html';
import { hostileText, tagOf, tokenize } from './markup.ts';

describe('attributes', () => {
  test.each<[string, Attributes, string]>([
    ['text', { id: 'a', title: '"><script>' }, 'id="a" title="&quot;&gt;&lt;script&gt;"'],
    ['true is the name alone', { required: true, multiple: true }, 'required multiple'],
    ['false, null and undefined are left out', { a: false, b: null, c: undefined, d: '' }, 'd=""'],
    ['zero is a value', { tabindex: 0, max: 5n }, 'tabindex="0" max="5"'],
    ['a list is joined', { class: ['a', false, null, 'b', ''], rel: [] }, 'class="a b"'],
    [
      'aria',
      { aria: { invalid: true, errormessage: null, hidden: false, label: 'x' } },
      'aria-invalid="true" aria-label="x"',
    ],
    ['aria joins ids', { aria: { describedby: ['a', 'b'] } }, 'aria-describedby="a b"'],
    ['data', { data: { userId: 5, x: true, y: false, z: null } }, 'data-user-id="5" data-x'],
    [
      'data as JSON',
      { data: { items: [{ a: '"' }] } },
      'data-items="[{&quot;a&quot;:&quot;\\&quot;&quot;}]"',
    ],
    ['the later one wins', { 'data-x': 1, data: { x: 2 } }, 'data-x="2"'],
    [
      'what has a text',
      { href: new URL('https://a.example/?a&b') as never },
      'href="https://a.example/?a&amp;b"',
    ],
    ['nothing', {}, ''],
  ])('%s', (_, record, expected) => {
    expect(attributes(record).toString()).toBe(expected);
  });

  test.each([
    ['a b'],
    ['a"'],
    ["a'"],
    ['a>'],
    ['<a'],
    ['a/b'],
    ['a=b'],
    [''],
    ['a\n'],
    ['a\u0000'],
    ['a\u007f'],
    ['a\ufffe'],
    ['`'],
    ['on load=x'],
  ])('the name %j is refused', (name) => {
    expect(() => attributes({ [name]: 'x' })).toThrow(/cannot be the name/);
    if (name !== '') expect(() => attributes({ data: { [name]: 'x' } })).toThrow(/cannot be the name/);
    if (name !== '') expect(() => attributes({ aria: { [name]: true } })).toThrow(/cannot be the name/);
  });

  test.each<[string, unknown, RegExp]>([
    ['an object', { a: 1 }, /title was given an object/],
    ['a function', () => 1, /title was given a function/],
    ['a symbol', Symbol('x'), /title was given a symbol/],
  ])('%s as a value is refused', (_, value, message) => {
    expect(() => attributes({ title: value as string })).toThrow(message);
  });

  test('aria and data want objects', () => {
    expect(() => attributes({ aria: 'x' })).toThrow(/aria takes an object/);
    expect(() => attributes({ data: ['x'] })).toThrow(/data takes an object/);
  });

  test('whatever name and value: either refused, or read back as they were, and nothing else with them', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, value) => {
        let markup: string;
        try {
          markup = `<p ${attributes({ [name]: value })}>`;
        } catch (error) {
          expect(String(error)).toMatch(/cannot be the name/);
          return;
        }
        if (name === 'aria' || name === 'data') return;
        expect([...(tokenize(markup).tags[0]?.attributes ?? [])]).toEqual([[name, value]]);
      }),
    );
  });
});

describe('input', () => {
  test('Craft’s example', () => {
    const field = input('text', 'fullName', 'Ada "A" <L>', {
      id: 'fullName',
      aria: { invalid: true, errormessage: 'fullName-errors' },
    });
    expect(field.toString()).toBe(
      '<input type="text" name="fullName" value="Ada &quot;A&quot; &lt;L&gt;" id="fullName" aria-invalid="true" aria-errormessage="fullName-errors">',
    );
  });

  test.each<[string, Parameters<typeof input>, Record<string, string>]>([
    ['no value', ['text', 'a', null], { type: 'text', name: 'a' }],
    ['no name', ['submit', null, 'Go'], { type: 'submit', value: 'Go' }],
    ['numbers', ['number', 'a', 0], { type: 'number', name: 'a', value: '0' }],
    ['booleans', ['hidden', 'a', false], { type: 'hidden', name: 'a', value: 'false' }],
    [
      'a day',
      ['date', 'a', new Date('2026-01-31T23:59:59Z')],
      { type: 'date', name: 'a', value: '2026-01-31' },
    ],
    [
      'a date-time',
      ['datetime-local', 'a', new Date('2026-01-31T09:30:00Z')],
      { type: 'datetime-local', name: 'a', value: '2026-01-31T09:30' },
    ],
    [
      'an ISO text as a day',
      ['date', 'a', '2026-01-31T09:30:00Z'],
      { type: 'date', name: 'a', value: '2026-01-31' },
    ],
    [
      'seconds are kept',
      ['datetime-local', 'a', new Date('2026-01-31T09:30:05.5Z')],
      { type: 'datetime-local', name: 'a', value: '2026-01-31T09:30:05.500' },
    ],
    [
      'another date',
      ['text', 'a', new Date(0)],
      { type: 'text', name: 'a', value: '1970-01-01T00:00:00.000Z' },
    ],
    ['an invalid date', ['date', 'a', new Date(NaN)], { type: 'date', name: 'a', value: '' }],
    [
      'a year beyond 9999',
      ['date', 'a', new Date('+012026-01-31')],
      { type: 'date', name: 'a', value: '12026-01-31' },
    ],
    ['a file', ['file', 'a', 'C:\\secret.txt'], { type: 'file', name: 'a' }],
    [
      'what was given first cannot be overridden',
      ['hidden', 'a', 'v', { type: 'image', name: 'b', value: 'w', id: 'i' }],
      { type: 'hidden', name: 'a', value: 'v', id: 'i' },
    ],
  ])('%s', (_, parameters, expected) => {
    expect(tagOf(input(...parameters))).toEqual({ tag: 'input', ...expected });
  });

  test('any name and value are read back as they were', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, value) => {
        expect(tagOf(hiddenInput(name, value))).toEqual({ tag: 'input', type: 'hidden', name, value });
      }),
    );
  });
});
