import { describe, expect, test } from 'vitest';
import { codeOf, connect, JSON_ACCEPT } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('another method than the action’s', () => {
  test.each([
    ['save', 'GET', 'POST'],
    ['save', 'HEAD', 'POST'],
    ['save', 'PUT', 'POST'],
    ['save', 'PATCH', 'POST'],
    ['save', 'DELETE', 'POST'],
    ['save', 'OPTIONS', 'POST'],
    ['read', 'PUT', 'GET, HEAD, POST'],
    ['read', 'DELETE', 'GET, HEAD, POST'],
    ['both', 'PATCH', 'GET, HEAD, POST'],
  ])('rpc: %s by %s is 405 with Allow: %s', async (name, method, allow) => {
    const { visitor, ran } = await connect();

    const response = await visitor.get(`/_actions/${name}`, { method });

    expect([response.status, response.headers.get('allow'), ran]).toEqual([405, allow, []]);
    if (method !== 'HEAD') expect(await codeOf(response)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  test.each([
    ['path', '/actions/save', 'GET', 'POST'],
    ['path', '/actions/save', 'HEAD', 'POST'],
    ['path', '/actions/save', 'DELETE', 'POST'],
    ['path', '/actions/read', 'POST', 'GET, HEAD'],
    ['query', '/page?action=save', 'GET', 'POST'],
    ['query', '/page?action=read', 'POST', 'GET, HEAD'],
    ['query', '/page?action=save', 'PUT', 'POST'],
  ])('%s: %s by %s is 400 with Allow, as Craft says', async (_door, path, method, allow) => {
    const { visitor, ran } = await connect();

    const json = await visitor.get(path, { method, headers: JSON_ACCEPT });
    const html = await visitor.get(path, { method });

    expect([json.status, json.headers.get('allow'), html.status, html.headers.get('allow')]).toEqual([
      400,
      allow,
      400,
      allow,
    ]);
    if (method !== 'HEAD') {
      expect(await codeOf(json)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
      expect(await html.text()).toContain(method);
    }
    expect(ran).toEqual([]);
  });

  test('wrongVerbStatus changes that', async () => {
    const { visitor } = await connect({ wrongVerbStatus: 405 });

    expect((await visitor.get('/actions/save')).status).toBe(405);
    expect((await visitor.get('/actions/save', { headers: JSON_ACCEPT })).status).toBe(405);
  });

  test('method-override headers and fields are ignored', async () => {
    const { visitor, ran } = await connect();

    const byHeader = await visitor.post(
      '/_actions/save',
      { name: 'Ada' },
      { headers: { 'x-http-method-override': 'DELETE' } },
    );
    const byField = await visitor.post(
      '/_actions/save',
      new URLSearchParams({ name: 'Ada', _method: 'DELETE' }),
    );

    expect([byHeader.status, byField.status, ran]).toEqual([204, 204, ['save', 'save']]);
  });

  test('a GET or HEAD with _action is the host’s page: the page door is for posts', async () => {
    const { visitor, ran } = await connect();

    expect(await (await visitor.get('/page?_action=both')).text()).toBe('a page');
    expect((await visitor.get('/page?_action=both', { method: 'HEAD' })).status).toBe(200);
    expect((await visitor.get('/page?_action=save', { method: 'PUT' })).status).toBe(404);
    expect(ran).toEqual([]);
  });

  test('HEAD runs a GET action and sends no body', async () => {
    const { visitor, ran } = await connect();

    const response = await visitor.get('/actions/read', { method: 'HEAD' });

    expect([response.status, await response.text(), ran]).toEqual([200, '', ['read']]);
  });
});
