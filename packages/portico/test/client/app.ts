import { z } from 'zod';
import { createPortico, defineAction } from '../../src/index.ts';

/** Actions of every kind, for the client to call. */
export const server = {
  echo: defineAction({
    input: z.object({
      at: z.date(),
      big: z.bigint(),
      to: z.instanceof(URL),
      tags: z.set(z.string()),
      prices: z.map(z.string(), z.number()),
    }),
    handler: (input) => input,
  }),
  newsletter: defineAction({
    accept: 'form',
    input: z.object({
      email: z.email(),
      terms: z.boolean(),
      address: z.object({ city: z.string(), lines: z.array(z.string()) }),
      items: z.array(z.object({ qty: z.number(), note: z.string().nullable() })),
      ids: z.array(z.number()),
      none: z.array(z.string()).optional(),
      when: z.date(),
      file: z.file().optional(),
    }),
    handler: async ({ file, ...rest }) => ({
      ...rest,
      file: file && { name: file.name, text: await file.text() },
    }),
  }),
  either: defineAction({ accept: 'any', input: z.object({ n: z.number() }), handler: ({ n }) => n }),
  nothing: defineAction({ handler: () => {} }),
  bare: defineAction({ handler: (input) => typeof input }),
  rawForm: defineAction({ accept: 'form', handler: (form) => [...form.keys()] }),
  shop: {
    'search.all': defineAction({
      method: 'GET',
      input: z.object({ q: z.string(), page: z.number().default(1), tags: z.array(z.string()) }),
      handler: (input) => input,
    }),
    order: defineAction({
      input: z.object({ items: z.array(z.object({ qty: z.number().min(1, 'Too few') })) }),
      errors: { SOLD_OUT: { status: 409, data: z.object({ until: z.date() }) } },
      handler: ({ items }, ctx) => {
        if (items.length === 0) ctx.fail('SOLD_OUT', { until: new Date(0) });
        ctx.redirect('/thanks');
        return { id: items.length };
      },
    }),
  },
  secret: defineAction({ access: () => false, handler: () => 'secret' }),
  broken: defineAction({
    handler: () => {
      throw new Error('password');
    },
  }),
};

export const portico = createPortico({
  actions: server,
  secrets: ['0123456789abcdef0123456789abcdef'],
  onError: () => {},
});
