import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { compileRestore } from '../../../src/schema/restore-json.ts';
import type { StandardSchema } from '../../../src/schema/standard.ts';

const day = new Date('2024-05-01T00:00:00Z');
const restore = (schema: StandardSchema, value: unknown): unknown => {
  const run = compileRestore(compilePlan(schema, { form: false }));
  if (run === undefined) throw new Error('nothing to restore');
  return run(value);
};

describe('JSON input', () => {
  it.each<[string, StandardSchema, unknown, unknown]>([
    ['a date, zod', z.object({ x: z.date() }), { x: '2024-05-01T00:00:00.000Z' }, { x: day }],
    ['a date, valibot', v.object({ x: v.date() }), { x: '2024-05-01' }, { x: day }],
    ['a date, arktype', type({ x: 'Date' }), { x: '2024-05-01' }, { x: day }],
    ['a date or null', z.object({ x: z.date().nullish() }), { x: null }, { x: null }],
    ['a number is no date', z.object({ x: z.date() }), { x: 0 }, { x: 0 }],
    ['text is no date', z.object({ x: z.date() }), { x: 'soon' }, { x: 'soon' }],
    ['a bigint from text', z.object({ x: z.bigint() }), { x: '9007199254740993' }, { x: 9007199254740993n }],
    ['a bigint from a number', z.object({ x: z.bigint() }), { x: 5 }, { x: 5n }],
    ['a fraction is no bigint', z.object({ x: z.bigint() }), { x: 5.5 }, { x: 5.5 }],
    ['an inexact number is no bigint', z.object({ x: z.bigint() }), { x: 2 ** 60 }, { x: 2 ** 60 }],
    ['a bigint literal', z.object({ x: z.literal(5n) }), { x: '5' }, { x: 5n }],
    ['another bigint literal', z.object({ x: z.literal(5n) }), { x: '6' }, { x: '6' }],
    [
      'a URL',
      z.object({ x: z.instanceof(URL) }),
      { x: 'https://a.example/' },
      { x: new URL('https://a.example/') },
    ],
    ['no URL', z.object({ x: z.instanceof(URL) }), { x: '/a' }, { x: '/a' }],
    ['a set of dates', z.object({ x: z.set(z.date()) }), { x: ['2024-05-01'] }, { x: new Set([day]) }],
    ['an object is no set', z.object({ x: z.set(z.date()) }), { x: { 0: 'a' } }, { x: { 0: 'a' } }],
    [
      'a map',
      z.object({ x: z.map(z.string(), z.date()) }),
      { x: [['a', '2024-05-01']] },
      { x: new Map([['a', day]]) },
    ],
    ['no pairs', z.object({ x: z.map(z.string(), z.date()) }), { x: [['a']] }, { x: [['a']] }],
    ['a list', z.array(z.date()), ['2024-05-01', 'x'], [day, 'x']],
    [
      'a tuple',
      z.tuple([z.string(), z.date()], z.bigint()),
      ['2024-05-01', '2024-05-01', '1'],
      ['2024-05-01', day, 1n],
    ],
    ['a record', z.record(z.string(), z.date()), { a: '2024-05-01' }, { a: day }],
    [
      'a catchall',
      z.object({ a: z.string() }).catchall(z.date()),
      { a: '2024-05-01', b: '2024-05-01' },
      { a: '2024-05-01', b: day },
    ],
    ['a root', z.date(), '2024-05-01', day],
    [
      'a variant',
      z.discriminatedUnion('t', [
        z.object({ t: z.literal(1), x: z.date() }),
        z.object({ t: z.literal(2), x: z.string() }),
      ]),
      { t: 2, x: '2024-05-01' },
      { t: 2, x: '2024-05-01' },
    ],
    ['what is no object', z.object({ x: z.date() }), ['2024-05-01'], ['2024-05-01']],
    ['nothing', z.object({ x: z.date() }), undefined, undefined],
  ])('%s', (_, schema, value, restored) => {
    expect(restore(schema, value)).toStrictEqual(restored);
  });

  it.each<[string, StandardSchema | undefined]>([
    ['no schema', undefined],
    ['plain fields', z.object({ a: z.string(), b: z.array(z.object({ c: z.number() })) })],
    ['text that is transformed to a date', z.object({ a: z.string().transform((text) => new Date(text)) })],
    ['a union that no literal tells apart', z.object({ a: z.union([z.date(), z.string()]) })],
    ['anything', z.object({ a: z.unknown(), b: z.json() })],
  ])('has nothing to restore: %s', (_, schema) => {
    expect(compileRestore(compilePlan(schema, { form: false }))).toBeUndefined();
  });

  it('shares what it does not change, and changes nothing that it was given', () => {
    const schema = z.object({ when: z.date().optional(), rest: z.object({ n: z.number() }) });
    const input = Object.freeze({ when: '2024-05-01', rest: Object.freeze({ n: 1 }) });
    const restored = restore(schema, input) as typeof input;
    expect(restored).toStrictEqual({ when: day, rest: { n: 1 } });
    expect(restored.rest).toBe(input.rest);
    expect(restore(schema, input.rest)).toBe(input.rest);
  });

  it('keeps a key called __proto__ a key', () => {
    const hostile: unknown = JSON.parse('{"__proto__":"2024-05-01","a":"2024-05-01"}');
    const restored = restore(z.record(z.string(), z.date()), hostile) as object;
    expect(Object.getPrototypeOf(restored)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(restored, '__proto__')?.value).toEqual(day);
    expect(Object.hasOwn({}, 'a')).toBe(false);
  });

  it('follows schemas that hold themselves', () => {
    interface Node {
      readonly at: Date;
      readonly next?: Node | null | undefined;
    }
    const Zod: z.ZodType<Node> = z.object({
      at: z.date(),
      get next() {
        return Zod.nullish();
      },
    });
    const Valibot: v.GenericSchema<Node> = v.object({ at: v.date(), next: v.nullish(v.lazy(() => Valibot)) });
    const Ark = type({ at: 'Date', 'next?': 'this|null' }) as unknown as StandardSchema;
    const value = { at: '2024-05-01', next: { at: '2024-05-01', next: { at: '2024-05-01', next: null } } };
    const whole = { at: day, next: { at: day, next: { at: day, next: null } } };
    for (const schema of [Zod, Valibot, Ark]) expect(restore(schema, value)).toStrictEqual(whole);
  });
});
