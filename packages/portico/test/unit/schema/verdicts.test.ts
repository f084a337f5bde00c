import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { fileCapacity } from '../../../src/schema/file-capacity.ts';
import { fieldErrors } from '../../../src/schema/issues.ts';
import { isSecretField } from '../../../src/schema/secrets.ts';
import type { StandardIssue, StandardSchema } from '../../../src/schema/standard.ts';
import { validate } from '../../../src/schema/validate.ts';

describe('validate', () => {
  const schemas: Array<[string, StandardSchema]> = [
    ['zod', z.object({ n: z.number() })],
    ['valibot', v.object({ n: v.number() })],
    ['arktype', type({ n: 'number' })],
  ];
  it.each(schemas)('answers at once where the schema does: %s', (_, schema) => {
    expect(validate(schema, { n: 5 })).toEqual({ ok: true, value: { n: 5 } });
    const refused = validate(schema, { n: 'x' });
    if (refused instanceof Promise || refused.ok) throw new Error('expected a refusal at once');
    expect(Object.keys(fieldErrors(refused.issues).fields)).toEqual(['n']);
  });

  it('waits for a schema that waits, and throws what it throws', async () => {
    const slow = z.object({ n: z.number().refine(async (n) => Promise.resolve(n > 1), 'too small') });
    const pending = validate(slow, { n: 1 });
    expect(pending).toBeInstanceOf(Promise);
    expect(await pending).toMatchObject({ ok: false, issues: [{ message: 'too small' }] });
    expect(await validate(slow, { n: 2 })).toEqual({ ok: true, value: { n: 2 } });
    const broken = z.string().refine(() => {
      throw new Error('database is gone');
    });
    await expect(async () => validate(broken, 'a')).rejects.toThrow('database is gone');
  });
});

describe('fieldErrors', () => {
  const issue = (message: string, ...path: Array<PropertyKey | { key: PropertyKey }>): StandardIssue => ({
    message,
    path,
  });

  it('keeps full paths, in the order of the issues', () => {
    const { fields, formErrors } = fieldErrors([
      issue('one', 'items', 0, 'qty'),
      issue('two', { key: 'items' }, { key: 0 }, { key: 'qty' }),
      issue('three', 'a'),
      issue('whole'),
      { message: 'pathless' },
    ]);
    expect({ ...fields }).toEqual({ 'items.0.qty': ['one', 'two'], a: ['three'] });
    expect(formErrors).toEqual(['whole', 'pathless']);
  });

  it('has no prototype for a field to run into', () => {
    const names = ['toString', 'constructor', 'valueOf', 'hasOwnProperty', '__proto__'];
    const { fields } = fieldErrors(names.map((name) => issue('bad', name)));
    expect(Object.getPrototypeOf(fields)).toBeNull();
    expect(Object.keys(fields)).toEqual(names);
    for (const name of names) expect(fields[name]).toEqual(['bad']);
    expect(fields['isPrototypeOf']).toBeUndefined();
  });
});

describe('isSecretField', () => {
  const plan = compilePlan(
    z.object({
      pin: z.string().meta({ secret: true }).optional(),
      bank: z.object({ iban: z.string() }).meta({ secret: true }),
      answers: z.array(z.string().meta({ secret: true })),
      pay: z.discriminatedUnion('by', [
        z.object({ by: z.literal('card'), code: z.string() }),
        z.object({ by: z.literal('bank'), code: z.string().meta({ secret: true }) }),
      ]),
      photo: z.file().optional(),
      photos: z.array(z.file()),
      name: z.string(),
    }),
    { form: true },
  );
  it.each([
    ['pin', true],
    ['bank', true],
    ['bank[iban]', true],
    ['bank.iban', true],
    ['answers[]', true],
    ['answers[3]', true],
    ['pay[code]', true],
    ['pay[by]', false],
    ['photo', true],
    ['photos[]', true],
    ['name', false],
    ['unknown', false],
    ['newPassword', true],
    ['user[PASSWD]', true],
    ['client_secret.x', true],
    ['csrfToken', true],
  ])('%s: %s', (name, secret) => {
    expect(isSecretField(plan, name)).toBe(secret);
  });

  it('goes by the name alone without a plan', () => {
    expect(isSecretField(undefined, 'password')).toBe(true);
    expect(isSecretField(undefined, 'email')).toBe(false);
  });

  it('knows the marks of every library', () => {
    const marked: StandardSchema[] = [
      v.object({ a: v.optional(v.pipe(v.string(), v.email(), v.metadata({ secret: true }))) }),
      type({ a: type('string').configure({ secret: true } as object) }),
    ];
    for (const schema of marked) expect(isSecretField(compilePlan(schema, { form: true }), 'a')).toBe(true);
  });
});

describe('fileCapacity', () => {
  const tree: z.ZodType = z.object({
    icon: z.file(),
    get parent() {
      return tree.optional();
    },
  });
  const lists: z.ZodType = z.array(z.lazy(() => lists));
  const sets: z.ZodType = z.set(z.lazy(() => sets));
  const records: z.ZodType = z.record(
    z.string(),
    z.lazy(() => records),
  );
  const row = z.object({
    scan: z.file(),
    get rows() {
      return z.array(row).max(2);
    },
  });
  it.each<[string, StandardSchema | undefined, number]>([
    ['no schema', undefined, Infinity],
    ['FormData', z.instanceof(FormData), Infinity],
    ['no files', z.object({ a: z.string(), b: z.array(z.object({ c: z.date() })) }), 0],
    ['one', z.object({ a: z.file().optional() }), 1],
    ['some', z.object({ a: z.file(), b: z.array(z.file()).max(3) }), 4],
    ['any number', z.object({ b: z.array(z.file()) }), Infinity],
    ['rows', z.object({ rows: z.array(z.object({ a: z.file(), b: z.file() })).max(5) }), 10],
    ['a tuple', z.object({ t: z.tuple([z.file(), z.string(), z.file()]) }), 2],
    ['a record', z.record(z.string(), z.file()), Infinity],
    ['a record without files', z.record(z.string(), z.string()), 0],
    ['a loose object', z.looseObject({}), Infinity],
    ['a closed catchall', z.object({}).catchall(z.string()), 0],
    [
      'the larger variant',
      z.discriminatedUnion('t', [
        z.object({ t: z.literal('a'), f: z.file() }),
        z.object({ t: z.literal('b') }),
      ]),
      1,
    ],
    ['a file that holds itself', tree, Infinity],
    ['a list of nothing but itself', z.object({ lists }), 0],
    ['a set of nothing but itself', z.object({ sets }), 0],
    ['a record of nothing but itself', records, 0],
    ['rows of rows with a file', row, Infinity],
    ['a row whose file is shared', z.object({ a: z.array(z.file()).max(2), b: z.array(z.file()).max(2) }), 4],
  ])('%s', (_, schema, capacity) => {
    expect(fileCapacity(compilePlan(schema, { form: true }))).toBe(capacity);
  });
});
