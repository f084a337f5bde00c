import fc from 'fast-check';
import {
  createMemorySessionStore,
  createPortico,
  defineAction,
  type PorticoOptions,
  type PorticoUser,
  type SessionOptions,
  type SessionStore,
} from 'portico';
import { csrfToken } from 'portico/html';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { bodyFor, DOORS, ROUTES } from './doors.ts';

const quiet = { error: () => undefined, warn: () => undefined };

async function site(options: Omit<PorticoOptions, 'actions'> & { session?: SessionOptions } = {}) {
  const calls: string[] = [];
  let open = (): void => undefined;
  const bothArrived = new Promise<void>((resolve) => (open = resolve));
  let arrived = 0;
  const actions = {
    login: defineAction({
      handler: (_input, ctx) => {
        ctx.session.regenerate();
        ctx.session.set('userId', 7);
      },
    }),
    logout: defineAction({ handler: (_input, ctx) => ctx.session.destroy() }),
    remember: defineAction({
      input: z.object({ key: z.string(), value: z.string(), wait: z.boolean().optional() }),
      handler: async ({ key, value, wait }, ctx) => {
        ctx.session.set(key, value);
        if (wait !== true) return;
        if (++arrived === 2) open();
        await bothArrived;
      },
    }),
    leave: defineAction({
      handler: async (_input, ctx) => {
        ctx.session.destroy();
        if (++arrived === 2) open();
        await bothArrived;
      },
    }),
    notes: {
      save: defineAction({
        accept: 'any',
        input: z.object({ title: z.string().min(3) }),
        messages: { failure: 'No.' },
        handler: (_input, ctx) => {
          calls.push(String((ctx.user as { id?: number } | null)?.id ?? 'guest'));
        },
      }),
    },
  };
  const portico = createPortico({
    actions,
    routes: ROUTES,
    logger: quiet,
    user: (ctx) => (ctx.session.get('userId') === undefined ? null : ({ id: 7 } as unknown as PorticoUser)),
    ...options,
  });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    const { pathname } = new URL(request.url);
    if (pathname === '/token') return new Response(csrfToken(ctx));
    if (pathname === '/flash') return Response.json(ctx.flash.all());
    return Response.json({
      signedIn: ctx.user !== null,
      ...Object.fromEntries(['a', 'b'].map((key) => [key, ctx.session.get(key)])),
      title: (ctx.variables['errors'] as object | undefined) !== undefined,
    });
  };
  const served = await serve(portico, { pages });
  const home = async (agent: ReturnType<typeof served.agent>): Promise<Record<string, unknown>> =>
    (await (await agent.get('/')).json()) as Record<string, unknown>;
  return { ...served, portico, calls, home };
}

const setCookies = (response: Response): string[] => response.headers.getSetCookie();

describe.each([
  ['a cookie', () => ({})],
  ['a store', () => ({ store: createMemorySessionStore() })],
])('session fixation, session in %s', (where, sessionOf) => {
  it('signing in gives another session than the one an attacker could know', async () => {
    const { agent, home } = await site({ session: sessionOf() });
    const attacker = agent();
    await attacker.get('/token');
    const planted = new Map(attacker.cookies);
    const victim = agent();
    for (const [name, value] of planted) victim.cookies.set(name, value);
    await victim.post('/_actions/login', {});
    expect((await home(victim))['signedIn']).toBe(true);
    expect(victim.cookies.get('portico')).not.toBe(planted.get('portico'));
    expect((await home(attacker))['signedIn']).toBe(false);
  });

  it('an id that was made up is not taken over', async () => {
    const { agent } = await site({ session: sessionOf() });
    const visitor = agent();
    const madeUp = 'A'.repeat(43);
    visitor.cookies.set('portico', madeUp);
    await visitor.post('/_actions/remember', { key: 'a', value: 'x' });
    expect(visitor.cookies.get('portico')).not.toBe(madeUp);
  });

  it('signing out ends it', async () => {
    const { agent, home } = await site({ session: sessionOf() });
    const visitor = agent();
    await visitor.post('/_actions/login', {});
    const copy = new Map(visitor.cookies);
    await visitor.post('/_actions/logout', {});
    expect(visitor.cookies.size).toBe(0);
    expect((await home(visitor))['signedIn']).toBe(false);
    const thief = agent();
    for (const [name, value] of copy) thief.cookies.set(name, value);
    // A copy of an encrypted cookie outlives it: that is what a store is for.
    expect((await home(thief))['signedIn']).toBe(where === 'a cookie');
  });
});

