import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodeForm, encodeQuery } from '../../src/client/encode-form.ts';
import { compilePlan } from '../../src/schema/compile-plan.ts';
import { decodeForm } from '../../src/schema/decode-form.ts';

describe('encodeForm', () => {
  it.each<[string, unknown, [string, string][]]>([
    ['nothing', undefined, []],
    ['an empty object', {}, []],
    [
      'scalars',
      { a: 'x', b: 1.5, c: true, d: false, e: 5n },
      [
        ['a', 'x'],
        ['b', '1.5'],
        ['c', 'true'],
        ['d', 'false'],
        ['e', '5'],
      ],
    ],
    ['undefined and null', { a: undefined, b: null }, [['b', '']]],
    [
      'dates and URLs',
      { at: new Date(0), to: new URL('https://a.test') },
      [
        ['at', '1970-01-01T00:00:00.000Z'],
        ['to', 'https://a.test/'],
      ],
    ],
    ['an invalid date', { at: new Date(Number.NaN) }, [['at', '']]],
    ['objects', { a: { b: { c: 1 } } }, [['a.b.c', '1']]],
    ['keys with dots and brackets', { a: { 'b.c': { 'd[': 1 } } }, [['a[b.c][d[]', '1']]],
    [
      'lists',
      { a: [1, 2] },
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['an empty list', { a: [] }, [['a', '']]],
    [
      'a list with a blank',
      { a: ['', 'b', undefined] },
      [
        ['a.0', ''],
        ['a.1', 'b'],
        ['a.2', ''],
      ],
    ],
    [
      'a list of objects',
      { a: [{ b: 1 }, { b: 2 }] },
      [
        ['a.0.b', '1'],
        ['a.1.b', '2'],
      ],
    ],
    [
      'lists in lists',
      { a: [[1], [2, 3]] },
      [
        ['a.0', '1'],
        ['a.1', '2'],
        ['a.1', '3'],
      ],
    ],
    [
      'sets and maps',
      { s: new Set([1, 2]), m: new Map([['k', [3]]]) },
      [
        ['s', '1'],
        ['s', '2'],
        ['m.k', '3'],
      ],
    ],
    ['what knows its JSON', { a: { toJSON: () => ({ b: 1 }) } }, [['a.b', '1']]],
  ])('%s', (_what, input, entries) => {
    expect([...encodeForm(input)]).toEqual(entries);
  });

  it('keeps files', () => {
    const files = [new File(['a'], 'a.txt'), new File(['b'], 'b.txt')];
    expect([...encodeForm({ files })]).toEqual(files.map((file) => ['files', file]));
  });

  it.each([null, 5, 'text', true, new Date(0)])('refuses %s, which names no field', (input) => {
    expect(() => encodeForm(input)).toThrow(/needs an object/);
  });

  it('refuses what holds itself, and takes what is held twice', () => {
    const loop: unknown[] = [];
    loop.push({ loop });
    expect(() => encodeForm({ loop })).toThrow('The input holds itself at "loop.0.loop".');
    const twice = { x: 1 };
    expect([...encodeForm({ a: twice, b: twice })]).toEqual([
      ['a.x', '1'],
      ['b.x', '1'],
    ]);
  });

  it('is undone by the decoding of forms', () => {
    const schema = z.object({
      text: z.string(),
      count: z.int(),
      yes: z.boolean(),
      at: z.date(),
      maybe: z.string().nullable(),
      tags: z.array(z.string()),
      numbers: z.array(z.int()),
      rows: z.array(z.object({ name: z.string(), on: z.boolean() })),
      deep: z.object({ set: z.set(z.string()), map: z.map(z.string(), z.int()) }),
    });
    const plan = compilePlan(schema, { form: true });
    // Line breaks are normalised by HTML, and a blank where null is allowed is null.
    const text = fc.string().map((value) => value.replace(/[\r\n]/g, ''));
    const key = fc.stringMatching(/^[a-z][a-z0-9 .]{0,6}$/);
    const input = fc.record({
      text,
      count: fc.integer(),
      yes: fc.boolean(),
      at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
      maybe: fc.option(text.filter((value) => value !== '')),
      tags: fc.array(text),
      numbers: fc.array(fc.integer()),
      rows: fc.array(fc.record({ name: text, on: fc.boolean() })),
      deep: fc.record({
        set: fc.uniqueArray(text).map((values) => new Set(values)),
        map: fc.uniqueArray(key).map((keys) => new Map(keys.map((name, index) => [name, index]))),
      }),
    });
    fc.assert(
      fc.property(input, (value) => {
        const entries = [...encodeForm(value)] as [string, string | File][];
        expect(decodeForm(plan, entries)).toEqual({ ok: true, value });
      }),
    );
  });
});

describe('encodeQuery', () => {
  it.each([
    [undefined, ''],
    [{}, ''],
    [{ q: 'a&b=c', page: 2 }, '?q=a%26b%3Dc&page=2'],
    [encodeForm({ q: 'é' }), '?q=%C3%A9'],
  ])('%# %o', (input, query) => {
    expect(encodeQuery(input)).toBe(query);
  });

  it('refuses files', () => {
    expect(() => encodeQuery({ cover: new File([], 'c') })).toThrow('A query cannot hold the file "cover".');
  });
});
