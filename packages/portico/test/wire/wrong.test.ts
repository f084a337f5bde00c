import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { z } from 'zod';
import type { Agent, Body, Init } from '../support/agent.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

// "What is wrong gets a right answer", row by row, at every door the row applies to, always with a body.

const JSON_ACCEPT = { accept: 'application/json' };

function wrongApp(options: Omit<PorticoOptions, 'actions' | 'plugins'> = {}) {
  const ran: string[] = [];
  const note = (name: string) => () => void ran.push(name);
  const portico = createPortico({
    routes: { 'POST /send': 'save' },
    ...options,
    actions: {
      save: defineAction({ accept: 'any', input: z.object({ name: z.string().min(2) }), handler: note('save') }),
      json: defineAction({ input: z.object({ name: z.string() }), handler: note('json') }),
      form: defineAction({ accept: 'form', input: z.object({ name: z.string() }), handler: note('form') }),
      small: defineAction({
        accept: 'any',
        input: z.looseObject({ name: z.string().optional(), file: z.file().optional(), files: z.array(z.file()).optional() }),
        body: { maxBytes: 2_000, maxFileBytes: 1_000, maxFiles: 2, maxFields: 10 },
        handler: note('small'),
      }),
      read: defineAction({ method: 'GET', handler: note('read') }),
      both: defineAction({ method: ['GET', 'POST'], handler: note('both') }),
      users: { saveUser: defineAction({ handler: note('users.saveUser') }) },
    },
  });
  return { portico, ran };
}

async function connect(options: Omit<PorticoOptions, 'actions' | 'plugins'> = {}) {
  const { portico, ran } = wrongApp(options);
  const served = await serve(portico, {
    pages: (request) =>
      ['GET', 'HEAD'].includes(request.method) ? new Response('a page') : new Response('not ours', { status: 404 }),
  });
  return { portico, ran, url: served.url, visitor: served.agent() };
}

/** The doors a form can be posted to, told to answer JSON. */
type Door = 'rpc' | 'page' | 'path' | 'query' | 'body' | 'route';

function post(visitor: Agent, door: Door, name: string, body: Body, init: Init = {}): Promise<Response> {
  const headers = { ...JSON_ACCEPT, ...(init.headers as Record<string, string>) };
  const urls: Record<Door, string> = {
    rpc: `/_actions/${name}`,
    page: `/page?_action=${name}`,
    path: `/actions/${name}`,
    query: `/page?action=${name}`,
    body: '/page',
    route: '/send',
  };
  if (door === 'body') {
    if (body instanceof URLSearchParams || body instanceof FormData) body = withFirst(body, 'action', name);
    else throw new Error('Only a form can name its action.');
  }
  return visitor.post(urls[door], body, { ...init, headers });
}

function withFirst<T extends URLSearchParams | FormData>(body: T, name: string, value: string): T {
  const copy = (body instanceof FormData ? new FormData() : new URLSearchParams()) as T;
  copy.append(name, value);
  for (const [key, entry] of body) (copy as FormData).append(key, entry as string);
  return copy;
}

async function codeOf(response: Response): Promise<{ status: number; code: unknown; message: string }> {
  expect(response.headers.get('content-type')).toBe('application/json');
  const { code, message } = (await response.json()) as { code: unknown; message: string };
  return { status: response.status, code, message };
}

