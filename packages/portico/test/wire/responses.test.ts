import { describe, expect, test } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

const bytes = new Uint8Array([0, 255, 13, 10, 200]);

function downloadApp(errors: unknown[] = []) {
  const download = (): Response =>
    new Response(bytes, {
      status: 201,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="a.bin"',
      },
    });
  return createPortico({
    ...production,
    onError: (error) => errors.push(error),
    routes: { 'POST /send': 'download' },
    actions: {
      download: defineAction({
        accept: 'any',
        method: ['GET', 'POST'],
        handler: (_input, ctx) => {
          ctx.cookies.set('seen', '1');
          ctx.headers.set('x-from', 'context');
          return download();
        },
      }),
      leave: defineAction({ accept: 'form', handler: () => Response.redirect('https://example.com/', 307) }),
    },
  });
}

describe('a handler that returns a Response', () => {
  test.each([
    ['page', 'POST', '/page?_action=download', ''],
    ['path', 'POST', '/actions/download', ''],
    ['path', 'GET', '/actions/download', ''],
    ['query', 'POST', '/page?action=download', ''],
    ['query', 'GET', '/page?action=download', ''],
    ['body', 'POST', '/page', 'download'],
    ['route', 'POST', '/send', ''],
  ])(
    'sends it as it is, with the context’s cookies and headers, at the door %s by %s',
    async (_door, method, path, action) => {
      const visitor = (await serve(downloadApp())).agent();

      const response = await (method === 'GET'
        ? visitor.get(path)
        : visitor.post(path, new URLSearchParams({ ...(action !== '' && { action }) }), {
            headers: { accept: 'application/json' },
          }));

      expect(response.status).toBe(201);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="a.bin"');
      expect(response.headers.get('x-from')).toBe('context');
      expect(visitor.cookies.get('seen')).toBe('1');
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    },
  );

  test.each([['POST'], ['GET']])('is an error that says so at the rpc door, by %s', async (method) => {
    const errors: unknown[] = [];
    const visitor = (await serve(downloadApp(errors))).agent();

    const response = await visitor.get('/_actions/download', { method });

    expect([response.status, await response.json()]).toMatchObject([
      500,
      { type: 'ActionError', message: expect.stringContaining('Response'), requestId: expect.any(String) },
    ]);
    expect(errors).toHaveLength(1);
  });

  test('whose headers are immutable, such as Response.redirect', async () => {
    const visitor = (await serve(downloadApp())).agent();

    const response = await visitor.post('/page?_action=leave', new URLSearchParams());

    expect([response.status, response.headers.get('location')]).toEqual([307, 'https://example.com/']);
  });

  test('is the data of a call in process', async () => {
    const portico = downloadApp();

    const { data } = await portico.call(portico.actions.download);

    expect(data).toBeInstanceOf(Response);
  });
});

describe('what the context says goes on every answer', () => {
  const app = () =>
    createPortico({
      routes: { 'POST /send': 'save' },
      actions: {
        save: defineAction({
          accept: 'any',
          handler: (_input, ctx) => {
            ctx.cookies.set('a', '1');
            ctx.cookies.set('b', 'x y;z');
            ctx.headers.set('x-more', 'yes');
            return 1;
          },
        }),
        refuse: defineAction({
          accept: 'any',
          handler: (_input, ctx) => {
            ctx.cookies.set('a', '1');
            return ctx.fail('CONFLICT');
          },
        }),
        status: defineAction({
          accept: 'any',
          handler: (_input, ctx) => {
            ctx.status = 201;
            return { id: 1 };
          },
        }),
      },
    });

  test.each([
    ['rpc', '/_actions/save', ''],
    ['page', '/page?_action=save', ''],
    ['path', '/actions/save', ''],
    ['query', '/page?action=save', ''],
    ['body', '/page', 'save'],
    ['route', '/send', ''],
  ])('cookies and headers at the door %s, JSON or HTML', async (_door, path, action) => {
    const { agent } = await serve(app());
    const body = () => new URLSearchParams({ ...(action !== '' && { action }) });

    for (const accept of ['application/json', 'text/html']) {
      const visitor = agent();
      const response = await visitor.post(path, body(), { headers: { accept } });
      expect(response.headers.get('x-more')).toBe('yes');
      expect(response.headers.getSetCookie().filter((line) => /^[ab]=/.test(line))).toHaveLength(2);
      expect([visitor.cookies.get('a'), decodeURIComponent(visitor.cookies.get('b') ?? '')]).toEqual([
        '1',
        'x y;z',
      ]);
    }
  });

  test('cookies of an action that failed are set too', async () => {
    const visitor = (await serve(app())).agent();

    const response = await visitor.post('/_actions/refuse');

    expect([response.status, visitor.cookies.get('a')]).toEqual([409, '1']);
  });

  test('ctx.status is the status of a success', async () => {
    const visitor = (await serve(app())).agent();

    const rpc = await visitor.post('/_actions/status');
    const path = await visitor.post('/actions/status', {}, { headers: { accept: 'application/json' } });

    expect([rpc.status, path.status]).toEqual([201, 201]);
  });
});
