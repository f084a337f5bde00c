import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { decodeForm, type FormEntry } from '../../../src/schema/decode-form.ts';

const plan = compilePlan(
  z.object({
    title: z.string().optional(),
    tags: z.array(z.string()).optional(),
    rows: z.array(z.object({ qty: z.number(), tags: z.array(z.string()).optional() })).optional(),
    entries: z.record(z.string(), z.object({ title: z.string() })).optional(),
    'a.b': z.string().optional(),
    deep: z.looseObject({}).optional(),
  }),
  { form: true },
);
const decode = (...names: string[]): unknown =>
  decodeForm(
    plan,
    names.map((name): FormEntry => [name, '1']),
  );

describe('names', () => {
  it.each<[string[], unknown]>([
    [['rows[0][qty]', 'rows[1][qty]'], { rows: [{ qty: 1 }, { qty: 1 }] }],
    [['rows.0.qty', 'rows.1.qty'], { rows: [{ qty: 1 }, { qty: 1 }] }],
    [['rows[0].qty', 'rows.1[qty]'], { rows: [{ qty: 1 }, { qty: 1 }] }],
    [['rows[0][qty]', 'rows[0][tags][]', 'rows[0].tags[]'], { rows: [{ qty: 1, tags: ['1', '1'] }] }],
    [
      ['entries[321].title', 'entries[new1][title]'],
      { entries: { 321: { title: '1' }, new1: { title: '1' } } },
    ],
    [['a.b'], { 'a.b': '1' }],
    [['unknown', 'un[known]', 'un.known.0', 'title2'], {}],
    [['rows[', 'rows]', '[]', '[', ']', '', '.', '..', '[][]', 'title[0'], {}],
    [['tags', 'tags[0]', 'tags[]'], { tags: ['1', '1', '1'] }],
    [[`title${'x'.repeat(1e6)}`], {}],
  ])('%j', (names, value) => {
    expect(decode(...names)).toEqual({ ok: true, value });
  });

  it.each<[string, string[], 400 | 413, string]>([
    ['a prototype', ['__proto__'], 400, '__proto__'],
    ['a constructor', ['constructor'], 400, 'constructor'],
    ['a prototype below a record', ['entries[__proto__][title]'], 400, '__proto__'],
    ['a prototype below an unknown name', ['un.known.prototype'], 400, 'prototype'],
    ['a prototype below a loose object', ['deep[constructor][prototype][x]'], 400, 'constructor'],
    ['a prototype as an index', ['rows[__proto__]'], 400, '__proto__'],
    ['a gap', ['rows[0].qty', 'rows[2].qty'], 400, 'rows'],
    ['a list that starts at 1', ['tags[1]'], 400, 'tags'],
    ['a huge index', ['tags[4294967295]'], 400, 'tags'],
    ['a huger index', [`tags[${'9'.repeat(1000)}]`], 400, 'tags'],
    ['a negative index', ['tags[-1]'], 400, 'tags'],
    ['a fraction', ['rows[0.5]'], 400, 'rows'],
    ['a padded index', ['tags[00]'], 400, 'tags'],
    ['a property of arrays', ['tags[length]'], 400, 'tags'],
    ['a row without a number', ['rows[][qty]'], 400, 'rows'],
    ['a list in a list', ['rows[0][tags][1]'], 400, 'rows.0.tags'],
    ['a deep name', [`deep${'[a]'.repeat(32)}`], 413, 'deep'],
    ['a deep unknown name', [`un${'.a'.repeat(100_000)}`], 413, 'un'],
  ])('refuses %s', (_, names, status, named) => {
    const result = decode(...names) as { ok: boolean; status: number; message: string };
    expect(result).toMatchObject({ ok: false, status });
    expect(result.message).toContain(named);
    expect(result.message.length).toBeLessThan(400);
  });

  it('nests as deep as it may', () => {
    expect(decode(`deep${'[a]'.repeat(31)}`)).toMatchObject({ ok: true });
    const shallow = decodeForm(plan, [['deep[a][b]', '1']], { maxDepth: 2 });
    expect(shallow).toMatchObject({ ok: false, status: 413 });
  });

  it('holds lists to maxIndex', () => {
    const many = Array.from({ length: 12 }, (_, index): FormEntry => [`tags[${index}]`, 'a']);
    expect(decodeForm(plan, many)).toMatchObject({ ok: true });
    expect(decodeForm(plan, many, { maxIndex: 10 })).toMatchObject({ ok: false, status: 400 });
  });
});