describe('unknown name, a namespace, a prototype name: 404 NOT_FOUND', () => {
  const names = ['nothing', 'users', 'users.nothing', '__proto__', 'constructor', 'toString', 'users.__proto__', 'save.orThrow', 'save.handler', 'then', ''];

  test.each(names)('at the rpc door: %j', async (name) => {
    const { visitor, ran } = await connect();

    expect(await codeOf(await visitor.post(`/_actions/${name}`, {}))).toMatchObject({ status: 404, code: 'NOT_FOUND' });
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

  test.each(['users/nothing', 'users', '__proto__', 'users/constructor'])('at the path door: %j', async (name) => {
    const { visitor } = await connect();

    const json = await visitor.post(`/actions/${name}`, {}, { headers: JSON_ACCEPT });
    const html = await visitor.post(`/actions/${name}`, new URLSearchParams());

    expect(await codeOf(json)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect([html.status, html.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await html.text()).toContain('no action of this name');
  });

  test.each(['users/nothing', '__proto__/x'])('at the query and body doors, where the name has a slash: %j', async (name) => {
    const { visitor } = await connect();

    for (const door of ['query', 'body'] as const) {
      expect(await codeOf(await post(visitor, door, name, new URLSearchParams()))).toMatchObject({ status: 404 });
    }
  });
});

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

    expect([json.status, json.headers.get('allow'), html.status, html.headers.get('allow')]).toEqual([400, allow, 400, allow]);
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

    const byHeader = await visitor.post('/_actions/save', { name: 'Ada' }, { headers: { 'x-http-method-override': 'DELETE' } });
    const byField = await visitor.post('/_actions/save', new URLSearchParams({ name: 'Ada', _method: 'DELETE' }));

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

describe('malformed: 400 BAD_REQUEST saying which', () => {
  test.each([
    ['{"name":', 'ends too early'],
    ['{name:1}', 'JSON'],
    ['{"name":"a"} trailing', 'JSON'],
    ["{'name':'a'}", 'JSON'],
  ])('JSON %j at every door that takes it', async (text, reason) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query', 'route'] as const) {
      const answer = await codeOf(await post(visitor, door, 'save', text));
      expect([door, answer]).toMatchObject([door, { status: 400, code: 'BAD_REQUEST' }]);
      expect(answer.message).toContain(reason);
    }
    expect(ran).toEqual([]);
  });

  test('JSON that is not UTF-8', async () => {
    const { visitor } = await connect();

    const answer = await codeOf(await visitor.post('/_actions/save', new Uint8Array([0x22, 0xff, 0x22])));

    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining('UTF-8') });
  });

  test.each([
    ['no boundary', 'multipart/form-data', 'hello'],
    ['no part', 'multipart/form-data; boundary=x', 'hello'],
    ['an end that is missing', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda'],
    ['a part without a name', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data\r\n\r\nAda\r\n--x--\r\n'],
    ['a part without headers', 'multipart/form-data; boundary=x', '--x\r\n\r\nAda\r\n--x--\r\n'],
  ])('multipart with %s at every door that takes it', async (_what, type, text) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query', 'route'] as const) {
      const response = await post(visitor, door, 'save', text, { headers: { 'content-type': type } });
      expect([door, await codeOf(response)]).toMatchObject([door, { status: 400, code: 'BAD_REQUEST' }]);
    }
    expect(ran).toEqual([]);
  });

  test.each([
    ['rpc', 'POST /_actions/sa%', 400],
    ['rpc', 'POST /_actions/%C3%28', 400],
    ['path', 'POST /actions/sa%zz', 400],
    ['page', 'POST /page?_action=sa%25', 400],
  ])('a percent-escape in a name at the door %s: %s', async (_door, line, status) => {
    const { url } = await connect();

    const answer = await sendRaw(url, line, { ...JSON_ACCEPT, 'Content-Type': 'application/json' }, '{}');

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('percent-escape') });
  });

  test('a percent-escape in the parameter of a route', async () => {
    const { portico } = { portico: createPortico({ actions: { get: defineAction({ method: 'GET', handler: () => 1 }) }, routes: { 'GET /p/:id': 'get' } }) };
    const { url } = await serve(portico);

    expect((await sendRaw(url, 'GET /p/%zz')).status).toBe(400);
  });
});

describe('a content type the action does not take: 415 naming what it takes', () => {
  test.each<[string, Body, string | undefined, string]>([
    ['json', new URLSearchParams({ name: 'Ada' }), undefined, 'application/json'],
    ['json', new FormData(), undefined, 'application/json'],
    ['json', 'name', 'text/plain', 'application/json'],
    ['json', '{}', 'application/vnd.api+json', 'application/json'],
    ['form', { name: 'Ada' }, undefined, 'application/x-www-form-urlencoded'],
    ['form', 'name', 'text/plain', 'multipart/form-data'],
    ['save', '<name/>', 'application/xml', 'application/json'],
  ])('%s sent %s as %s', async (name, body, type, takes) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query'] as const) {
      const response = await post(visitor, door, name, body, type === undefined ? {} : { headers: { 'content-type': type } });
      const answer = await codeOf(response);
      expect([door, answer]).toMatchObject([door, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' }]);
      expect(answer.message).toContain(takes);
    }
    expect(ran).toEqual([]);
  });

  test('a body without a content type', async () => {
    const { url } = await connect();

    const answer = await sendRaw(url, 'POST /_actions/json', {}, '{"name":"Ada"}');

    expect([answer.status, answer.headers.get('accept-post')]).toEqual([415, 'application/json']);
  });

  test.each(['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/json ;charset=utf-8'])(
    'parameters, case and spaces do not matter: %s',
    async (type) => {
      const { visitor } = await connect();

      expect((await visitor.post('/_actions/json', '{"name":"Ada"}', { headers: { 'content-type': type } })).status).toBe(204);
    },
  );
});

