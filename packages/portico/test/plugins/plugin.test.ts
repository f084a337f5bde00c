import { describe, expect, test } from 'vitest';
import {
  ActionError,
  createMemorySessionStore,
  createPortico,
  defineAction,
  type Plugin,
  type PorticoContext,
} from 'portico';
import { csrfToken } from 'portico/html';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

const page = (text: string): Response => new Response(text, { headers: { 'content-type': 'text/html' } });
const notFound = (): Response => new Response('Not found', { status: 404 });

describe('what a plugin adds to the context', () => {
  test('is there in handlers and pages, and is made once a request, when it is first read', async () => {
    let made = 0;
    const plugin: Plugin = {
      context: { greet: (ctx) => (made++, (name: string) => `${name} at ${ctx.url.pathname}`) },
    };
    const greeting = (ctx: PorticoContext): string => {
      const { greet } = ctx as unknown as { greet(name: string): string };
      return `${greet('Ada')}, ${greet('Bob')}`;
    };
    const portico = createPortico({
      plugins: [plugin],
      actions: {
        hello: defineAction({ handler: (_input, ctx) => greeting(ctx) }),
        quiet: defineAction({ handler: () => 1 }),
      },
    });
    const { agent } = await serve(portico, { pages: (request) => page(greeting(portico.context(request))) });
    expect(await (await agent().post('/_actions/hello', {})).json()).toBe(
      'Ada at /_actions/hello, Bob at /_actions/hello',
    );
    expect(await (await agent().get('/home')).text()).toBe('Ada at /home, Bob at /home');
    await agent().post('/_actions/quiet', {});
    expect(made).toBe(2);
  });

  test.each(['user', 'session', 'redirect', 'message', 'locals'])('cannot hide ctx.%s', (name) => {
    expect(() => createPortico({ plugins: [{ context: { [name]: () => 1 } }] })).toThrow(
      `a plugin adds ctx.${name}, and there is one already`,
    );
  });

  test('cannot be what another plugin added', () => {
    const plugin: Plugin = { context: { can: () => () => true } };
    expect(() => createPortico({ plugins: [plugin, { ...plugin }] })).toThrow('ctx.can');
  });
});

