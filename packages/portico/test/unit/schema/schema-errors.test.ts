import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan, SchemaPlanError, type DecodeKind } from '../../../src/schema/compile-plan.ts';
import { decodeForm } from '../../../src/schema/decode-form.ts';
import type { StandardSchema } from '../../../src/schema/standard.ts';

/** A library that knows Standard Schema but no JSON Schema. */
const plain: StandardSchema = {
  '~standard': { version: 1, vendor: 'own', validate: (value) => ({ value }) },
};

describe('a schema that a form cannot be decoded for', () => {
  it.each<[string, StandardSchema, string, string]>([
    ['a union of kinds', z.object({ a: z.union([z.string(), z.number()]) }), 'a', 'union of 2 variants'],
    ['a union, valibot', v.object({ a: v.union([v.string(), v.number()]) }), 'a', 'union of 2 variants'],
    ['a union, arktype', type({ a: 'string|number' }), 'a', 'union of 2 variants'],
    ['a union with a date', z.object({ a: z.union([z.date(), z.string()]) }), 'a', 'union of 2 variants'],
    ['one or many', z.object({ a: z.union([z.string(), z.array(z.string())]) }), 'a', 'union of 2 variants'],
    [
      'objects alike',
      z.object({ a: z.union([z.object({ b: z.string() }), z.object({ c: z.string() })]) }),
      'a',
      'no literal tells apart',
    ],
    [
      'the same literal twice',
      z.object({ a: z.union([z.object({ t: z.literal('x') }), z.object({ t: z.literal('x') })]) }),
      'a',
      'no literal tells apart',
    ],
    ['anything', z.object({ a: z.object({ b: z.any() }) }), 'a.b', 'takes anything'],
    ['anything, valibot', v.object({ a: v.unknown() }), 'a', 'takes anything'],
    ['anything, arktype', type({ a: 'unknown' }), 'a', 'takes anything'],
    ['any object, arktype', type({ a: 'object' }), 'a', 'nothing is known'],
    ['a custom check', z.object({ a: z.custom<Date>() }), 'a', 'takes anything'],
    ['a class of the app', z.object({ a: z.instanceof(class Money {}) }), 'a', 'takes anything'],
    ['a set of anything', type({ a: 'Set' }), 'a.*', 'takes anything'],
    ['in a list', z.object({ rows: z.array(z.object({ a: z.unknown() })) }), 'rows.*.a', 'takes anything'],
    ['in a tuple', z.object({ t: z.tuple([z.string(), z.unknown()]) }), 't.1', 'takes anything'],
    ['in a set', z.object({ s: z.set(z.unknown()) }), 's.*', 'takes anything'],
    ['in a record', z.object({ r: z.record(z.string(), z.unknown()) }), 'r.*', 'takes anything'],
    ['any JSON', z.object({ a: z.json() }), 'a', 'union of 5 variants'],
    ['a reserved name', z.object({ constructor: z.string() }), 'constructor', 'forms may not send'],
    ['text alone', z.string(), '', 'a form sends named fields'],
    ['a list alone', z.array(z.string()), '', 'a form sends named fields'],
    ['anything alone', z.unknown(), '', 'takes anything'],
    ['no JSON Schema', plain, '', 'no Standard JSON Schema'],
  ])('%s', (_, schema, path, found) => {
    let thrown: unknown;
    try {
      compilePlan(schema, { form: true });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SchemaPlanError);
    const { message, path: named } = thrown as SchemaPlanError;
    expect(named).toBe(path);
    expect(message).toContain(path === '' ? 'The input schema' : `Field "${path}"`);
    expect(message).toContain(found);
    expect(message).toMatch(/decode|JSON/);
    expect(() => compilePlan(schema, { form: false })).not.toThrow();
  });
});