describe('over a limit: 413, and the handler does not run', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  const file = (bytes: number): File => new File([new Uint8Array(bytes)], 'a.bin');
  const withFiles = (...sizes: number[]): FormData => {
    const data = new FormData();
    for (const size of sizes) data.append(sizes.length === 1 ? 'file' : 'files', file(size));
    return data;
  };
  const manyFields = (count: number): URLSearchParams =>
    new URLSearchParams(Array.from({ length: count }, (_, index): [string, string] => [`f${index}`, 'x']));

  test.each<[string, () => Body]>([
    ['a JSON body', () => ({ name: 'x'.repeat(3_000) })],
    ['a urlencoded body', () => new URLSearchParams({ name: 'x'.repeat(3_000) })],
    ['text of a multipart body', () => toFormData({ name: 'x'.repeat(3_000) })],
    ['one file', () => withFiles(1_001)],
    ['the number of files', () => withFiles(1, 1, 1)],
    ['fields', () => manyFields(11)],
    ['the depth of JSON', () => `{"name":${deep(40)}}`],
    ['the depth of field names', () => new URLSearchParams({ [`a${'[b]'.repeat(40)}`]: 'x' })],
  ])('%s, at every door', async (_what, body) => {
    const { visitor, ran } = await connect();

    for (const door of ['rpc', 'page', 'path', 'query'] as const) {
      const answer = await codeOf(await post(visitor, door, 'small', body()));
      expect([door, answer]).toMatchObject([door, { status: 413, code: 'CONTENT_TOO_LARGE' }]);
    }
    expect(ran).toEqual([]);
  });

  test.each<[string, () => Body]>([
    ['a JSON body', () => ({ name: 'x'.repeat(1_900) })],
    ['a urlencoded body', () => new URLSearchParams({ name: 'x'.repeat(1_900) })],
    ['one file', () => withFiles(1_000)],
    ['the number of files', () => withFiles(1, 1)],
    ['fields', () => manyFields(10)],
    ['the depth of JSON', () => `{"name":"a","more":${deep(31)}}`],
  ])('%s just within its limit passes', async (_what, body) => {
    const { visitor, ran } = await connect();

    const response = await visitor.post('/_actions/small', body());

    expect([response.status, ran]).toEqual([204, ['small']]);
  });

  test.each([
    ['JSON', 'application/json', '{"name":"'],
    ['urlencoded', 'application/x-www-form-urlencoded', 'name='],
    ['multipart', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n'],
  ])('as soon as it is known and without reading the rest: %s whose body never ends', async (_kind, type, start) => {
    const { url, ran } = await connect();

    const answer = await sendRaw(
      url,
      'POST /_actions/small',
      { 'Content-Type': type, 'Content-Length': '100000000' },
      start + 'x'.repeat(5_000),
    );

    expect([answer.status, ran]).toEqual([413, []]);
  });

  test('a chunked body that says no length', async () => {
    const { url, ran } = await connect();
    const chunk = 'x'.repeat(0x1000);

    const answer = await sendRaw(
      url,
      'POST /_actions/small',
      { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      `1\r\n"\r\n1000\r\n${chunk}\r\n`,
    );

    expect([answer.status, ran]).toEqual([413, []]);
  });
});

describe('schema says no', () => {
  test('400 with the wire’s ActionInputError at the rpc and page doors', async () => {
    const { visitor } = await connect();

    for (const door of ['rpc', 'page'] as const) {
      const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'A' }));
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { type: 'ActionInputError', code: 'BAD_REQUEST', fields: { name: [expect.any(String)] } },
      ]);
    }
  });

  test('400 with { message, errors } at the controller doors', async () => {
    const { visitor } = await connect();

    for (const door of ['path', 'query', 'body', 'route'] as const) {
      const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'A' }));
      expect([door, response.status, await response.json()]).toMatchObject([
        door,
        400,
        { message: expect.any(String), error: expect.any(String), code: 'BAD_REQUEST', errors: { name: [expect.any(String)] } },
      ]);
    }
  });

  test('422 where a page is rendered again; formFailureStatus changes it', async () => {
    const { visitor } = await connect();
    const renamed = await connect({ formFailureStatus: 200 });
    const form = (fields = {}) => new URLSearchParams({ name: 'A', ...fields });

    for (const [path, fields] of [['/page?_action=save', {}], ['/page', { action: 'save' }]] as const) {
      const response = await visitor.post(path, form(fields));
      expect([response.status, await response.text()]).toEqual([422, 'a page']);
      expect((await renamed.visitor.post(path, form(fields))).status).toBe(200);
    }
  });
});

