import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

function searchApp() {
  return createPortico({
    actions: {
      findProduct: defineAction({
        input: z.object({ query: z.string().min(2) }),
        handler: async ({ query }, ctx) => ({ found: [query], door: ctx.action.door }),
      }),
    },
  });
}

describe('Call actions from Astro components and server endpoints', () => {
  test('callAction in a page returns the same data and error as a call from the client', async () => {
    const portico = searchApp();
    const pages = async (request: Request): Promise<Response> => {
      const ctx = portico.context(request);
      const searchQuery = ctx.url.searchParams.get('search');
      if (!searchQuery) return new Response('no search');
      const { data, error } = await ctx.callAction(portico.actions.findProduct, { query: searchQuery });
      return Response.json(error ? { code: error.code } : data);
    };
    const visitor = (await serve(portico, { pages })).agent();

    expect(await (await visitor.get('/products')).text()).toBe('no search');
    expect(await (await visitor.get('/products?search=shoe')).json()).toEqual({
      found: ['shoe'],
      door: 'server',
    });
    expect(await (await visitor.get('/products?search=x')).json()).toEqual({ code: 'BAD_REQUEST' });
  });

  test('callAction in a server endpoint that is posted to', async () => {
    const portico = searchApp();
    const pages = async (request: Request): Promise<Response> => {
      const { query } = (await request.json()) as { query: string };
      const { data } = await portico.context(request).callAction(portico.actions.findProduct, { query });
      return Response.json(data?.found);
    };
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post('/api/search', { query: 'shoe' });

    expect([response.status, await response.json()]).toEqual([200, ['shoe']]);
  });

  test('an action that is not in the tree is an error in the result, no exception', async () => {
    const portico = searchApp();

    const { error } = await portico.call(defineAction({ handler: async () => 1 }));

    expect(error?.code).toBe('NOT_FOUND');
  });
});
