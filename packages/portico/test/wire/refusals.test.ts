import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { serve } from '../support/serve.ts';
import { codeOf, connect, post, wrongApp } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('CSRF', () => {
  const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', cookie: 'a=1' };
  const body = () => new URLSearchParams({ name: 'Ada' });

  test('is 403 CSRF_FAILED with the reason at the rpc and page doors, JSON bodies too', async () => {
    const { visitor, ran } = await connect();

    const answers = [
      await post(visitor, 'rpc', 'save', body(), { headers: forged }),
      await post(visitor, 'rpc', 'save', { name: 'Ada' }, { headers: forged }),
      await post(visitor, 'page', 'save', body(), { headers: forged }),
    ];

    for (const response of answers) {
      expect([response.status, await response.json()]).toMatchObject([
        403,
        {
          code: 'CSRF_FAILED',
          message: expect.stringContaining('evil.example'),
          data: { reason: expect.any(String) },
        },
      ]);
    }
    expect(ran).toEqual([]);
  });

  test('is 400 at the controller and route doors, as Craft', async () => {
    const { visitor, ran } = await connect();

    for (const door of ['path', 'query', 'body', 'route'] as const) {
      const answer = await codeOf(await post(visitor, door, 'save', body(), { headers: forged }));
      expect([door, answer]).toMatchObject([door, { status: 400, code: 'CSRF_FAILED' }]);
    }
    expect(ran).toEqual([]);
  });

  test('a page form renders again with kept input', async () => {
    const { portico, ran } = wrongApp();
    const visitor = (
      await serve(portico, {
        pages: (request) =>
          Response.json(portico.context(request).getActionResult(portico.actions.save)?.error?.code ?? null),
      })
    ).agent();

    const response = await visitor.post('/page?_action=save', body(), { headers: forged });

    expect([response.status, await response.json(), ran]).toEqual([403, 'CSRF_FAILED', []]);
  });
});

describe('rate limited: 429 with Retry-After', () => {
  test.each(['rpc', 'page', 'path', 'query', 'body', 'route'] as const)('at the door %s', async (door) => {
    let runs = 0;
    const portico = createPortico({
      routes: { 'POST /send': 'save' },
      actions: {
        save: defineAction({
          accept: 'form',
          limit: { points: 2, seconds: 60, by: 'ip' },
          handler: () => void runs++,
        }),
      },
    });
    const visitor = (await serve(portico)).agent();

    const statuses: number[] = [];
    let last: Response | undefined;
    for (let call = 0; call < 3; call++) {
      last = await post(visitor, door, 'save', new URLSearchParams());
      statuses.push(last.status);
    }

    expect([runs, statuses[2]]).toEqual([2, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await last?.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('middleware answers itself: that answer', () => {
  const teapot = () => new Response('short and stout', { status: 418, headers: { 'x-pot': 'tea' } });

  test.each(['rpc', 'page', 'path', 'query', 'body', 'route'] as const)(
    'of the app, at the door %s',
    async (door) => {
      const { visitor, ran } = await connect({ use: [teapot] });

      const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'Ada' }));

      expect([response.status, await response.text(), response.headers.get('x-pot'), ran]).toEqual([
        418,
        'short and stout',
        'tea',
        [],
      ]);
    },
  );

  test.each(['rpc', 'page', 'path', 'query', 'body', 'route'] as const)(
    'of the action, at the door %s',
    async (door) => {
      const portico = createPortico({
        routes: { 'POST /send': 'save' },
        actions: {
          save: defineAction({ accept: 'form', use: [teapot], handler: () => expect.unreachable() }),
        },
      });
      const visitor = (await serve(portico)).agent();

      const response = await post(visitor, door, 'save', new URLSearchParams());

      expect([response.status, await response.text()]).toEqual([418, 'short and stout']);
    },
  );
});