describe('pages of a plugin', () => {
  const login = defineAction({
    accept: 'form',
    method: ['GET', 'POST'],
    input: z.object({ name: z.string().default('') }),
    handler: ({ name }, ctx) => {
      if (ctx.request.method === 'GET') return ctx.render('/login');
      if (name !== 'ada') return ctx.fail('FORBIDDEN', { errorCode: 'unknown' }, 'Unknown name.');
      ctx.redirect('/account');
    },
  });
  const plugin: Plugin = {
    actions: { users: { login } },
    routes: { 'GET /login': 'users.login', 'POST /login': 'users.login' },
    pages: {
      '/login': (ctx) =>
        page(`built-in login ${String(ctx.variables['errorCode'] ?? '')} ${ctx.variables.message ?? ''}`),
      '/about': () => page('built-in about'),
    },
  };

  test('stand in for those the host does not have', async () => {
    const { agent } = await serve(createPortico({ plugins: [plugin] }), { pages: notFound });
    expect(await (await agent().get('/about')).text()).toBe('built-in about');
    expect((await agent().get('/nothing')).status).toBe(404);
    expect((await agent().post('/about', new URLSearchParams())).status).toBe(404);
  });

  test('give way to those the host has', async () => {
    const { agent } = await serve(createPortico({ plugins: [plugin] }), { pages: () => page('the host’s') });
    expect(await (await agent().get('/about')).text()).toBe('the host’s');
    expect(await (await agent().get('/login')).text()).toBe('the host’s');
  });

  test('are rendered by a GET action at their own path', async () => {
    const { agent } = await serve(createPortico({ plugins: [plugin] }), { pages: notFound });
    const answer = await agent().get('/login');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('built-in login');
  });

  test('are rendered in place when the form posted to their path fails', async () => {
    const { agent } = await serve(createPortico({ plugins: [plugin] }), { pages: notFound });
    const answer = await agent().post('/login', new URLSearchParams({ name: 'eve' }), {
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toBe('built-in login unknown Unknown name.');
    expect((await agent().post('/login', new URLSearchParams({ name: 'ada' }))).headers.get('location')).toBe(
      '/account',
    );
  });

  test('a form on such a page that names another action runs that one', async () => {
    const ran: string[] = [];
    const newsletter = defineAction({ accept: 'form', handler: () => void ran.push('newsletter') });
    const { agent } = await serve(createPortico({ plugins: [plugin], actions: { newsletter } }), {
      pages: notFound,
    });
    await agent().post('/login?_action=newsletter', new URLSearchParams());
    await agent().post('/login', new URLSearchParams({ action: 'newsletter' }));
    await agent().post('/login?action=newsletter', new URLSearchParams());
    expect(ran).toEqual(['newsletter', 'newsletter', 'newsletter']);
    expect((await agent().post('/login', new URLSearchParams({ name: 'ada' }))).headers.get('location')).toBe(
      '/account',
    );
  });

  test('a route of the app goes before one of a plugin', async () => {
    const other = defineAction({ accept: 'form', handler: (_input, ctx) => ctx.redirect('/other') });
    const portico = createPortico({
      plugins: [plugin],
      actions: { other },
      routes: { 'POST /login': 'other' },
    });
    const { agent } = await serve(portico, { pages: notFound });
    const answer = await agent().post('/login', new URLSearchParams({ name: 'ada' }));
    expect(answer.headers.get('location')).toBe('/other');
  });

  test('live below the app’s base', async () => {
    const { agent } = await serve(createPortico({ base: '/shop', plugins: [plugin] }), { pages: notFound });
    expect(await (await agent().get('/shop/about')).text()).toBe('built-in about');
    expect((await agent().get('/about')).status).toBe(404);
  });
});

describe('options a plugin brings', () => {
  test('count where the app says nothing', async () => {
    const store = createMemorySessionStore();
    const plugin: Plugin = { defaults: { csrf: 'token', session: { store, maxAge: 60 } } };
    const keep = defineAction({ accept: 'any', handler: (_input, ctx) => ctx.session.set('kept', 1) });
    const { agent } = await serve(
      createPortico({ plugins: [plugin], actions: { keep }, session: { sameSite: 'strict' } }),
    );
    const refused = await agent().post('/actions/keep', new URLSearchParams(), {
      headers: { accept: 'application/json' },
    });
    expect(refused.status).toBe(400);
    const before = store.size;
    const kept = await agent().post('/_actions/keep', {});
    expect(kept.headers.get('set-cookie')).toMatch(/SameSite=Strict/i);
    expect(kept.headers.get('set-cookie')).toMatch(/Max-Age=60\b/i);
    expect(store.size).toBe(before + 1);
  });

  test('give way to the app’s own', async () => {
    const plugin: Plugin = { defaults: { csrf: 'token' } };
    const keep = defineAction({ accept: 'any', handler: () => ({ ok: true }) });
    const { agent } = await serve(createPortico({ plugins: [plugin], actions: { keep }, csrf: 'auto' }));
    expect(
      (await agent().post('/actions/keep', {}, { headers: { accept: 'application/json' } })).status,
    ).toBe(200);
  });

  test('the first plugin goes before the second', async () => {
    const first: Plugin = { defaults: { session: { maxAge: 60 } } };
    const second: Plugin = { defaults: { session: { maxAge: 120, sameSite: 'strict' } } };
    const keep = defineAction({ handler: (_input, ctx) => ctx.session.set('kept', 1) });
    const { agent } = await serve(createPortico({ plugins: [first, second], actions: { keep } }));
    const cookie = (await agent().post('/_actions/keep', {})).headers.get('set-cookie');
    expect(cookie).toMatch(/Max-Age=60\b.*SameSite=Strict|SameSite=Strict.*Max-Age=60\b/i);
  });
});

describe('an action’s own way to judge forgery', () => {
  const csrf = (ctx: PorticoContext): 'auto' | undefined => (ctx.session.has('member') ? 'auto' : undefined);
  const actions = {
    join: defineAction({ accept: 'any', csrf, handler: (_input, ctx) => ctx.session.set('member', true) }),
    token: defineAction({ method: 'GET', handler: (_input, ctx) => csrfToken(ctx) }),
  };
  const form = { headers: { accept: 'application/json' } };

  test('counts for this request only, and `undefined` leaves it to the app', async () => {
    const { agent } = await serve(createPortico({ csrf: 'token', actions }));
    const visitor = agent();
    expect((await visitor.post('/actions/join', new URLSearchParams(), form)).status).toBe(400);
    const token = (await (await visitor.get('/_actions/token')).json()) as string;
    const joined = new URLSearchParams({ PORTICO_CSRF_TOKEN: token });
    expect((await visitor.post('/actions/join', joined, form)).status).toBe(200);
    expect((await visitor.post('/actions/join', new URLSearchParams(), form)).status).toBe(200);
    const elsewhere = {
      headers: { ...form.headers, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    };
    expect((await visitor.post('/actions/join', new URLSearchParams(), elsewhere)).status).toBe(400);
  });

  test('is refused at definition unless it is a function', () => {
    expect(() => defineAction({ csrf: 'auto' as never, handler: () => 1 })).toThrow('it must be a function');
  });
});

describe('a limit that counts some requests', () => {
  test('counts attempts, and not the page that shows the form', async () => {
    const login = defineAction({
      accept: 'any',
      method: ['GET', 'POST'],
      limit: { points: 1, seconds: 60, by: 'ip', when: (ctx) => ctx.request.method === 'POST' },
      input: z.object({ name: z.string().optional() }),
      handler: () => ({ ok: true }),
    });
    const { agent } = await serve(createPortico({ actions: { login } }));
    const visitor = agent();
    for (let view = 0; view < 3; view++) expect((await visitor.get('/actions/login')).status).toBe(200);
    const attempt = new URLSearchParams({ name: 'ada' });
    expect((await visitor.post('/actions/login', attempt)).status).toBe(303);
    expect((await visitor.post('/actions/login', attempt)).status).toBe(429);
    expect((await visitor.get('/actions/login')).status).toBe(200);
  });

  test('is refused at definition unless `when` is a function', () => {
    const limit = { points: 1, seconds: 60, by: 'ip', when: 'POST' } as never;
    expect(() => defineAction({ limit, handler: () => 1 })).toThrow('limit.when is "POST"');
  });
});

describe('an error of ours that a page throws', () => {
  test('is answered with its status, and the redirect it recorded goes first', async () => {
    const portico = createPortico({ actions: {}, dev: false, secrets: ['x'.repeat(40)] });
    const { agent } = await serve(portico, {
      pages: (request) => {
        const ctx = portico.context(request);
        if (ctx.url.pathname === '/away') ctx.redirect('/login');
        throw new ActionError({ code: 'FORBIDDEN', message: 'Members only.' });
      },
    });
    const refused = await agent().get('/members');
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('Members only.');
    const sent = await agent().get('/away');
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toBe('/login');
  });
});

describe('ctx.variables.formErrors', () => {
  test('is what is wrong with the form as a whole', async () => {
    const pair = z.object({ a: z.string(), b: z.string() }).refine(({ a, b }) => a === b, 'They differ.');
    const save = defineAction({ accept: 'form', input: pair, handler: () => 1 });
    const portico = createPortico({ actions: { save } });
    const { agent } = await serve(portico, {
      pages: (request) => page(JSON.stringify(portico.context(request).variables.formErrors ?? null)),
    });
    const posted = await agent().post('/page?_action=save', new URLSearchParams({ a: '1', b: '2' }));
    expect(await posted.json()).toEqual(['They differ.']);
    const field = await agent().post('/page?_action=save', new URLSearchParams({ a: '1' }));
    expect(await field.json()).not.toEqual([]);
  });
});

describe('ctx.message', () => {
  const save = defineAction({
    accept: 'any',
    messages: { success: 'Saved.' },
    input: z.object({ isNew: z.boolean() }),
    handler: ({ isNew }, ctx) => {
      if (isNew) ctx.message = 'Registered.';
      return {};
    },
  });

  test.each([
    [true, 'Registered.'],
    [false, 'Saved.'],
  ])('is what a success says, if the handler chose one (%s: %s)', async (isNew, message) => {
    const portico = createPortico({ actions: { save } });
    const { agent } = await serve(portico, {
      pages: (request) => page(portico.context(request).flash.get('notice') ?? ''),
    });
    const visitor = agent();
    const json = await visitor.post('/actions/save', { isNew }, { headers: { accept: 'application/json' } });
    expect(await json.json()).toEqual({ message });
    await visitor.post('/page?_action=save', new URLSearchParams({ isNew: isNew ? '1' : '' }));
    expect(await (await visitor.get('/page')).text()).toBe(message);
  });
});
