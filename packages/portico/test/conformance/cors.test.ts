import { expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';

// DESIGN.md 5: "CORS off; `cors` opens named origins, with the preflight answered", whichever door it asks about.

const ORIGIN = 'https://app.example';
const portico = createPortico({
  actions: { save: defineAction({ accept: 'any', handler: () => 'saved' }) },
  routes: { 'POST /products/:id': 'save' },
  cors: { origins: [ORIGIN] },
});
const pages = (request: Request): Response =>
  request.method === 'GET' ? new Response('page') : new Response('', { status: 405 });

test.each(['/_actions/save', '/actions/save', '/products/5', '/page?action=save', '/page?_action=save'])(
  'the preflight of %s is answered, and the call that follows is too',
  async (path) => {
    const { url } = await serve(portico, { pages });
    const headers = {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const asked = await fetch(url + path, { method: 'OPTIONS', headers });
    expect([
      asked.status,
      asked.headers.get('access-control-allow-origin'),
      asked.headers.get('access-control-allow-methods'),
    ]).toEqual([204, ORIGIN, expect.stringContaining('POST')]);
    const called = await fetch(url + path, {
      method: 'POST',
      headers: { origin: ORIGIN, accept: 'application/json', 'content-type': 'application/json' },
      body: '{}',
    });
    expect([called.status, called.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  },
);

test('a preflight of a page that no action answers is the host’s', async () => {
  const { url } = await serve(portico, { pages });
  const headers = { origin: ORIGIN, 'access-control-request-method': 'POST' };
  expect((await fetch(`${url}/page`, { method: 'OPTIONS', headers })).status).toBe(405);
});
