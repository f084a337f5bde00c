import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { decodeForm, type FormEntry } from '../../../src/schema/decode-form.ts';
import { compileRestore } from '../../../src/schema/restore-json.ts';

const schema = z.object({
  text: z.string(),
  note: z.string().optional(),
  ratio: z.number(),
  count: z.int().nullable(),
  big: z.bigint(),
  on: z.boolean(),
  when: z.date(),
  color: z.enum(['red', 'green']),
  link: z.instanceof(URL),
  tags: z.array(z.string()),
  seen: z.set(z.int()),
  prices: z.map(z.string(), z.number()),
  scores: z.record(z.string(), z.int()),
  rows: z.array(z.object({ qty: z.int(), gift: z.boolean(), dates: z.array(z.date()) })),
});
type Value = z.infer<typeof schema>;

// What a form can carry: LF only, no number that JavaScript writes with an exponent, keys that need no escaping.
const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\r', ''));
const decimal = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1000 + 0);
const whole = fc.integer();
const date = fc.date({ noInvalidDate: true });
const key = fc.stringMatching(/^[a-z0-9-]{1,8}$/);

const values: fc.Arbitrary<Value> = fc.record(
  {
    text,
    note: text.filter((value) => value !== ''),
    ratio: decimal,
    count: fc.option(whole, { nil: null }),
    big: fc.bigInt(),
    on: fc.boolean(),
    when: date,
    color: fc.constantFrom('red', 'green'),
    link: fc.webUrl().map((href) => new URL(href)),
    tags: fc.array(text, { maxLength: 5 }).filter((tags) => tags.length !== 1 || tags[0] !== ''),
    seen: fc.array(whole, { maxLength: 5 }).map((items) => new Set(items)),
    prices: fc.dictionary(key, decimal, { maxKeys: 5 }).map((object) => new Map(Object.entries(object))),
    scores: fc.dictionary(key, whole, { maxKeys: 5, noNullPrototype: true }),
    rows: fc.array(
      fc.record(
        { qty: whole, gift: fc.boolean(), dates: fc.array(date, { maxLength: 3 }) },
        { noNullPrototype: true },
      ),
      {
        maxLength: 4,
      },
    ),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      'text',
      'ratio',
      'count',
      'big',
      'on',
      'when',
      'color',
      'link',
      'tags',
      'seen',
      'prices',
      'scores',
      'rows',
    ],
  },
) as fc.Arbitrary<Value>;

type Notation = (path: string, segment: string) => string;
const dots: Notation = (path, segment) => (path === '' ? segment : `${path}.${segment}`);
const brackets: Notation = (path, segment) => (path === '' ? segment : `${path}[${segment}]`);

/** A value as a browser would send it. */
function entriesOf(value: unknown, join: Notation, path = ''): FormEntry[] {
  if (value === null) return [[path, '']];
  if (value === false) return [];
  if (value === true) return [[path, 'on']];
  if (value instanceof Date) return [[path, value.toISOString()]];
  if (value instanceof URL || typeof value !== 'object')
    return [[path, String(value).replaceAll('\n', '\r\n')]];
  const pairs = value instanceof Map ? [...value] : Object.entries(value instanceof Set ? [...value] : value);
  return pairs.flatMap(([name, item]) => entriesOf(item, join, join(path, String(name))));
}

describe('what was filled in', () => {
  const plan = compilePlan(schema, { form: true });

  it.each([
    ['dots', dots],
    ['brackets', brackets],
  ])('comes back from a form with %s', (_, notation) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decodeForm(plan, entriesOf(value, notation))).toStrictEqual({ ok: true, value });
      }),
      { numRuns: 150 },
    );
  });

  it('comes back whatever the order of the fields', () => {
    fc.assert(
      fc.property(values, fc.infiniteStream(fc.nat()), (value, random) => {
        const order = entriesOf(value, brackets).map(
          (entry) => [random.next().value as number, entry] as const,
        );
        const shuffled = order.sort(([a], [b]) => a - b).map(([, entry]) => entry);
        const result = decodeForm(plan, shuffled);
        expect(result).toEqual({ ok: true, value });
      }),
      { numRuns: 50 },
    );
  });

  it('comes back from JSON', () => {
    const restore = compileRestore(compilePlan(schema, { form: false }));
    const carried = (_: string, value: unknown): unknown => {
      if (typeof value === 'bigint') return String(value);
      if (value instanceof Set || value instanceof Map) return [...value];
      return value;
    };
    fc.assert(
      fc.property(values, (value) => {
        const wire: unknown = JSON.parse(JSON.stringify(value, carried));
        const before = JSON.stringify(wire);
        expect(restore?.(wire)).toStrictEqual(value);
        expect(JSON.stringify(wire)).toBe(before);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what nobody filled in', () => {
  const plans = [
    compilePlan(schema, { form: true }),
    compilePlan(z.looseObject({ rows: schema.shape.rows }), { form: true }),
    compilePlan(z.record(z.string(), z.array(z.record(z.string(), z.string()))), { form: true }),
    compilePlan(
      z.discriminatedUnion('text', [
        z.object({ text: z.literal('a'), rows: schema.shape.rows, when: z.date() }),
      ]),
      { form: true },
    ),
  ];
  const segment = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'length',
      '',
      '0',
      '1',
      '99999999999',
      '-1',
    ),
    fc.constantFrom(...Object.keys(schema.shape), 'qty', 'dates'),
    fc.string({ maxLength: 4 }),
  );
  const name = fc
    .array(fc.tuple(fc.constantFrom('.', '[', '[]', ']', '][', '].'), segment), { maxLength: 40 })
    .map((parts) => parts.map(([mark, part]) => (mark === '[' ? `[${part}]` : mark + part)).join(''));
  const entry = fc.tuple(
    fc.tuple(segment, name).map(([first, more]) => first + more),
    fc.oneof(fc.string(), fc.constantFrom('', 'on', '5', '2024-01-01', 'a'), fc.constant(new File([], ''))),
  );

  it('never throws, never reaches a prototype, never grows beyond what was sent', () => {
    const clean = Object.getOwnPropertyNames(Object.prototype).sort();
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), fc.constantFrom(...plans), (entries, plan) => {
        const result = decodeForm(plan, entries);
        expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(clean);
        if (!result.ok) {
          expect([400, 413]).toContain(result.status);
          return;
        }
        const sent = entries.reduce((sum, [key]) => sum + key.length, 0);
        const size = sizeOf(result.value);
        // Each entry makes at most one node a segment, and each object of a list brings its absent fields along.
        expect(size).toBeLessThanOrEqual(30 + 5 * (entries.length + sent));
      }),
      { numRuns: 1500 },
    );
  });

  function sizeOf(value: unknown): number {
    if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof File)
      return 1;
    const prototypes: unknown[] = [
      Object.prototype,
      Array.prototype,
      Set.prototype,
      Map.prototype,
      URL.prototype,
    ];
    expect(prototypes.includes(Object.getPrototypeOf(value))).toBe(true);
    const items = value instanceof Map || value instanceof Set ? [...value.values()] : Object.values(value);
    return items.reduce<number>((sum, item) => sum + sizeOf(item), 1);
  }
});
