import { type } from 'arktype';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as zm from 'zod/mini';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { fieldAt } from '../../../src/schema/constraints.ts';
import type { StandardSchema } from '../../../src/schema/standard.ts';

const start = new Date('2024-01-01T00:00:00.000Z');
const end = new Date('2024-12-31T00:00:00.000Z');
const MIME = ['image/png', 'image/jpeg'] as const;

describe('a plan keeps what JSON Schema cannot say', () => {
  it.each<[string, StandardSchema, object]>([
    [
      'date bounds, zod',
      z.object({ x: z.date().min(start).max(end) }),
      { minimum: start.toISOString(), maximum: end.toISOString() },
    ],
    [
      'date bounds, mini',
      zm.object({ x: zm.date().check(zm.minimum(start)) }),
      { minimum: start.toISOString(), maximum: undefined },
    ],
    [
      'date bounds, valibot',
      v.object({ x: v.pipe(v.date(), v.minValue(start), v.maxValue(end)) }),
      { minimum: start.toISOString(), maximum: end.toISOString() },
    ],
    ['date bounds, arktype', type({ x: 'Date>=d"2024-01-01T00:00:00Z"' }), { minimum: start.toISOString() }],
    [
      'file limits, zod',
      z.object({
        x: z
          .file()
          .max(100)
          .mime([...MIME]),
      }),
      { kind: 'file', maxBytes: 100, accept: MIME },
    ],
    [
      'file limits, valibot',
      v.object({ x: v.pipe(v.file(), v.maxSize(100), v.mimeType(MIME)) }),
      { kind: 'file', maxBytes: 100, accept: MIME },
    ],
    ['a blob', v.object({ x: v.blob() }), { kind: 'file', maxBytes: undefined }],
    [
      'set sizes, zod',
      z.object({ x: z.set(z.string()).min(1).max(4) }),
      { kind: 'set', minItems: 1, maxItems: 4 },
    ],
    ['an exact set size, zod', z.object({ x: z.set(z.string()).size(3) }), { minItems: 3, maxItems: 3 }],
    [
      'set sizes, valibot',
      v.object({ x: v.pipe(v.set(v.string()), v.minSize(1), v.maxSize(4)) }),
      { minItems: 1, maxItems: 4 },
    ],
    [
      'bigint bounds, zod',
      z.object({ x: z.bigint().min(1n).max(9n) }),
      { kind: 'bigint', minimum: 1, maximum: 9 },
    ],
    [
      'bigint bounds, valibot',
      v.object({ x: v.pipe(v.bigint(), v.minValue(1n)) }),
      { kind: 'bigint', minimum: 1, maximum: undefined },
    ],
    ['a default date', z.object({ x: z.date().default(start) }), { optional: true, defaultValue: start }],
    [
      'a default date, valibot',
      v.object({ x: v.optional(v.date(), start) }),
      { optional: true, defaultValue: start },
    ],
    [
      'a default set',
      z.object({ x: z.set(z.string()).default(new Set(['a'])) }),
      { defaultValue: new Set(['a']) },
    ],
    ['a default, arktype', type({ x: 'number = 5' }), { optional: true, defaultValue: 5 }],
    [
      'a default of a piped type, arktype',
      type({ x: 'number = 5' }).pipe((value) => value),
      { defaultValue: 5 },
    ],
    [
      'the secret of what is wrapped',
      z.object({ x: z.string().meta({ secret: true }).nullish() }),
      { secret: true, nullable: true, optional: true },
    ],
    [
      'a registered secret, mini',
      zm.object({ x: zm.string().register(zm.globalRegistry, { secret: true }) }),
      { secret: true },
    ],
    ['format password', z.object({ x: z.string().meta({ format: 'password' }) }), { secret: true }],
    ['text or an enum', z.object({ x: z.enum(['a']).or(z.string()) }), { kind: 'text' }],
    [
      'numbers alike',
      z.object({ x: z.union([z.int().min(5), z.literal(-1)]) }),
      { kind: 'number', minimum: undefined },
    ],
    [
      'dates alike',
      z.object({ x: z.union([z.date().min(start), z.date().max(end)]) }),
      { kind: 'date', minimum: undefined },
    ],
    [
      'files alike',
      z.object({ x: z.union([z.file().mime('image/png'), z.file().max(5)]) }),
      { kind: 'file', accept: [], maxBytes: undefined },
    ],
    ['a UUID, arktype', type({ x: 'string.uuid' }), { kind: 'text', format: 'uuid' }],
    ['every boolean', z.object({ x: z.literal([true, false]) }), { kind: 'boolean' }],
    ['null alone', z.object({ x: z.null() }), { kind: 'choice', values: [], nullable: true }],
    ['undefined alone', z.object({ x: z.undefined() }), { kind: 'choice', values: [], optional: true }],
    [
      'two patterns',
      z.object({ x: z.string().regex(/a/).regex(/b/).max(5) }),
      { kind: 'text', pattern: 'a', maxLength: 5 },
    ],
  ])('%s', (_, schema, details) => {
    expect(fieldAt(compilePlan(schema, { form: true }), 'x')).toMatchObject(details);
  });

  it('crosses a Valibot variant with an object', () => {
    const variant = v.variant('t', [
      v.object({ t: v.literal('a') }),
      v.object({ t: v.literal('b'), n: v.number() }),
    ]);
    const plan = compilePlan(v.intersect([variant, v.object({ when: v.date() })]), { form: true });
    expect(plan.kind).toBe('union');
    expect(fieldAt(plan, 'when')?.kind).toBe('date');
    expect(fieldAt(plan, 'n')?.kind).toBe('number');
  });

  it('knows which keys must be there without a value', () => {
    const plan = compilePlan(type({ x: 'string|undefined', 'y?': 'string' }), { form: true });
    expect(plan).toMatchObject({ kind: 'object', alwaysPresent: new Set(['x']) });
  });
});