describe('decode', () => {
  const decode = (
    kinds: Record<string, DecodeKind>,
    schema: StandardSchema,
    sent: Array<[string, string]>,
  ): unknown => decodeForm(compilePlan(schema, { form: true, decode: kinds }), sent);

  it.each<[string, StandardSchema, Record<string, DecodeKind>, Array<[string, string]>, unknown]>([
    [
      'names what a library cannot',
      plain,
      { when: 'date' },
      [
        ['when', '2024-05-01'],
        ['name', 'x'],
      ],
      { when: new Date('2024-05-01'), name: 'x' },
    ],
    [
      'names lists and booleans',
      plain,
      { tags: 'array', on: 'boolean', ids: 'set', 'ids.*': 'bigint' },
      [['ids', '1']],
      { tags: [], on: false, ids: new Set([1n]) },
    ],
    [
      'nests',
      plain,
      { 'rows.*.qty': 'integer', 'to.at': 'date' },
      [
        ['rows[0].qty', '2'],
        ['to.at', 'x'],
        ['to.b', 'y'],
      ],
      { rows: [{ qty: 2 }], to: { at: 'x', b: 'y' } },
    ],
    ['may be empty', plain, {}, [['a', 'b']], { a: 'b' }],
    [
      'settles a union',
      z.object({ a: z.union([z.string(), z.number()]) }),
      { a: 'number' },
      [['a', '5']],
      { a: 5 },
    ],
    ['settles anything', z.object({ a: z.any() }), { a: 'unknown' }, [['a[b]', '5']], { a: { b: '5' } }],
    [
      'goes before the schema',
      z.object({ a: z.string() }),
      { a: 'url' },
      [['a', 'https://a.example/']],
      { a: new URL('https://a.example/') },
    ],
    ['keeps what is optional', z.object({ a: z.any().optional() }), { a: 'boolean' }, [], {}],
    [
      'reaches into lists',
      z.object({ rows: z.array(z.object({ a: z.any() })) }),
      { 'rows.*.a': 'map' },
      [['rows[0].a[b]', '1']],
      { rows: [{ a: new Map([['b', '1']]) }] },
    ],
    [
      'says what a Set holds',
      type({ a: 'Set' }),
      { a: 'set', 'a.*': 'number' },
      [['a', '1']],
      { a: new Set([1]) },
    ],
  ])('%s', (_, schema, kinds, sent, value) => {
    expect(decode(kinds, schema, sent)).toEqual({ ok: true, value });
  });

  it('touches no other use of a shared definition', () => {
    const Stay = z.object({ at: z.string() }).meta({ id: 'SharedStay' });
    const schema = z.object({ first: Stay, second: Stay });
    const sent: Array<[string, string]> = [
      ['first.at', '5'],
      ['second.at', '5'],
    ];
    expect(decode({ 'second.at': 'number' }, schema, sent)).toEqual({
      ok: true,
      value: { first: { at: '5' }, second: { at: 5 } },
    });
  });

  it('hands over the plain form where it says so', () => {
    expect(compilePlan(plain, { form: true, decode: { '': 'formdata' } }).kind).toBe('formdata');
  });

  it.each([true, false])('names a field that the schema has (form: %s)', (form) => {
    const build = (): unknown =>
      compilePlan(z.object({ when: z.string() }), { form, decode: { wen: 'date' } });
    expect(build).toThrow(SchemaPlanError);
    expect(build).toThrow(/"wen".*no such field/);
  });
});

describe('a schema of a library that gives Standard JSON Schema', () => {
  it('is read plainly', () => {
    const schema: StandardSchema = {
      '~standard': {
        ...plain['~standard'],
        jsonSchema: {
          input: () => ({
            type: 'object',
            properties: {
              n: { $ref: '#/$defs/n' },
              doc: { type: 'string', format: 'binary' },
              on: { type: ['boolean', 'null'] },
            },
            required: ['n'],
            $defs: { n: { type: 'integer' } },
          }),
        },
      },
    };
    const plan = compilePlan(schema, { form: true });
    expect(
      decodeForm(plan, [
        ['n', '5'],
        ['on', ''],
      ]),
    ).toEqual({ ok: true, value: { n: 5, on: null } });
  });

  it('that fails is an error in forms, and no obstacle to JSON', () => {
    const schema: StandardSchema = {
      '~standard': {
        ...plain['~standard'],
        jsonSchema: {
          input: () => {
            throw new Error('cannot say a Date');
          },
        },
      },
    };
    expect(() => compilePlan(schema, { form: true })).toThrow(/own failed .*cannot say a Date/);
    expect(compilePlan(schema, { form: false }).kind).toBe('unknown');
    expect(compilePlan(schema, { form: true, decode: {} }).kind).toBe('object');
  });
});