describe('the root', () => {
  const entries: FormEntry[] = [
    ['kind', 'a'],
    ['n', '5'],
  ];
  it.each<[string, z.ZodType, unknown]>([
    ['a record', z.record(z.string(), z.string()), { kind: 'a', n: '5' }],
    ['a map', z.map(z.string(), z.string()), new Map(Object.entries({ kind: 'a', n: '5' }))],
    ['a loose object', z.looseObject({ n: z.number() }), { kind: 'a', n: 5 }],
    ['a strict object', z.strictObject({ n: z.number() }), { n: 5 }],
    [
      'a union',
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), n: z.number() })]),
      { kind: 'a', n: 5 },
    ],
    ['an optional object', z.object({ n: z.number() }).optional(), { n: 5 }],
    ['a transformed object', z.object({ n: z.number() }).transform((value) => value.n), { n: 5 }],
    ['a typed catchall', z.object({ n: z.number() }).catchall(z.array(z.string())), { n: 5, kind: ['a'] }],
    ['closed keys', z.record(z.enum(['n', 'm']), z.number()), { n: 5 }],
  ])('%s', (_, schema, value) => {
    expect(decodeForm(compilePlan(schema, { form: true }), entries)).toEqual({ ok: true, value });
  });

  it.each<[string, z.ZodType | undefined]>([
    ['no schema', undefined],
    ['a schema that asks for FormData', z.instanceof(FormData)],
    ['a transform of FormData', z.instanceof(FormData).transform((data) => data.get('n'))],
  ])('%s gets the plain FormData', (_, schema) => {
    const result = decodeForm(compilePlan(schema, { form: true }), [...entries, ['n', '6']]);
    if (!result.ok) throw new Error(result.message);
    expect(result.value).toBeInstanceOf(FormData);
    expect([...(result.value as FormData)]).toEqual([...entries, ['n', '6']]);
  });
});

describe('unions', () => {
  const company = z.discriminatedUnion('company', [
    z.object({ company: z.literal(true), vat: z.string() }),
    z.object({ company: z.literal(false), name: z.string() }),
  ]);
  const nested = z.discriminatedUnion('t', [
    z.object({ t: z.literal('a'), on: z.boolean() }),
    z.discriminatedUnion('t', [
      z.object({ t: z.literal('b'), n: z.number() }),
      z.object({ t: z.enum(['c', 'd']), n: z.bigint() }),
    ]),
  ]);
  const crossed = nested.and(z.object({ when: z.date() }));
  const fallback = z.union([
    z.object({ v: z.literal(1).default(1), a: z.boolean() }),
    z.object({ v: z.literal(2), b: z.boolean() }),
  ]);
  it.each<[string, z.ZodType, FormEntry[], unknown]>([
    [
      'a checkbox that is on',
      company,
      [
        ['company', 'on'],
        ['vat', 'x'],
      ],
      { company: true, vat: 'x' },
    ],
    ['a checkbox that is off', company, [['name', 'x']], { company: false, name: 'x' }],
    [
      'a union in a union',
      nested,
      [
        ['t', 'd'],
        ['n', '5'],
      ],
      { t: 'd', n: 5n },
    ],
    [
      'a union crossed with an object',
      crossed,
      [
        ['t', 'a'],
        ['when', '2024-05-01'],
      ],
      { t: 'a', on: false, when: new Date('2024-05-01') },
    ],
    ['a default variant', fallback, [['a', 'on']], { a: true }],
    ['another variant', fallback, [['v', '2']], { v: 2, b: false }],
  ])('%s', (_, schema, sent, value) => {
    expect(decodeForm(compilePlan(schema, { form: true }), sent)).toEqual({ ok: true, value });
  });
});

it('numbers what is sent under name[] on after what is sent below it, where no plan says more', () => {
  const plan = compilePlan(z.object({ files: z.unknown() }), { form: true, decode: { files: 'unknown' } });
  const result = decodeForm(plan, [
    ['files', ''],
    ['files[]', '5'],
    ['files[data][]', 'data:,x'],
    ['files[3]', '7'],
    ['files[]', '6'],
  ]);
  expect(result).toEqual({ ok: true, value: { files: { 3: '7', 4: '5', 5: '6', data: ['data:,x'] } } });
});

describe('schemas that hold themselves', () => {
  interface Branch {
    readonly since: Date;
    readonly on: boolean;
    readonly kids: Branch[];
  }
  const Branch: z.ZodType<Branch> = z.object({
    since: z.date(),
    on: z.boolean(),
    get kids() {
      return z.array(Branch);
    },
  });
  it('decode to any depth', () => {
    const result = decodeForm(compilePlan(Branch, { form: true }), [
      ['since', '2024-01-01'],
      ['kids[0].kids[0].since', '2024-01-02'],
    ]);
    expect(result).toEqual({
      ok: true,
      value: {
        since: new Date('2024-01-01'),
        on: false,
        kids: [{ on: false, kids: [{ since: new Date('2024-01-02'), on: false, kids: [] }] }],
      },
    });
  });

  it('end although they must hold themselves', () => {
    const Endless: z.ZodType = z.object({
      on: z.boolean(),
      get left() {
        return Endless;
      },
      get right() {
        return Endless;
      },
    });
    expect(decodeForm(compilePlan(Endless, { form: true }), [])).toMatchObject({ ok: true });
  });
});
