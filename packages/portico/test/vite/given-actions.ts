import { defineAction } from 'portico';
import { z } from 'zod';

/** The actions of most projects of these tests: `ACTIONS` is the text of this file. */
export const server = {
  newsletter: defineAction({
    accept: 'form',
    input: z.object({ email: z.email() }),
    handler: ({ email }) => ({ subscribed: email }),
  }),
  products: {
    search: defineAction({
      method: 'GET',
      input: z.object({ q: z.string() }),
      handler: ({ q }, ctx) => `${q} by ${ctx.request.method}`,
    }),
    name: defineAction({ handler: () => 'name' }),
    call: { length: defineAction({ handler: () => 'length' }) },
    'a.b/c d': defineAction({ handler: () => 'odd' }),
  },
};
