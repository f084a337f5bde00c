import * as v from 'valibot';
import { type } from 'arktype';
import { z } from 'zod';
import { createPortico, defineAction, type Plugin, type Portico } from 'portico';

interface Category {
  name: string;
  parts: Category[];
}
const category: z.ZodType<Category> = z.object({
  name: z.string(),
  get parts() {
    return z.array(category);
  },
});

const address = z.object({ street: z.string(), zip: z.string().regex(/^\d+$/) }).meta({ id: 'Address' });

/** One action for every kind of schema, door and rule. */
export const kitchen = {
  plain: defineAction({
    description: 'Takes a text and gives it back.',
    input: z.object({ text: z.string().min(2), times: z.number().int().default(1) }),
    output: z.object({ text: z.string(), times: z.number() }),
    handler: (input) => input,
  }),
  users: {
    saveUser: defineAction({
      accept: 'any',
      access: 'user',
      input: z.object({
        name: z.string(),
        password: z.string().min(8).optional(),
        pin: z.string().meta({ secret: true }).optional(),
        born: z.date().optional(),
        home: address.optional(),
        tags: z.array(z.string()).default([]),
        newsletter: z.boolean(),
        photo: z.file().max(1000).mime(['image/png']).optional(),
      }),
      output: z.object({ user: z.object({ id: z.string(), since: z.date(), home: address.optional() }) }),
      errors: { TAKEN: { status: 409, data: z.object({ since: z.date() }) } },
      model: 'user',
      limit: { points: 100, seconds: 60, by: 'ip' },
      handler: ({ name, home }, ctx) => {
        if (name === 'taken') return ctx.fail('TAKEN', { since: new Date(0) });
        return { user: { id: name, since: new Date(0), home } };
      },
    }),
    photos: {
      upload: defineAction({
        accept: 'form',
        input: z.object({ photo: z.file(), title: z.string() }),
        handler: ({ photo }) => ({ size: photo.size }),
      }),
    },
  },
  rich: defineAction({
    input: z.object({
      when: z.date().default(() => new Date(0)),
      big: z.bigint(),
      link: z.instanceof(URL),
      tags: z.set(z.string()).min(1),
      prices: z.map(z.string(), z.bigint()),
      tree: category,
    }),
    output: z.object({
      when: z.date(),
      big: z.bigint(),
      tags: z.set(z.string()),
      prices: z.map(z.string(), z.bigint()),
      tree: category,
    }),
    handler: (input) => input,
  }),
  search: defineAction({
    method: 'GET',
    input: z.object({
      q: z.string(),
      page: z.int().optional(),
      tags: z.array(z.string()),
      near: address.optional(),
    }),
    output: z.array(z.string()),
    cache: { maxAge: 60, scope: 'private' },
    handler: ({ q }) => [q],
  }),
  both: defineAction({ method: ['GET', 'POST'], handler: () => undefined }),
  nothing: defineAction({ output: z.void(), handler: () => undefined }),
  moved: defineAction({ redirect: '/thanks', output: z.object({ id: z.int() }), handler: () => ({ id: 5 }) }),
  choice: defineAction({
    accept: 'any',
    input: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('card'), number: z.string() }),
      z.object({ kind: z.literal('cash'), amount: z.number() }),
    ]),
    access: (ctx) => ctx.user !== null,
    once: true,
    handler: ({ kind }) => ({ kind }),
  }),
  valibot: defineAction({
    accept: 'any',
    input: v.object({
      when: v.date(),
      count: v.optional(v.number(), 2),
      items: v.array(v.object({ qty: v.number() })),
    }),
    output: v.object({ count: v.number() }),
    handler: ({ count }) => ({ count }),
  }),
  arktype: defineAction({
    accept: 'any',
    input: type({ name: 'string > 1', 'when?': 'Date', count: 'number = 3' }),
    output: type({ name: 'string' }),
    handler: ({ name }) => ({ name }),
  }),
  described: defineAction({
    accept: 'form',
    input: {
      '~standard': { version: 1 as const, vendor: 'own', validate: (value: unknown) => ({ value }) },
    },
    decode: { when: 'date', 'items.*.qty': 'number' },
    handler: () => undefined,
  }),
  gallery: defineAction({
    accept: 'any',
    input: z.object({ title: z.string(), pictures: z.array(z.file()) }),
    handler: ({ pictures }) => pictures.length,
  }),
  bare: defineAction({ accept: 'form', handler: (data) => ({ fields: [...data.keys()].length }) }),
  'odd name': {
    'a/b.c{d}': defineAction({ handler: () => 'odd' }),
    ürl: defineAction({ handler: () => null }),
  },
  a_b: defineAction({ handler: () => 1 }),
  a: { b: defineAction({ handler: () => 2 }) },
  products: {
    save: defineAction({
      accept: 'any',
      input: z.object({ id: z.int(), name: z.string() }),
      output: z.object({ product: z.object({ id: z.int(), name: z.string() }) }),
      handler: (product) => ({ product }),
    }),
    show: defineAction({
      method: 'GET',
      input: z.object({ number: z.int() }),
      output: z.object({ number: z.int() }),
      handler: (product) => product,
    }),
  },
};

/** The kitchen behind a `user` function that knows one bearer token. */
export function createKitchen(plugins: readonly Plugin[] = []): Portico<typeof kitchen> {
  return createPortico({
    actions: kitchen,
    plugins,
    secrets: ['a secret of the kitchen, thirty-two characters long'],
    routes: { 'POST /products/:id': 'products.save', 'GET /products/:number': 'products.show' },
    user: ({ request }) => (request.headers.get('authorization') === 'Bearer cook' ? { id: 'cook' } : null),
    logger: { error: () => undefined, warn: () => undefined },
  });
}
