import { describe, expect, test } from 'vitest';
import { serve } from '../support/serve.ts';
import { codeOf, connect, JSON_ACCEPT, post, wrongApp } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('unknown name, a namespace, a prototype name: 404 NOT_FOUND', () => {
  const names = [
    'nothing',
    'users',
    'users.nothing',
    '__proto__',
    'constructor',
    'toString',
    'users.__proto__',
    'save.orThrow',
    'save.handler',
    'then',
    '',
  ];

  test.each(names)('at the rpc door: %j', async (name) => {
    const { visitor, ran } = await connect();

    expect(await codeOf(await visitor.post(`/_actions/${name}`, {}))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
    expect(ran).toEqual([]);
  });

  test.each(names)('at the page door: %j', async (name) => {
    const { visitor, ran } = await connect();

    const json = await visitor.post(`/page?_action=${name}`, new URLSearchParams(), { headers: JSON_ACCEPT });
    const html = await visitor.post(`/page?_action=${name}`, new URLSearchParams());

    expect(await codeOf(json)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect([html.status, ran]).toEqual([404, []]);
    expect(await html.text()).not.toBe('');
  });

  test.each(['users/nothing', 'users', '__proto__', 'users/constructor'])(
    'at the path door: %j',
    async (name) => {
      const { visitor } = await connect();

      const json = await visitor.post(`/actions/${name}`, {}, { headers: JSON_ACCEPT });
      const html = await visitor.post(`/actions/${name}`, new URLSearchParams());

      expect(await codeOf(json)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      expect([html.status, html.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(await html.text()).toContain('no action of this name');
    },
  );

  test.each(['users/nothing', '__proto__/x'])(
    'at the query and body doors, where the name has a slash: %j',
    async (name) => {
      const { visitor } = await connect();

      for (const door of ['query', 'body'] as const) {
        expect(await codeOf(await post(visitor, door, name, new URLSearchParams()))).toMatchObject({
          status: 404,
        });
      }
    },
  );
});

describe('the page of a page-door POST does not exist: 404, and the action does not run', () => {
  test('where the host can tell beforehand', async () => {
    const { portico, ran } = wrongApp();
    const handler = portico.wrap(() => new Response('a page'), { has: (path) => path === '/page' });
    const send = (path: string, accept = 'text/html') =>
      handler(
        new Request(`http://localhost${path}`, {
          method: 'POST',
          body: new URLSearchParams({ name: 'Ada' }),
          headers: { accept, 'sec-fetch-site': 'same-origin' },
        }),
      );

    const missing = await send('/nowhere?_action=save');
    const missingJson = await send('/nowhere?_action=save', 'application/json');
    expect([missing.status, missingJson.status, ran]).toEqual([404, 404, []]);
    expect(await missing.text()).toContain('no page here');

    expect([(await send('/page?_action=save')).status, ran]).toEqual([303, ['save']]);
  });

  test('where it cannot, the failure still gets an error page with its own status', async () => {
    const { portico, ran } = wrongApp();
    const visitor = (await serve(portico)).agent();

    const response = await visitor.post('/nowhere?_action=save', new URLSearchParams({ name: 'A' }));

    expect([response.status, ran]).toEqual([422, []]);
    expect(await response.text()).not.toBe('');
  });
});