describe('an unserialisable result', () => {
  const errors: unknown[] = [];
  const app = () =>
    createPortico({
      actions: { odd: defineAction({ accept: 'any', messages: { success: 'Done.' }, handler: () => ({ run: () => 1 }) }) },
      onError: (error) => errors.push(error),
    });

  test('is 500 with a requestId on the rpc wire, by form too, and logged', async () => {
    errors.length = 0;
    const visitor = (await serve(app(), { pages: () => new Response('a page') })).agent();

    const rpc = await visitor.post('/_actions/odd');
    const page = await visitor.post('/page?_action=odd', new URLSearchParams(), { headers: JSON_ACCEPT });

    for (const response of [rpc, page]) {
      expect([response.status, await response.json()]).toMatchObject([500, { requestId: expect.any(String) }]);
    }
    expect(errors).toHaveLength(2);
  });

  test('after a form success the redirect goes on, the result is left out, logged', async () => {
    errors.length = 0;
    const portico = app();
    const visitor = (
      await serve(portico, {
        pages: (request) => Response.json(portico.context(request).getActionResult(portico.actions.odd) ?? null),
      })
    ).agent();

    const posted = await visitor.post('/page?_action=odd', new URLSearchParams());
    const shown = await visitor.get('/page');

    expect([posted.status, posted.headers.get('location')]).toEqual([303, '/page']);
    expect([shown.status, await shown.json()]).toEqual([200, {}]);
    expect(errors).toHaveLength(1);
  });
});

describe('action[], a bad signature: 400 naming the parameter, before the handler runs', () => {
  test.each([
    ['body', () => ['/page', new URLSearchParams({ 'action[]': 'save', name: 'Ada' })] as const],
    ['body, twice', () => ['/page', new URLSearchParams({ 'action[a]': 'save', action: 'save', name: 'Ada' })] as const],
    ['multipart body', () => ['/page', toFormData({ 'action[]': 'save', name: 'Ada' })] as const],
    ['query', () => ['/page?action[]=save', new URLSearchParams({ name: 'Ada' })] as const],
    ['query, encoded', () => ['/page?action%5B0%5D=save', new URLSearchParams({ name: 'Ada' })] as const],
  ])('action[] in the %s', async (_where, request) => {
    const { visitor, ran } = await connect();
    const [path, body] = request();

    const answer = await codeOf(await visitor.post(path, body, { headers: JSON_ACCEPT }));

    expect(answer).toMatchObject({ status: 400, code: 'BAD_REQUEST', message: expect.stringContaining('action') });
    expect(ran).toEqual([]);
  });

  test.each(['redirect', 'successMessage', 'failMessage'])('%s that is not signed, at every form door', async (param) => {
    const { visitor, ran } = await connect();

    for (const door of ['page', 'path', 'query', 'body', 'route'] as const) {
      const answer = await codeOf(await post(visitor, door, 'save', new URLSearchParams({ [param]: '/there', name: 'Ada' })));
      expect([door, answer]).toMatchObject([door, { status: 400, message: expect.stringContaining(param) }]);
    }
    expect(ran).toEqual([]);
  });

  test.each(['redirect[]', 'failMessage[0]'])('%s is no list', async (name) => {
    const { visitor, ran } = await connect();

    const answer = await codeOf(await post(visitor, 'body', 'save', new URLSearchParams({ [name]: '/there', name: 'Ada' })));

    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(name.split('[')[0] ?? '') });
    expect(ran).toEqual([]);
  });
});

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
        { code: 'CSRF_FAILED', message: expect.stringContaining('evil.example'), data: { reason: expect.any(String) } },
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
        pages: (request) => Response.json(portico.context(request).getActionResult(portico.actions.save)?.error?.code ?? null),
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
        save: defineAction({ accept: 'form', limit: { points: 2, seconds: 60, by: 'ip' }, handler: () => void runs++ }),
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

describe('middleware answers itself: that answer', () => {
  const teapot = () => new Response('short and stout', { status: 418, headers: { 'x-pot': 'tea' } });

  test.each(['rpc', 'page', 'path', 'query', 'body', 'route'] as const)('of the app, at the door %s', async (door) => {
    const { visitor, ran } = await connect({ use: [teapot] });

    const response = await post(visitor, door, 'save', new URLSearchParams({ name: 'Ada' }));

    expect([response.status, await response.text(), response.headers.get('x-pot'), ran]).toEqual([418, 'short and stout', 'tea', []]);
  });

  test.each(['rpc', 'page', 'path', 'query', 'body', 'route'] as const)('of the action, at the door %s', async (door) => {
    const portico = createPortico({
      routes: { 'POST /send': 'save' },
      actions: { save: defineAction({ accept: 'form', use: [teapot], handler: () => expect.unreachable() }) },
    });
    const visitor = (await serve(portico)).agent();

    const response = await post(visitor, door, 'save', new URLSearchParams());

    expect([response.status, await response.text()]).toEqual([418, 'short and stout']);
  });
});

function toFormData(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}
