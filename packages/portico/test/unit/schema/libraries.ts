import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import * as zm from 'zod/mini';
import type { StandardSchema } from '../../../src/schema/standard.ts';

/** The schema of one field `x`, or why the library has no such thing. */
export type Expression = StandardSchema | string;

export interface Kind {
  readonly zod: Expression;
  readonly mini: Expression;
  readonly valibot: Expression;
  readonly arktype: Expression;
}

export const LIBRARIES = ['zod', 'mini', 'valibot', 'arktype'] as const;

const NO_ELEMENTS = "ArkType's Set and Map do not say what they hold";
const NO_COERCE = 'only Zod coerces by an input of its own kind';

const zo = (x: z.ZodType): StandardSchema => z.object({ x });
const mo = (x: zm.ZodMiniType): StandardSchema => zm.object({ x });
const vo = (x: v.GenericSchema): StandardSchema => v.object({ x });

/** Every kind of field, as each library says it. */
export const KINDS = {
  text: {
    zod: zo(z.string()),
    mini: mo(zm.string()),
    valibot: vo(v.string()),
    arktype: type({ x: 'string' }),
  },
  optionalText: {
    zod: zo(z.string().optional()),
    mini: mo(zm.optional(zm.string())),
    valibot: vo(v.optional(v.string())),
    arktype: type({ 'x?': 'string' }),
  },
  nullableText: {
    zod: zo(z.string().nullable()),
    mini: mo(zm.nullable(zm.string())),
    valibot: vo(v.nullable(v.string())),
    arktype: type({ x: 'string|null' }),
  },
  nullishText: {
    zod: zo(z.string().nullish()),
    mini: mo(zm.nullish(zm.string())),
    valibot: vo(v.nullish(v.string())),
    arktype: type({ 'x?': 'string|null' }),
  },
  undefinableText: {
    zod: zo(z.string().or(z.undefined())),
    mini: mo(zm.union([zm.string(), zm.undefined()])),
    valibot: vo(v.undefinedable(v.string())),
    arktype: type({ x: 'string|undefined' }),
  },
  textWithDefault: {
    zod: zo(z.string().default('D')),
    mini: mo(zm._default(zm.string(), 'D')),
    valibot: vo(v.optional(v.string(), 'D')),
    arktype: type({ x: 'string = "D"' }),
  },
  textWithPrefault: {
    zod: zo(z.string().prefault('P')),
    mini: mo(zm.prefault(zm.string(), 'P')),
    valibot: 'Valibot has no prefault',
    arktype: 'ArkType has no prefault',
  },
  email: {
    zod: zo(z.email()),
    mini: mo(zm.email()),
    valibot: vo(v.pipe(v.string(), v.email())),
    arktype: type({ x: 'string.email' }),
  },
  numericText: {
    zod: zo(z.string().transform(Number).pipe(z.number())),
    mini: mo(zm.pipe(zm.string(), zm.transform(Number))),
    valibot: vo(v.pipe(v.string(), v.transform(Number), v.number())),
    arktype: type({ x: 'string.numeric.parse' }),
  },
  number: {
    zod: zo(z.number()),
    mini: mo(zm.number()),
    valibot: vo(v.number()),
    arktype: type({ x: 'number' }),
  },
  optionalNumber: {
    zod: zo(z.number().optional()),
    mini: mo(zm.optional(zm.number())),
    valibot: vo(v.optional(v.number())),
    arktype: type({ 'x?': 'number' }),
  },
  nullableNumber: {
    zod: zo(z.number().nullable()),
    mini: mo(zm.nullable(zm.number())),
    valibot: vo(v.nullable(v.number())),
    arktype: type({ x: 'number|null' }),
  },
  coercedNumber: {
    zod: zo(z.coerce.number()),
    mini: mo(zm.coerce.number()),
    valibot: NO_COERCE,
    arktype: NO_COERCE,
  },
  wrappedNumber: {
    zod: zo(z.lazy(() => z.number().readonly().brand('n').refine(Boolean))),
    mini: mo(zm.lazy(() => zm.readonly(zm.number()))),
    valibot: vo(v.lazy(() => v.pipe(v.number(), v.readonly(), v.brand('n')))),
    arktype: type({ x: type('number').narrow(() => true) }),
  },
  caughtNumber: {
    zod: zo(z.number().catch(0)),
    mini: mo(zm.catch(zm.number(), 0)),
    valibot: vo(v.fallback(v.number(), 0)),
    arktype: 'ArkType does not catch',
  },
  preprocessedNumber: {
    zod: zo(z.preprocess((value) => value, z.number())),
    mini: 'Zod mini has no preprocess',
    valibot: 'Valibot preprocesses from unknown, which names no kind',
    arktype: 'ArkType preprocesses from unknown, which names no kind',
  },
  integer: {
    zod: zo(z.int()),
    mini: mo(zm.int()),
    valibot: vo(v.pipe(v.number(), v.integer())),
    arktype: type({ x: 'number.integer' }),
  },
  bigint: {
    zod: zo(z.bigint()),
    mini: mo(zm.bigint()),
    valibot: vo(v.bigint()),
    arktype: type({ x: 'bigint' }),
  },
  boolean: {
    zod: zo(z.boolean()),
    mini: mo(zm.boolean()),
    valibot: vo(v.boolean()),
    arktype: type({ x: 'boolean' }),
  },
  optionalBoolean: {
    zod: zo(z.boolean().optional()),
    mini: mo(zm.optional(zm.boolean())),
    valibot: vo(v.optional(v.boolean())),
    arktype: type({ 'x?': 'boolean' }),
  },
  nullableBoolean: {
    zod: zo(z.boolean().nullable()),
    mini: mo(zm.nullable(zm.boolean())),
    valibot: vo(v.nullable(v.boolean())),
    arktype: type({ x: 'boolean|null' }),
  },
  booleanWithDefault: {
    zod: zo(z.boolean().default(true)),
    mini: mo(zm._default(zm.boolean(), true)),
    valibot: vo(v.optional(v.boolean(), true)),
    arktype: type({ x: 'boolean = true' }),
  },
  acceptedTerms: {
    zod: zo(z.literal(true)),
    mini: mo(zm.literal(true)),
    valibot: vo(v.literal(true)),
    arktype: type({ x: 'true' }),
  },
  choice: {
    zod: zo(z.enum(['red', 'green'])),
    mini: mo(zm.enum(['red', 'green'])),
    valibot: vo(v.picklist(['red', 'green'])),
    arktype: type({ x: '"red"|"green"' }),
  },
  nullableChoice: {
    zod: zo(z.enum(['red', 'green']).nullable()),
    mini: mo(zm.nullable(zm.enum(['red', 'green']))),
    valibot: vo(v.nullable(v.picklist(['red', 'green']))),
    arktype: type({ x: '"red"|"green"|null' }),
  },
  numericChoice: {
    zod: zo(z.union([z.literal(1), z.literal(2)])),
    mini: mo(zm.union([zm.literal(1), zm.literal(2)])),
    valibot: vo(v.picklist([1, 2])),
    arktype: type({ x: '1|2' }),
  },
  bigintLiteral: {
    zod: zo(z.literal(5n)),
    mini: mo(zm.literal(5n)),
    valibot: vo(v.literal(5n)),
    arktype: type({ x: '5n' }),
  },
  date: { zod: zo(z.date()), mini: mo(zm.date()), valibot: vo(v.date()), arktype: type({ x: 'Date' }) },
  optionalDate: {
    zod: zo(z.date().optional()),
    mini: mo(zm.optional(zm.date())),
    valibot: vo(v.optional(v.date())),
    arktype: type({ 'x?': 'Date' }),
  },
  nullableDate: {
    zod: zo(z.date().nullable()),
    mini: mo(zm.nullable(zm.date())),
    valibot: vo(v.nullable(v.date())),
    arktype: type({ x: 'Date|null' }),
  },
  coercedDate: {
    zod: zo(z.coerce.date()),
    mini: mo(zm.coerce.date()),
    valibot: NO_COERCE,
    arktype: NO_COERCE,
  },
  url: {
    zod: zo(z.instanceof(URL)),
    mini: mo(zm.instanceof(URL)),
    valibot: vo(v.instance(URL)),
    arktype: type({ x: 'URL' }),
  },
  file: { zod: zo(z.file()), mini: mo(zm.file()), valibot: vo(v.file()), arktype: type({ x: 'File' }) },
  optionalFile: {
    zod: zo(z.instanceof(File).optional()),
    mini: mo(zm.optional(zm.instanceof(File))),
    valibot: vo(v.optional(v.instance(File))),
    arktype: type({ 'x?': 'File' }),
  },
  nullableFile: {
    zod: zo(z.file().nullable()),
    mini: mo(zm.nullable(zm.file())),
    valibot: vo(v.nullable(v.file())),
    arktype: type({ x: 'File|null' }),
  },
  texts: {
    zod: zo(z.array(z.string())),
    mini: mo(zm.array(zm.string())),
    valibot: vo(v.array(v.string())),
    arktype: type({ x: 'string[]' }),
  },
  optionalTexts: {
    zod: zo(z.array(z.string()).optional()),
    mini: mo(zm.optional(zm.array(zm.string()))),
    valibot: vo(v.optional(v.array(v.string()))),
    arktype: type({ 'x?': 'string[]' }),
  },
  textsWithDefault: {
    zod: zo(z.array(z.string()).default(['d'])),
    mini: mo(zm._default(zm.array(zm.string()), ['d'])),
    valibot: vo(v.optional(v.array(v.string()), ['d'])),
    arktype: type({ x: type('string[]').default(() => ['d']) }),
  },
  numbers: {
    zod: zo(z.array(z.number())),
    mini: mo(zm.array(zm.number())),
    valibot: vo(v.array(v.number())),
    arktype: type({ x: 'number[]' }),
  },
  choices: {
    zod: zo(z.array(z.enum(['red', 'green']))),
    mini: mo(zm.array(zm.enum(['red', 'green']))),
    valibot: vo(v.array(v.picklist(['red', 'green']))),
    arktype: type({ x: '("red"|"green")[]' }),
  },
  files: {
    zod: zo(z.array(z.file())),
    mini: mo(zm.array(zm.file())),
    valibot: vo(v.array(v.file())),
    arktype: type({ x: 'File[]' }),
  },
  grid: {
    zod: zo(z.array(z.array(z.number()))),
    mini: mo(zm.array(zm.array(zm.number()))),
    valibot: vo(v.array(v.array(v.number()))),
    arktype: type({ x: 'number[][]' }),
  },
  tuple: {
    zod: zo(z.tuple([z.string(), z.number()])),
    mini: mo(zm.tuple([zm.string(), zm.number()])),
    valibot: vo(v.tuple([v.string(), v.number()])),
    arktype: type({ x: ['string', 'number'] }),
  },
  set: {
    zod: zo(z.set(z.number())),
    mini: mo(zm.set(zm.number())),
    valibot: vo(v.set(v.number())),
    arktype: NO_ELEMENTS,
  },
  map: {
    zod: zo(z.map(z.string(), z.number())),
    mini: mo(zm.map(zm.string(), zm.number())),
    valibot: vo(v.map(v.string(), v.number())),
    arktype: NO_ELEMENTS,
  },
  record: {
    zod: zo(z.record(z.string(), z.number())),
    mini: mo(zm.record(zm.string(), zm.number())),
    valibot: vo(v.record(v.string(), v.number())),
    arktype: type({ x: 'Record<string, number>' }),
  },
  object: {
    zod: zo(z.object({ on: z.boolean(), n: z.number().optional() })),
    mini: mo(zm.object({ on: zm.boolean(), n: zm.optional(zm.number()) })),
    valibot: vo(v.object({ on: v.boolean(), n: v.optional(v.number()) })),
    arktype: type({ x: { on: 'boolean', 'n?': 'number' } }),
  },
  optionalObject: {
    zod: zo(z.object({ on: z.boolean() }).optional()),
    mini: mo(zm.optional(zm.object({ on: zm.boolean() }))),
    valibot: vo(v.optional(v.object({ on: v.boolean() }))),
    arktype: type({ 'x?': { on: 'boolean' } }),
  },
  nullableObject: {
    zod: zo(z.object({ on: z.boolean() }).nullable()),
    mini: mo(zm.nullable(zm.object({ on: zm.boolean() }))),
    valibot: vo(v.nullable(v.object({ on: v.boolean() }))),
    arktype: type({ x: type({ on: 'boolean' }).or('null') }),
  },
  intersection: {
    zod: zo(z.intersection(z.object({ a: z.number() }), z.object({ b: z.boolean() }))),
    mini: mo(zm.intersection(zm.object({ a: zm.number() }), zm.object({ b: zm.boolean() }))),
    valibot: vo(v.intersect([v.object({ a: v.number() }), v.object({ b: v.boolean() })])),
    arktype: type({ x: type({ a: 'number' }).and({ b: 'boolean' }) }),
  },
  loose: {
    zod: zo(z.looseObject({ n: z.number() })),
    mini: mo(zm.looseObject({ n: zm.number() })),
    valibot: vo(v.looseObject({ n: v.number() })),
    arktype: type({ x: { n: 'number', '[string]': 'unknown' } }),
  },
  rows: {
    zod: zo(z.array(z.object({ qty: z.number(), gift: z.boolean() }))),
    mini: mo(zm.array(zm.object({ qty: zm.number(), gift: zm.boolean() }))),
    valibot: vo(v.array(v.object({ qty: v.number(), gift: v.boolean() }))),
    arktype: type({ x: type({ qty: 'number', gift: 'boolean' }).array() }),
  },
  union: {
    zod: zo(
      z.discriminatedUnion('by', [
        z.object({ by: z.literal('card'), until: z.date() }),
        z.object({ by: z.literal('bank'), saved: z.boolean() }),
      ]),
    ),
    mini: mo(
      zm.discriminatedUnion('by', [
        zm.object({ by: zm.literal('card'), until: zm.date() }),
        zm.object({ by: zm.literal('bank'), saved: zm.boolean() }),
      ]),
    ),
    valibot: vo(
      v.variant('by', [
        v.object({ by: v.literal('card'), until: v.date() }),
        v.object({ by: v.literal('bank'), saved: v.boolean() }),
      ]),
    ),
    arktype: type({ x: type({ by: '"card"', until: 'Date' }).or({ by: '"bank"', saved: 'boolean' }) }),
  },
  textOrEmail: {
    zod: zo(z.union([z.literal('me'), z.email()])),
    mini: mo(zm.union([zm.literal('me'), zm.email()])),
    valibot: vo(v.union([v.literal('me'), v.pipe(v.string(), v.email())])),
    arktype: type({ x: '"me"|string.email' }),
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
