import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import {
  ActionError,
  createMemorySessionStore,
  createPortico,
  defineAction,
  getActionContext,
  isInputError,
  type PorticoContext,
  type PorticoOptions,
} from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

// DESIGN.md 2: the members of `ctx`, and `portico.call`.

declare module 'portico' {
  interface PorticoUser {
    id?: string;
  }
}

const JSON_ONLY = { headers: { accept: 'application/json' } };

/** An app whose one action, at every form and script door, is the given handler. */
async function served(handler: (ctx: PorticoContext) => unknown, options: Partial<PorticoOptions> = {}) {
  const run = defineAction({
    accept: 'any',
    method: ['GET', 'POST'],
    handler: (_input: unknown, ctx) => handler(ctx),
  });
  const portico = createPortico({ actions: { run }, routes: { 'POST /items/:id/:tag': 'run' }, ...options });
  const site = await serve(portico, {
    pages: (request) => {
      const ctx = portico.context(request);
      return Response.json({
        url: ctx.url.pathname,
        user: ctx.user,
        locals: ctx.locals,
        action: ctx.action ?? null,
      });
    },
  });
  return { ...site, portico, run };
}

describe('ctx', () => {
  test('tells of the request', async () => {
    let requestId = '';
    const { agent } = await served((ctx) => {
      requestId = ctx.requestId;
      return {
        action: ctx.action,
        url: ctx.url.pathname + ctx.url.search,
        method: ctx.request.method,
        header: ctx.request.headers.get('x-mine'),
        params: { ...ctx.params },
        clientAddress: ctx.clientAddress,
        isAjax: ctx.isAjax,
        sameId: ctx.requestId === requestId,
      };
    });
    const response = await agent().post(
      '/items/5/a%20b?q=1',
      {},
      {
        headers: { accept: 'application/json', 'x-mine': 'yes', 'x-requested-with': 'XMLHttpRequest' },
      },
    );
    expect(await response.json()).toEqual({
      action: { name: 'run', door: 'path' },
      url: '/items/5/a%20b?q=1',
      method: 'POST',
      header: 'yes',
      params: { id: '5', tag: 'a b' },
      clientAddress: '127.0.0.1',
      isAjax: true,
      sameId: true,
    });
    expect(requestId).toMatch(/^[\w-]{16,}$/);
  });

  test('user is what the app’s user function gives, asked once a request, null for a guest', async () => {
    const user = vi.fn((ctx: PorticoContext) =>
      ctx.cookies.has('who') ? { id: ctx.cookies.get('who')?.value ?? '' } : undefined,
    );
    const { agent } = await served((ctx) => ({ user: ctx.user, again: ctx.user }), { user });
    const guest = await agent().post('/_actions/run', {});
    expect(await guest.json()).toEqual({ user: null, again: null });
    const known = await agent().post('/_actions/run', {}, { headers: { cookie: 'who=u1' } });
    expect(await known.json()).toEqual({ user: { id: 'u1' }, again: { id: 'u1' } });
    expect(user).toHaveBeenCalledTimes(2);
  });

  test('locals are what middleware put there, for handler and page alike', async () => {
    const { agent } = await served((ctx) => ({ locals: ctx.locals }), {
      use: [
        (ctx, next) => {
          ctx.locals['from'] = 'middleware';
          return next();
        },
      ],
    });
    const called = await agent().post('/_actions/run', {});
    const page = await agent().get('/page');
    expect([await called.json(), await page.json()]).toMatchObject([
      { locals: { from: 'middleware' } },
      { locals: { from: 'middleware' }, action: null },
    ]);
  });

  test('cookies are read, set and deleted, and what was set can be read at once', async () => {
    const { agent } = await served((ctx) => {
      const before = [
        ctx.cookies.get('old')?.value,
        ctx.cookies.has('none'),
        ctx.cookies.get('none') ?? null,
      ];
      ctx.cookies.set('fresh', 'a b;c', { path: '/', maxAge: 60 });
      ctx.cookies.delete('old', { path: '/' });
      return { before, after: [ctx.cookies.get('fresh')?.value, ctx.cookies.has('old')] };
    });
    const response = await agent().post('/_actions/run', {}, { headers: { cookie: 'old=1' } });
    expect(await response.json()).toEqual({ before: ['1', false, null], after: ['a b;c', false] });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^fresh=a%20b%3Bc; .*Max-Age=60/),
      expect.stringMatching(/^old=; .*Max-Age=0/),
    ]);
  });

  test('session keeps, forgets and changes its id; destroy ends it', async () => {
    const { agent } = await served((ctx) => {
      const step = ctx.url.searchParams.get('step');
      if (step === 'set') ctx.session.set('cart', [1, 2]);
      if (step === 'delete') ctx.session.delete('cart');
      if (step === 'regenerate') ctx.session.regenerate();
      if (step === 'destroy') ctx.session.destroy();
      return { has: ctx.session.has('cart'), cart: ctx.session.get('cart') ?? null };
    });
    const visitor = agent();
    const at = async (step: string): Promise<unknown> =>
      (await visitor.post(`/x?action=run&step=${step}`, {}, JSON_ONLY)).json();
    expect(await at('set')).toMatchObject({ has: true, cart: [1, 2] });
    expect(await at('regenerate')).toMatchObject({ has: true, cart: [1, 2] });
    expect(await at('read')).toMatchObject({ has: true, cart: [1, 2] });
    expect(await at('delete')).toMatchObject({ has: false });
    await at('set');
    expect(await at('destroy')).toMatchObject({ has: false });
    expect(await at('read')).toMatchObject({ has: false });
  });

  test.each(['/_actions/run', '/actions/run', '/page?_action=run'])(
    'headers and status at %s are those of the answer',
    async (path) => {
      const { agent } = await served((ctx) => {
        ctx.headers.set('x-mine', 'yes');
        ctx.headers.append('set-cookie', 'a=1');
        ctx.headers.append('set-cookie', 'b=2');
        ctx.headers.set('cache-control', 'no-transform');
        ctx.status = 202;
        return { ok: true };
      });
      const response = await agent().post(path, {}, JSON_ONLY);
      expect([
        response.status,
        response.headers.get('x-mine'),
        response.headers.get('cache-control'),
        response.headers.getSetCookie(),
      ]).toEqual([202, 'yes', 'no-transform', ['a=1', 'b=2']]);
    },
  );

  test('redirect records: the handler goes on, its data is still sent on rpc, forms get the status', async () => {
    const { agent } = await served((ctx) => {
      ctx.redirect('/first');
      ctx.redirect('/there', 307);
      return { data: true };
    });
    const rpc = await agent().post('/_actions/run', {});
    expect([rpc.status, rpc.headers.get('content-type'), await rpc.json()]).toEqual([
      200,
      'application/json; portico=redirect',
      { data: { data: true }, redirect: '/there' },
    ]);
    for (const path of ['/actions/run', '/page?_action=run', '/page?action=run', '/items/1/2']) {
      const form = await agent().post(path, new URLSearchParams());
      expect([path, form.status, form.headers.get('location')]).toEqual([path, 307, '/there']);
    }
  });

  test.each<[what: string, handler: (ctx: PorticoContext) => unknown, says: RegExp]>([
    ['a status that is none', (ctx) => (ctx.status = 1000), /ctx\.status cannot be 1000/],
    ['a status of no answer', (ctx) => (ctx.status = 101), /ctx\.status cannot be 101/],
    [
      'a redirect that is none',
      (ctx) => ctx.redirect('/x', 200 as 303),
      /ctx\.redirect cannot answer with 200/,
    ],
    [
      'an error with a header that HTTP cannot carry',
      () => {
        throw new ActionError({ code: 'CONFLICT', headers: { 'x-tea': 'чай' } });
      },
      /The header "x-tea" of an ActionError/,
    ],
  ])(
    '%s is the handler’s mistake: 500 with a requestId at every door, and told to onError',
    async (_what, handler, says) => {
      const errors: unknown[] = [];
      const { agent } = await served(handler, { ...production, onError: (error) => void errors.push(error) });
      for (const path of ['/_actions/run', '/actions/run', '/page?_action=run']) {
        const response = await agent().post(path, {}, JSON_ONLY);
        expect([response.status, await response.json()]).toMatchObject([
          500,
          { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
        ]);
      }
      expect(errors.map(String)).toEqual(Array(3).fill(expect.stringMatching(says)));
    },
  );

  test('signal is aborted when the client goes away', async () => {
    const aborted = Promise.withResolvers<string>();
    const started = Promise.withResolvers<void>();
    const { url } = await served(async (ctx) => {
      ctx.signal.addEventListener('abort', () => aborted.resolve('aborted'));
      started.resolve();
      await aborted.promise;
    });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /_actions/run HTTP/1.1\r\nHost: ${hostname}:${port}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n\r\n`,
    );
    await started.promise;
    socket.destroy();
    await expect(Promise.race([aborted.promise, sleep(5_000, 'never')])).resolves.toBe('aborted');
  });

  test('signal is not aborted by an answer that arrives', async () => {
    let signal: AbortSignal | undefined;
    const { agent } = await served((ctx) => void ({ signal } = ctx));
    await (await agent().post('/_actions/run', {})).text();
    await sleep(20);
    expect(signal?.aborted).toBe(false);
  });

  test('after goes on once the answer is out, and its rejection is reported', async () => {
    const errors: unknown[] = [];
    const release = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const { agent } = await served(
      (ctx) => {
        ctx.after(release.promise.then(() => Promise.reject(new Error('of the mail'))));
        return { ok: true };
      },
      { onError: (error) => (errors.push(error), done.resolve()) },
    );
    expect(await (await agent().post('/_actions/run', {})).json()).toEqual({ ok: true });
    expect(errors).toEqual([]);
    release.resolve();
    await done.promise;
    expect(String(errors[0])).toBe('Error: of the mail');
  });

  test('call runs access, validation and middleware of another action, and gives data or error', async () => {
    const inner = defineAction({
      input: z.object({ n: z.number() }),
      use: [async (_ctx, next) => ({ by: 'middleware', was: await next() })],
      handler: ({ n }, ctx) => ({ n, ...ctx.action }),
    });
    const closed = defineAction({ access: 'user', handler: () => 'never' });
    const outer = defineAction({
      handler: async (_input, ctx) => {
        const good = await ctx.call(inner, { n: 1 });
        const bad = await ctx.callAction(inner, { n: 'x' } as never);
        const refused = await ctx.call(closed);
        return {
          good: good.data,
          bad: isInputError(bad.error) && bad.error.fields,
          refused: refused.error?.code,
        };
      },
    });
    const portico = createPortico({ actions: { inner, closed, outer }, user: () => null });
    const response = await (await serve(portico)).agent().post('/_actions/outer', {});
    expect(await response.json()).toEqual({
      good: { by: 'middleware', was: { n: 1, name: 'inner', door: 'server' } },
      bad: { n: [expect.any(String)] },
      refused: 'UNAUTHORIZED',
    });
  });

  test('host is the host’s own context', async () => {
    let host: unknown;
    const { agent } = await served((ctx) => void ({ host } = ctx));
    await agent().post('/_actions/run', {});
    expect(host).toMatchObject({ req: { method: 'POST' }, res: { statusCode: 204 } });
  });
});

describe('portico.call', () => {
  const whoami = defineAction({
    handler: (_input, ctx) => ({
      cart: ctx.session.get('cart') ?? null,
      local: ctx.locals['who'] ?? null,
      header: ctx.request.headers.get('x-mine'),
      user: ctx.user?.id ?? null,
      address: ctx.clientAddress ?? null,
      action: ctx.action,
    }),
  });
  const limited = defineAction({ limit: { points: 1, seconds: 60, by: 'ip' }, handler: () => 'ran' });
  const put = defineAction({ handler: (_input, ctx) => ctx.session.set('cart', 5) });
  const options = { ...production, session: { store: createMemorySessionStore() } };
  const portico = createPortico({
    actions: { whoami, limited, put },
    ...options,
    user: (ctx) => (ctx.session.has('cart') ? { id: 'u1' } : null),
  });

  test('needs no request, and no token', async () => {
    expect(await portico.call(whoami)).toEqual({
      data: {
        cart: null,
        local: null,
        header: null,
        user: null,
        address: null,
        action: { name: 'whoami', door: 'server' },
      },
      error: undefined,
    });
  });

  test('takes a session, locals and a request', async () => {
    const request = new Request('http://localhost/x', { headers: { 'x-mine': 'yes' } });
    const { data } = await portico.call(whoami, undefined, {
      session: { cart: 3 },
      locals: { who: 'job' },
      request,
    });
    expect(data).toEqual({
      cart: 3,
      local: 'job',
      header: 'yes',
      user: 'u1',
      address: null,
      action: { name: 'whoami', door: 'server' },
    });
  });

  test('counts limits only where there is a request', async () => {
    const codes = [];
    for (let times = 0; times < 3; times++) codes.push((await portico.call(limited)).error?.code);
    const request = new Request('http://localhost/x');
    for (let times = 0; times < 2; times++)
      codes.push((await portico.call(limited, undefined, { request })).error?.code);
    expect(codes).toEqual([undefined, undefined, undefined, undefined, 'TOO_MANY_REQUESTS']);
  });

  test('in a page, on behalf of its request, keeps what the action puts into the session', async () => {
    const { agent } = await serve(portico, {
      pages: async (request) => {
        if (new URL(request.url).pathname === '/put') await portico.call(put, undefined, { request });
        return Response.json((await portico.call(whoami, undefined, { request })).data);
      },
    });
    const visitor = agent();
    expect(await (await visitor.get('/put')).json()).toMatchObject({ cart: 5 });
    expect(await (await visitor.get('/next')).json()).toMatchObject({ cart: 5, user: 'u1' });
  });

  test('gives an error for a tree it does not know, and never rejects', async () => {
    const stranger = defineAction({ handler: () => 'ran' });
    const { error } = await portico.call(stranger);
    expect([error?.code, error?.message]).toEqual(['NOT_FOUND', expect.stringContaining('createPortico')]);
  });
});

test('getActionContext takes a context of the host’s', async () => {
  const { portico } = await served(() => 'ran', {
    use: [
      (ctx, next) => {
        const { action } = getActionContext(ctx);
        for (const host of [{ var: { portico: ctx } }, { locals: { portico: ctx } }, { portico: ctx }])
          expect(getActionContext(host).action?.name).toBe(action?.name);
        return next();
      },
    ],
  });
  const response = await portico.fetch(new Request('http://localhost/_actions/run', { method: 'POST' }));
  expect([response.status, await response.json()]).toEqual([200, 'ran']);
  expect(() => getActionContext({})).toThrow(/not a context of Portico/);
});

describe('dev', () => {
  test.each([
    ['development', true],
    ['test', true],
    ['production', false],
    ['staging', false],
    [undefined, false],
  ])('with NODE_ENV %j is %j', async (environment, dev) => {
    vi.stubEnv('NODE_ENV', environment);
    try {
      const boom = defineAction({
        handler: () => {
          throw new Error('secret');
        },
      });
      const portico = createPortico({
        actions: { boom },
        secrets: production.secrets,
        onError: () => undefined,
      });
      const response = await (await serve(portico)).agent().post('/actions/boom', {}, JSON_ONLY);
      expect((await response.text()).includes('secret')).toBe(dev);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('without secrets, an app starts in development and test alone', () => {
    for (const environment of ['production', 'staging', undefined]) {
      vi.stubEnv('NODE_ENV', environment);
      vi.stubEnv('PORTICO_SECRETS', undefined);
      try {
        expect(() => createPortico({ actions: {} })).toThrow(/PORTICO_SECRETS/);
      } finally {
        vi.unstubAllEnvs();
      }
    }
  });
});

test('sessions roll with every use and end at maxAge; absoluteMaxAge ends busy ones', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const { agent } = await served(
      (ctx) => {
        const was = ctx.session.get('n') ?? null;
        if (was === null) ctx.session.set('n', 1);
        return { was };
      },
      { session: { maxAge: 100, absoluteMaxAge: 250 } },
    );
    const visitor = agent();
    const seen: unknown[] = [];
    for (const seconds of [0, 90, 90, 60, 101, 50]) {
      vi.setSystemTime(Date.now() + seconds * 1000);
      seen.push(((await (await visitor.post('/_actions/run', {})).json()) as { was: unknown }).was);
    }
    // Begun, used at 90 and 180, used at 240, ended by 250; begun at 341, used at 391.
    expect(seen).toEqual([null, 1, 1, 1, null, 1]);
  } finally {
    vi.useRealTimers();
  }
});
