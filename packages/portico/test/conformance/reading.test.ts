import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

// DESIGN.md 2 and 3: `method: 'GET'` reads; it answers at every door, needs no token and sets no flash.

const seen: unknown[] = [];
const actions = {
  products: {
    search: defineAction({
      method: 'GET',
      input: z.object({ q: z.string(), page: z.number().default(1), tags: z.array(z.string()) }),
      cache: { maxAge: 60, scope: 'public' },
      messages: { success: 'Found!' },
      handler: (input) => (seen.push(input), { found: input }),
    }),
    visit: defineAction({
      method: 'GET',
      cache: { maxAge: 60, scope: 'public' },
      handler: (_input, ctx) => {
        ctx.session.set('visited', true);
        return { ok: true };
      },
    }),
    show: defineAction({
      method: 'GET',
      handler: (_input, ctx) => ctx.render('/shown', { product: 'lamp' }),
    }),
    go: defineAction({
      method: 'GET',
      redirect: '/elsewhere',
      messages: { success: 'Gone!' },
      handler: () => ({ id: 1 }),
    }),
    both: defineAction({
      method: ['GET', 'POST'],
      accept: 'any',
      handler: (_input, ctx) => ctx.request.method,
    }),
  },
};
const portico = createPortico({
  actions,
  base: '/shop',
  csrf: 'token',
  routes: { 'GET /find/:q': 'products.search' },
});
const pages = (request: Request): Response => {
  const ctx = portico.context(request);
  return new Response(JSON.stringify({ path: ctx.url.pathname, ...ctx.variables, flash: ctx.flash.all() }));
};
const start = async () => (await serve(portico, { pages })).agent({ browser: false });

const DOORS = [
  '/shop/_actions/products.search?q=shoe&page=2&tags=a&tags=b',
  '/shop/_actions/products/search?q=shoe&page=2&tags=a&tags=b',
  '/shop/_actions/products.search/?q=shoe&page=2&tags=a&tags=b',
  '/shop/actions/products/search?q=shoe&page=2&tags=a&tags=b',
  '/shop/actions/products.search/?q=shoe&page=2&tags[]=a&tags[]=b',
  '/shop/any?action=products/search&q=shoe&page=2&tags=a&tags=b',
  '/shop/any?action=products.search&q=shoe&page=2&tags=a&tags=b',
  '/shop/find/shoe?q=hat&page=2&tags=a&tags=b',
];

describe('a GET action at every door', () => {
  test.each(DOORS)('%s decodes its query', async (path) => {
    const response = await (await start()).get(path, { headers: { accept: 'application/json' } });
    expect([response.status, await response.json()]).toEqual([
      200,
      { found: { q: 'shoe', page: 2, tags: ['a', 'b'] } },
    ]);
  });

  test.each(DOORS)('%s has the Cache-Control of the action and an ETag that answers 304', async (path) => {
    const visitor = await start();
    const first = await visitor.get(path);
    const etag = first.headers.get('etag') ?? '';
    expect([first.headers.get('cache-control'), etag]).toEqual([
      'public, max-age=60',
      expect.stringMatching(/^"[\w-]{20,}"$/),
    ]);
    const again = await visitor.get(path, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  test.each(['/shop/_actions/products.visit', '/shop/actions/products/visit'])(
    '%s: an answer that sets a cookie is kept by no shared cache',
    async (path) => {
      const response = await (await start()).get(path);
      expect(response.headers.get('set-cookie')).toContain('portico');
      expect(response.headers.get('cache-control')).not.toContain('public');
    },
  );

  test('refuses what its schema refuses: 400 as JSON, an error view as HTML', async () => {
    const visitor = await start();
    const statuses = [];
    for (const path of [
      '/shop/_actions/products.search',
      '/shop/actions/products/search',
      '/shop/x?action=products/search',
    ]) {
      const json = await visitor.get(`${path}${path.includes('?') ? '&' : '?'}page=x`, {
        headers: { accept: 'application/json' },
      });
      statuses.push(json.status);
    }
    const html = await visitor.get('/shop/actions/products/search?page=x');
    expect([statuses, html.status, html.headers.get('content-type')]).toEqual([
      [400, 400, 400],
      400,
      'text/html; charset=utf-8',
    ]);
  });

  test('renders with ctx.render and redirects with its redirect, and sets no flash either way', async () => {
    const visitor = await start();
    const rendered = await visitor.get('/shop/actions/products/show');
    expect([rendered.status, await rendered.json()]).toEqual([
      200,
      { path: '/shown', product: 'lamp', flash: {} },
    ]);
    const redirected = await visitor.get('/shop/actions/products/go');
    expect([redirected.status, redirected.headers.get('location')]).toEqual([303, '/elsewhere']);
    expect(await (await visitor.get('/elsewhere')).json()).toEqual({ path: '/elsewhere', flash: {} });
  });

  test('takes HEAD, and POST at the rpc door for clients that know only types', async () => {
    const visitor = await start();
    const head = await visitor.get('/shop/actions/products/search?q=a', { method: 'HEAD' });
    const posted = await visitor.post('/shop/_actions/products.search', { q: 'a', tags: [] });
    expect([head.status, await head.text(), posted.status]).toEqual([200, '', 200]);
  });

  test('with both verbs takes both, and asks for a token only to post', async () => {
    const visitor = await start();
    const get = await visitor.get('/shop/actions/products/both', { headers: { accept: 'application/json' } });
    const post = await visitor.post('/shop/actions/products/both', new URLSearchParams(), {
      headers: { accept: 'application/json', cookie: 'a=b' },
    });
    expect([await get.json(), post.status]).toEqual([{ data: 'GET' }, 400]);
    expect(await post.json()).toMatchObject({ code: 'CSRF_FAILED' });
  });

  test('at the page door, which is for posts, is refused with words and Allow', async () => {
    const response = await (
      await start()
    ).post('/any?_action=products.search', new URLSearchParams(), {
      headers: { accept: 'application/json' },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(((await response.json()) as { message: string }).message).toMatch(
      /POST is not a method of this action.*GET/,
    );
  });
});
