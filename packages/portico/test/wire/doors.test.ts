import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { z } from 'zod';
import type { Agent } from '../support/agent.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

/** Actions that say by which door they were called, under which name, and with what. */
function echoTree() {
  const text = z.object({ who: z.string().default('nobody') });
  const seen: unknown[] = [];
  const server = {
    users: {
      saveUser: defineAction({
        accept: 'any',
        input: text,
        handler: async (input, ctx) => {
          seen.push({ ...ctx.action, ...input });
          return { ...ctx.action, ...input };
        },
      }),
      sessionInfo: defineAction({ method: 'GET', handler: async (_input, ctx) => ({ ...ctx.action }) }),
    },
    products: {
      search: defineAction({
        method: 'GET',
        input: z.object({ q: z.string(), page: z.number() }),
        handler: async (input, ctx) => ({ ...ctx.action, ...input }),
      }),
    },
    newsletter: defineAction({
      accept: 'form',
      input: text,
      handler: async (input, ctx) => void seen.push({ ...ctx.action, ...input }),
    }),
  };
  return { server, seen };
}

async function connect(options: Omit<PorticoOptions, 'actions' | 'plugins'> = {}) {
  const { server, seen } = echoTree();
  const portico = createPortico({ actions: server, ...options });
  const hosts: string[] = [];
  const served = await serve(portico, {
    pages: async (request) => {
      hosts.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`);
      return new Response('a page of the host');
    },
  });
  return { portico, seen, hosts, url: served.url, visitor: served.agent() };
}

const json = { accept: 'application/json' };
const form = (fields: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({ who: 'Ada', ...fields });
const saved = (door: string): object => ({ name: 'users.saveUser', door, who: 'Ada' });
const searched = (door: string): object => ({ name: 'products.search', door, q: 'shoe', page: 2 });

describe('each door takes its requests', () => {
  test.each<[string, (visitor: Agent) => Promise<Response>, object]>([
    ['rpc: POST with JSON', (v) => v.post('/_actions/users.saveUser', { who: 'Ada' }), saved('rpc')],
    ['rpc: POST with a form', (v) => v.post('/_actions/users.saveUser', form()), saved('rpc')],
    [
      'rpc: GET for a GET action, its query decoded',
      (v) => v.get('/_actions/products.search?q=shoe&page=2'),
      searched('rpc'),
    ],
    [
      'rpc: POST for a GET action',
      (v) => v.post('/_actions/products.search', { q: 'shoe', page: 2 }),
      searched('rpc'),
    ],
    ['page', (v) => v.post('/any/page?_action=users.saveUser', form(), { headers: json }), saved('page')],
    [
      'page, controller style',
      (v) => v.post('/any/page', form({ action: 'users/save-user' }), { headers: json }),
      saved('page'),
    ],
    ['path: POST', (v) => v.post('/actions/users/save-user', form(), { headers: json }), saved('path')],
    [
      'path: POST with JSON',
      (v) => v.post('/actions/users/save-user', { who: 'Ada' }, { headers: json }),
      saved('path'),
    ],
    ['path: GET', (v) => v.get('/actions/users/session-info'), { name: 'users.sessionInfo', door: 'path' }],
    ['path: GET with a query', (v) => v.get('/actions/products/search?q=shoe&page=2'), searched('path')],
    [
      'query: GET',
      (v) => v.get('/any?action=users/session-info'),
      { name: 'users.sessionInfo', door: 'path' },
    ],
    [
      'query: POST with a form',
      (v) => v.post('/any?action=users/save-user', form(), { headers: json }),
      saved('path'),
    ],
    [
      'query: POST with JSON',
      (v) => v.post('/any?action=users/save-user', { who: 'Ada' }, { headers: json }),
      saved('path'),
    ],
    ['route', (v) => v.post('/products/7', form(), { headers: json }), saved('path')],
  ])('%s', async (_door, call, expected) => {
    const { visitor } = await connect({ routes: { 'POST /products/:id': 'users.saveUser' } });

    const response = await call(visitor);

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject(expected);
  });

  test('server: portico.call', async () => {
    const { portico } = await connect();

    expect(await portico.call(portico.actions.users.saveUser, { who: 'Ada' })).toMatchObject({
      data: { door: 'server' },
    });
  });

  test('the page door takes a form and redirects; with Accept: application/json the answer is the rpc body', async () => {
    const { visitor, seen } = await connect();

    const asPage = await visitor.post('/any/page?_action=newsletter', form());
    const asJson = await visitor.post('/any/page?_action=users.saveUser', form(), { headers: json });

    expect([asPage.status, asPage.headers.get('location')]).toEqual([303, '/any/page']);
    expect(await asJson.json()).toEqual(saved('page'));
    expect(seen).toEqual([{ name: 'newsletter', door: 'page', who: 'Ada' }, saved('page')]);
  });
});

describe('names', () => {
  const spellings = [
    'users.saveUser',
    'users/save-user',
    'users/saveUser',
    'users%2FsaveUser',
    'users%2Fsave-user',
    'users%2EsaveUser',
  ];
  const doors: Array<[string, (name: string) => { path: string; fields?: Record<string, string> }]> = [
    ['rpc', (name) => ({ path: `/_actions/${name}` })],
    ['rpc with a slash at the end', (name) => ({ path: `/_actions/${name}/` })],
    ['page', (name) => ({ path: `/page?_action=${name}` })],
    ['page, encoded once more', (name) => ({ path: `/page?_action=${encodeURIComponent(name)}` })],
    ['body field', (name) => ({ path: '/page', fields: { action: name } })],
    ['path', (name) => ({ path: `/actions/${name}` })],
    ['path with a slash at the end', (name) => ({ path: `/actions/${name}/` })],
    ['query', (name) => ({ path: `/page?action=${name}` })],
  ];

  test.each(doors.flatMap(([door, request]) => spellings.map((name) => ({ name, door, ...request(name) }))))(
    '$name is accepted at the door: $door',
    async ({ path, fields }) => {
      const { visitor, seen } = await connect();

      const response = await visitor.post(path, form(fields), { headers: json });

      expect(response.status).toBe(200);
      expect(seen).toHaveLength(1);
    },
  );

  test.each(['users.saveuser', 'Users.saveUser', 'users/Save-User', 'users//save-user', 'users..saveUser'])(
    '%s is no spelling of users.saveUser',
    async (name) => {
      const { visitor, seen } = await connect();

      const response = await visitor.post(`/_actions/${name}`, form());

      expect([response.status, seen]).toEqual([404, []]);
    },
  );

  test('the route table and a base path stand before all doors; outside of the base the host answers', async () => {
    const { visitor, portico, hosts } = await connect({
      base: '/shop/',
      routes: { 'POST /save': 'users/save-user' },
    });

    expect(portico.actions.users.saveUser.path).toBe('/shop/_actions/users.saveUser');
    for (const path of ['/shop/_actions/users.saveUser', '/shop/actions/users/save-user', '/shop/save']) {
      expect((await visitor.post(path, form(), { headers: json })).status).toBe(200);
    }
    for (const path of [
      '/_actions/users.saveUser',
      '/actions/users/save-user',
      '/shopping/_actions/users.saveUser',
    ]) {
      expect(await (await visitor.post(path, { who: 'Ada' })).text()).toBe('a page of the host');
    }
    expect(hosts).toHaveLength(3);
  });
});

describe('settings of the controller doors', () => {
  test('actionTrigger renames the path, false turns it off', async () => {
    const renamed = await connect({ actionTrigger: 'do' });
    const off = await connect({ actionTrigger: false });

    expect((await renamed.visitor.get('/do/users/session-info')).status).toBe(200);
    expect(await (await renamed.visitor.get('/actions/users/session-info')).text()).toBe(
      'a page of the host',
    );
    expect(await (await off.visitor.get('/actions/users/session-info')).text()).toBe('a page of the host');
  });

  test('actionParam renames the parameter of query and body', async () => {
    const { visitor } = await connect({ actionParam: 'run' });

    expect((await visitor.get('/any?run=users/session-info')).status).toBe(200);
    expect((await visitor.post('/any', form({ run: 'users/save-user' }), { headers: json })).status).toBe(
      200,
    );
    expect(await (await visitor.get('/any?action=users/session-info')).text()).toBe('a page of the host');
    expect(await (await visitor.post('/any', form({ action: 'users/save-user' }))).text()).toBe(
      'a page of the host',
    );
  });

  test('actionParam: false turns the parameter off; the page door stays', async () => {
    const { visitor, seen } = await connect({ actionParam: false });

    expect(await (await visitor.get('/any?action=users/session-info')).text()).toBe('a page of the host');
    expect(await (await visitor.post('/any', form({ action: 'users/save-user' }))).text()).toBe(
      'a page of the host',
    );
    expect((await visitor.post('/any?_action=newsletter', form())).status).toBe(303);
    expect(seen).toHaveLength(1);
  });

  test.each(['search', 'delete', ''])(
    'a value without a slash that names no action is the host’s: %j',
    async (value) => {
      const { visitor, hosts } = await connect();

      const byBody = await visitor.post('/host', form({ action: value }));
      const byQuery = await visitor.get(`/host?action=${value}`);

      expect(await byBody.text()).toBe('a page of the host');
      expect(await byQuery.text()).toBe('a page of the host');
      expect(hosts).toEqual([`POST /host who=Ada&action=${value}`, 'GET /host ']);
    },
  );

  test('a value with a slash that names no action is ours: 404', async () => {
    const { visitor, hosts } = await connect();

    const response = await visitor.post('/host', form({ action: 'users/nothing' }), { headers: json });

    expect([response.status, hosts]).toEqual([404, []]);
  });
});

describe('order when several match: path, route, query, body', () => {
  const routes = { 'POST /routed': 'users.saveUser', 'POST /actions/newsletter': 'users.saveUser' };

  test.each([
    ['path before route', '/actions/newsletter', {}, 'newsletter'],
    [
      'path before query and body',
      '/actions/newsletter?action=users/save-user',
      { action: 'users/save-user' },
      'newsletter',
    ],
    [
      'rpc path before the page door’s query',
      '/_actions/newsletter?_action=users.saveUser',
      {},
      'newsletter',
    ],
    ['route before query', '/routed?action=newsletter', {}, 'users.saveUser'],
    ['route before the page door’s query', '/routed?_action=newsletter', {}, 'users.saveUser'],
    ['route before body', '/routed', { action: 'newsletter' }, 'users.saveUser'],
    ['query before body', '/any?action=newsletter', { action: 'users/save-user' }, 'newsletter'],
    ['page door’s query before body', '/any?_action=newsletter', { action: 'users/save-user' }, 'newsletter'],
  ])('%s', async (_order, path, fields, expected) => {
    const names: string[] = [];
    const note = (name: string) =>
      defineAction({ accept: 'form', handler: async () => void names.push(name) });
    const portico = createPortico({
      actions: { newsletter: note('newsletter'), users: { saveUser: note('users.saveUser') } },
      routes,
    });
    const visitor = (await serve(portico)).agent();

    const response = await visitor.post(path, form(fields), { headers: json });

    expect(response.status).toBeLessThan(300);
    expect(names).toEqual([expected]);
  });
});

describe('controller doors merge route parameters over body over query', () => {
  const input = z.object({
    id: z.number(),
    name: z.string(),
    tags: z.array(z.string()).default([]),
    page: z.number().optional(),
  });
  const app = () =>
    createPortico({
      actions: { products: { save: defineAction({ accept: 'any', input, handler: async (all) => all }) } },
      routes: { 'POST /products/:id': 'products.save' },
    });

  test.each([
    [
      'form',
      () =>
        new URLSearchParams([
          ['id', '1'],
          ['name', 'body'],
          ['tags', 'b'],
        ]),
    ],
    ['JSON', () => ({ id: 1, name: 'body', tags: ['b'] })],
  ])('%s body', async (_kind, body) => {
    const visitor = (await serve(app())).agent();
    const query = '?id=2&name=query&tags=q&tags=r&page=3';

    const routed = await visitor.post(`/products/9${query}`, body(), { headers: json });
    const byPath = await visitor.post(`/actions/products/save${query}`, body(), { headers: json });

    expect(await routed.json()).toEqual({ id: 9, name: 'body', tags: ['b'], page: 3 });
    expect(await byPath.json()).toEqual({ id: 1, name: 'body', tags: ['b'], page: 3 });
  });

  test('the rpc and page doors take the body alone', async () => {
    const visitor = (await serve(app())).agent();
    const body = { id: 1, name: 'body' };

    const rpc = await visitor.post('/_actions/products.save?page=3', body);
    const page = await visitor.post('/any?_action=products.save&page=3', body, { headers: json });

    expect(await rpc.json()).toEqual({ ...body, tags: [] });
    expect(await page.json()).toEqual({ ...body, tags: [] });
  });

  test('route parameters are decoded', async () => {
    const visitor = (
      await serve(
        createPortico({
          actions: { find: defineAction({ method: 'GET', handler: async (_input, ctx) => ctx.params }) },
          routes: { 'GET /tags/:tag/of/:owner': 'find' },
        }),
      )
    ).agent();

    const response = await visitor.get('/tags/a%20b%2Fc/of/%C3%A9');

    expect(await response.json()).toEqual({ tag: 'a b/c', owner: 'é' });
  });
});

describe('odd request targets', () => {
  test('the absolute form of a request line, as proxies send it', async () => {
    const { url } = await connect();

    const answer = await sendRaw(url, `GET ${url}/actions/users/session-info`);

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ name: 'users.sessionInfo', door: 'path' });
  });

  test.each(['//_actions/users.saveUser', '/./actions/users/save-user', '/_Actions/users.saveUser'])(
    'a path that is not literally ours is the host’s: %s',
    async (path) => {
      const { url, seen } = await connect();

      const answer = await sendRaw(
        url,
        `POST ${path}`,
        { 'Content-Type': 'application/json' },
        '{"who":"Ada"}',
      );

      expect([answer.body, seen]).toEqual(['a page of the host', []]);
    },
  );

  test('dots in a path below /_actions/ name nothing', async () => {
    const { url, seen } = await connect();

    const answer = await sendRaw(
      url,
      'POST /_actions/../_actions/users.saveUser',
      { 'Content-Type': 'application/json' },
      '{}',
    );

    expect([answer.status, seen]).toEqual([404, []]);
  });
});