describe('a lost session store', () => {
  async function lost(fails: 'read' | 'write' | 'user') {
    const memory = createMemorySessionStore();
    const down = { is: false };
    const check = (operation: string): void => {
      if (down.is && operation === fails) throw new Error('ECONNREFUSED store.internal:6379');
    };
    const store: SessionStore = {
      read: async (key) => (check('read'), memory.read(key)),
      write: async (key, record, version) => (check('write'), memory.write(key, record, version)),
      destroy: (key) => memory.destroy(key),
    };
    const all = await site({
      session: { store },
      dev: false,
      secrets: ['a secret of at least thirty-two letters'],
      user: (ctx) => {
        const id = ctx.session.get('userId');
        check('user');
        return id === undefined ? null : ({ id: 7 } as unknown as PorticoUser);
      },
    });
    const visitor = all.agent();
    await visitor.post('/_actions/login', {});
    expect((await all.home(visitor))['signedIn']).toBe(true);
    down.is = true;
    return { ...all, visitor };
  }

  it.each(['read', 'user'] as const)('answers 503 at every door and page where it fails to %s, and nobody becomes a guest', async (fails) => {
    const { visitor, calls } = await lost(fails);
    for (const accept of ['application/json', 'text/html']) {
      for (const door of DOORS) {
        const { body, type } = bodyFor(door, { title: 'Hello' });
        const response = await visitor.post(door.path, body, { headers: { accept, 'content-type': type } });
        expect([door.name, response.status]).toEqual([door.name, 503]);
        expect(await response.text()).not.toContain('ECONNREFUSED');
      }
      for (const path of ['/', '/token', '/any/page']) {
        const response = await visitor.get(path, { headers: { accept } });
        expect([path, response.status, setCookies(response)]).toEqual([path, 503, []]);
      }
    }
    const unknown = await visitor.post('/?_action=nope', new URLSearchParams());
    expect([unknown.status, setCookies(unknown)]).toEqual([503, []]);
    expect(calls).toEqual([]);
  });

  it('answers 503 where it fails to write', async () => {
    const { visitor } = await lost('write');
    const response = await visitor.post('/_actions/remember', { key: 'a', value: 'x' });
    expect([response.status, setCookies(response)]).toEqual([503, []]);
    expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('goes on for visitors who have no session', async () => {
    const { agent, visitor, home } = await lost('read');
    visitor.cookies.clear();
    expect((await home(visitor))['signedIn']).toBe(false);
    expect((await agent().get('/')).status).toBe(200);
  });
});

describe('the session cookie', () => {
  it.each([
    ['over plain HTTP on localhost', {}, {}, 'portico', false],
    ['over HTTPS', { 'x-forwarded-proto': 'https' }, {}, '__Host-portico', true],
    ['over plain HTTP on another host', { 'x-forwarded-host': 'example.com' }, {}, '__Host-portico', true],
    ['with a domain', { 'x-forwarded-proto': 'https' }, { domain: 'example.com' }, '__Secure-portico', true],
    ['where it is told to be insecure', { 'x-forwarded-proto': 'https' }, { secure: false }, 'portico', false],
  ])('%s', async (_what, headers, session, name, secure) => {
    const { agent } = await site({ trustedProxies: ['loopback'], session });
    const response = await agent().post('/_actions/remember', { key: 'a', value: 'x' }, { headers });
    const [line = ''] = setCookies(response);
    const attributes = line.split('; ').slice(1).map((attribute) => attribute.toLowerCase());
    expect(line.split('=')[0]).toBe(name);
    expect(attributes).toContain('httponly');
    expect(attributes).toContain('samesite=lax');
    expect(attributes).toContain('path=/');
    expect(attributes.includes('secure')).toBe(secure);
    expect(attributes.some((attribute) => attribute.startsWith('domain='))).toBe('domain' in session);
  });

  it('planted by plain HTTP or a subdomain is not read over HTTPS', async () => {
    const { agent, home } = await site({ trustedProxies: ['loopback'] });
    const attacker = agent();
    await attacker.post('/_actions/login', {});
    const headers = { 'x-forwarded-proto': 'https' };
    const response = await attacker.get('/', { headers });
    expect(await response.json()).toMatchObject({ signedIn: false });
    expect((await home(attacker))['signedIn']).toBe(true);
  });

  it('is not set where nothing is kept, nor shown to scripts or other visitors', async () => {
    const { agent, calls } = await site();
    const visitor = agent();
    expect(setCookies(await visitor.get('/'))).toEqual([]);
    expect(setCookies(await visitor.post('/_actions/notes.save', { title: 'Hello' }))).toEqual([]);
    expect(calls).toEqual(['guest']);
  });

  it('that was tampered with makes a guest, not an error', async () => {
    const { agent, home } = await site();
    const visitor = agent();
    await visitor.post('/_actions/login', {});
    const good = visitor.cookies.get('portico') ?? '';
    const flip = (at: number): string => good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    const bad = ['', 'x', '%', '%E0%A4%A', '%00', '"', good.slice(0, -1), good.slice(1), `${good}A`, good.toUpperCase(), 'A'.repeat(5000)];
    for (const value of [...bad, ...[0, 3, 10, 20, 40, 60, good.length - 1].map(flip)]) {
      const response = await visitor.get('/', { headers: { cookie: `portico=${value}` } });
      expect([value, response.status, await response.json()]).toMatchObject([value, 200, { signedIn: false }]);
    }
    expect((await home(visitor))['signedIn']).toBe(true);
  });

  it('of any text makes a guest, in a store as well', async () => {
    for (const session of [{}, { store: createMemorySessionStore() }]) {
      const { agent } = await site({ session });
      const visitor = agent();
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 120 }), async (value) => {
          const response = await visitor.get('/', { headers: { cookie: `portico=${value}` } });
          expect([response.status, await response.json()]).toMatchObject([200, { signedIn: false }]);
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe('the budget of the cookie', () => {
  it('kept input gives way, the flash and the redirect do not', async () => {
    const { agent, url } = await site();
    const visitor = agent();
    const fields = new URLSearchParams({ title: 'x', notes: 'n'.repeat(60_000) });
    const response = await visitor.post('/actions/notes/save', fields, { headers: { referer: `${url}/form` } });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/form']);
    expect(Buffer.byteLength(setCookies(response)[0] ?? '')).toBeLessThanOrEqual(3584);
    expect(await (await visitor.get('/flash')).json()).toEqual({ error: 'No.' });
  });

  it('what an app puts in beyond it is an error with a request id, and no broken answer', async () => {
    const { agent } = await site();
    const response = await agent().post('/_actions/remember', { key: 'a', value: 'x'.repeat(10_000) });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) });
  });
});

describe('parallel requests with a store', () => {
  it('do not undo each other', async () => {
    const { agent, home } = await site({ session: { store: createMemorySessionStore() } });
    const visitor = agent();
    await visitor.get('/token');
    await Promise.all([
      visitor.post('/_actions/remember', { key: 'a', value: 'first', wait: true }),
      visitor.post('/_actions/remember', { key: 'b', value: 'second', wait: true }),
    ]);
    expect(await home(visitor)).toMatchObject({ a: 'first', b: 'second' });
  });

  it('do not bring back a session that one of them ended', async () => {
    const store = createMemorySessionStore();
    const { agent, home } = await site({ session: { store } });
    const visitor = agent();
    await visitor.post('/_actions/login', {});
    const cookie = `portico=${visitor.cookies.get('portico')}`;
    await Promise.all([
      visitor.post('/_actions/remember', { key: 'a', value: 'x', wait: true }, { headers: { cookie } }),
      visitor.post('/_actions/leave', {}, { headers: { cookie } }),
    ]);
    visitor.cookies.set('portico', cookie.slice('portico='.length));
    expect((await home(visitor))['signedIn']).toBe(false);
  });

  it('all get their entry, even twenty at once', async () => {
    const store = createMemorySessionStore();
    const { agent, portico } = await site({ session: { store } });
    const visitor = agent();
    await visitor.get('/token');
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((key) => visitor.post('/_actions/remember', { key, value: key })));
    const read = portico.wrap((request) => Response.json(keys.map((key) => portico.context(request).session.get(key))));
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await (await read(new Request('http://localhost/', { headers: { cookie } }))).json()).toEqual(keys);
  });
});
