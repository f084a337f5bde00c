import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { constraintsOf, fieldAt, optionsOf, type HtmlConstraints } from '../../../src/schema/constraints.ts';
import type { Plan } from '../../../src/schema/plan.ts';
import type { StandardSchema } from '../../../src/schema/standard.ts';

const planOf = (schema: StandardSchema): Plan => compilePlan(schema, { form: false });
const needed = { required: true } as const;

describe('HTML constraints', () => {
  it.each<[string, StandardSchema, HtmlConstraints]>([
    ['text', z.string(), { type: 'text', ...needed }],
    ['nullable text', z.string().nullable(), { type: 'text' }],
    ['text with a default', z.string().default('a'), { type: 'text' }],
    ['lengths', z.string().min(2).max(5), { type: 'text', minlength: 2, maxlength: 5, ...needed }],
    ['an email', z.email(), { type: 'email', ...needed }],
    [
      'an email, valibot',
      v.pipe(v.string(), v.email(), v.maxLength(9)),
      { type: 'email', maxlength: 9, ...needed },
    ],
    ['the text of a URL', z.url(), { type: 'url', ...needed }],
    ['a URL', z.instanceof(URL), { type: 'url', ...needed }],
    ['the text of a date', z.iso.date(), { type: 'date', ...needed }],
    ['the text of a time', z.iso.time(), { type: 'time', ...needed }],
    ['a secret', z.string().min(8).meta({ secret: true }), { type: 'password', minlength: 8, ...needed }],
    ['a secret, valibot', v.pipe(v.string(), v.metadata({ secret: true })), { type: 'password', ...needed }],
    ['an anchored pattern', z.string().regex(/^[a-z]+$/), { type: 'text', pattern: '[a-z]+', ...needed }],
    [
      'a pattern anywhere',
      z.string().regex(/ab/),
      { type: 'text', pattern: '[\\s\\S]*(?:ab)[\\s\\S]*', ...needed },
    ],
    [
      'two alternatives',
      z.string().regex(/^a|b$/),
      { type: 'text', pattern: '[\\s\\S]*(?:^a|b$)[\\s\\S]*', ...needed },
    ],
    ['grouped alternatives', z.string().regex(/^(?:a|b)$/), { type: 'text', pattern: '(?:a|b)', ...needed }],
    [
      'an escaped end',
      z.string().regex(/^a\$/),
      { type: 'text', pattern: '[\\s\\S]*(?:^a\\$)[\\s\\S]*', ...needed },
    ],
    ['a pattern that v refuses', z.string().regex(/^[a-z(]+$/), { type: 'text', ...needed }],
    ['a pattern with flags', z.string().regex(/^[a-z]+$/i), { type: 'text', ...needed }],
    ['a pattern with flags, valibot', v.pipe(v.string(), v.regex(/^[a-z]+$/i)), { type: 'text', ...needed }],
    ['a number', z.number(), { type: 'number', step: 'any', ...needed }],
    ['a range', z.number().min(1).max(9.5), { type: 'number', step: 'any', min: '1', max: '9.5', ...needed }],
    ['an integer', z.int(), { type: 'number', step: '1', ...needed }],
    ['exclusive bounds', z.int().gt(1).lt(9), { type: 'number', step: '1', min: '2', max: '8', ...needed }],
    ['multiples', z.number().min(1).multipleOf(0.1), { type: 'number', step: '0.1', min: '1', ...needed }],
    [
      'multiples off the minimum',
      z.int().min(1).multipleOf(5),
      { type: 'number', step: '5', min: '5', ...needed },
    ],
    ['a bigint', z.bigint(), { type: 'text', pattern: '[+\\-]?[0-9]+', ...needed }],
    ['a boolean', z.boolean(), { type: 'checkbox' }],
    ['accepted terms', z.literal(true), { type: 'checkbox' }],
    ['a date', z.date(), { type: 'date', ...needed }],
    [
      'a date in a range',
      z.date().min(new Date('2024-01-01')),
      { type: 'date', min: '2024-01-01', ...needed },
    ],
    [
      'a date, valibot',
      v.pipe(v.date(), v.maxValue(new Date('2024-01-01'))),
      { type: 'date', max: '2024-01-01', ...needed },
    ],
    ['a date and time', z.date().meta({ format: 'date-time' }), { type: 'datetime-local', ...needed }],
    ['a choice', z.enum(['a', 'b']), needed],
    ['several choices', z.array(z.enum(['a', 'b'])).min(1), { multiple: true }],
    [
      'a file',
      z.file().mime(['image/png', 'image/jpeg']),
      { type: 'file', accept: 'image/png,image/jpeg', ...needed },
    ],
    [
      'a file, valibot',
      v.pipe(v.file(), v.mimeType(['image/png'])),
      { type: 'file', accept: 'image/png', ...needed },
    ],
    ['files', z.array(z.file()), { type: 'file', multiple: true }],
    ['files, one at least', z.array(z.file()).min(1), { type: 'file', multiple: true, ...needed }],
    ['a list of one file', z.array(z.file()).max(1), { type: 'file' }],
    ['a list of text', z.array(z.string().max(3)), { type: 'text', maxlength: 3 }],
    [
      'text before a transform',
      z.string().max(3).transform(Number),
      { type: 'text', maxlength: 3, ...needed },
    ],
    ['an object', z.object({}), {}],
  ])('%s', (_, schema, constraints) => {
    expect(constraintsOf(planOf(schema))).toEqual(constraints);
  });

  it('asks for nothing that is optional', () => {
    const plan = fieldAt(planOf(z.object({ a: z.string().optional() })), 'a');
    expect(plan && constraintsOf(plan)).toEqual({ type: 'text' });
  });

  it('lets an element of a list be empty', () => {
    expect(constraintsOf(planOf(z.string()), { parentIsList: true })).toEqual({ type: 'text' });
  });

  it.each([/^\d{3}-\w+$/, /a.c/, /^(?<year>\d{4})$/, /^[^@]+@x$/, /x$/, /^$/])(
    'patterns accept what %s accepts',
    (regex) => {
      const { pattern } = constraintsOf(planOf(z.string().regex(regex)));
      const whole = new RegExp(`^(?:${pattern})$`, 'v');
      for (const text of ['', '123-a', '2024', 'abc', 'xabcx', 'a@x', 'a\nx', 'x', '123-']) {
        expect([text, whole.test(text)]).toEqual([text, regex.test(text)]);
      }
    },
  );
});

describe('fieldAt', () => {
  const plan = planOf(
    z.object({
      items: z.array(z.object({ qty: z.int() })),
      pair: z.tuple([z.string(), z.date()]),
      notes: z.record(z.string(), z.boolean()),
      pay: z.discriminatedUnion('by', [
        z.object({ by: z.literal('card'), until: z.date() }),
        z.object({ by: z.literal('bank'), iban: z.string() }),
      ]),
      'dotted.name': z.bigint(),
    }),
  );
  it.each([
    ['items', 'array'],
    ['items[]', 'object'],
    ['items[0][qty]', 'integer'],
    ['items.7.qty', 'integer'],
    ['pair[1]', 'date'],
    ['pair[2]', undefined],
    ['notes[anything]', 'boolean'],
    ['pay.iban', 'text'],
    ['pay[until]', 'date'],
    ['pay.none', undefined],
    ['items.x', undefined],
    ['nothing', undefined],
    ['toString', undefined],
    ['dotted.name', 'bigint'],
  ])('%s is %s', (name, kind) => {
    expect(fieldAt(plan, name)?.kind).toBe(kind);
  });

  it('keeps titles, descriptions and defaults', () => {
    const schema = z.object({
      a: z.date().default(new Date(0)).meta({ title: 'T', description: 'D' }),
      b: z.bigint().default(5n),
    });
    expect(fieldAt(planOf(schema), 'a')).toMatchObject({
      title: 'T',
      description: 'D',
      defaultValue: new Date(0),
    });
    expect(fieldAt(planOf(schema), 'b')?.defaultValue).toBe(5n);
  });
});

describe('optionsOf', () => {
  it.each<[string, StandardSchema, string[] | undefined]>([
    ['an enum', z.enum(['a', 'b']), ['a', 'b']],
    ['numbers or null', z.literal([1, 2, null]), ['1', '2']],
    ['several', z.array(z.enum(['a', 'b'])), ['a', 'b']],
    [
      'a union',
      z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b') })]),
      ['a', 'b'],
    ],
    ['text', z.string(), undefined],
    ['a boolean', z.boolean(), undefined],
  ])('%s', (_, schema, values) => {
    expect(optionsOf(planOf(schema))?.map(({ value }) => value)).toEqual(values);
  });
});
