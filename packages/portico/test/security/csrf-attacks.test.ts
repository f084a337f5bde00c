import {
  ActionError,
  createMemorySessionStore,
  createPortico,
  defineAction,
  type PorticoContext,
  type PorticoOptions,
  type PorticoUser,
} from 'portico';
import { csrfToken } from 'portico/html';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { bodyFor, DOORS, ROUTES } from './doors.ts';

const ACCEPT_JSON = { accept: 'application/json' };

async function site(options: Omit<PorticoOptions, 'actions'> = {}) {
  const calls: string[] = [];
  const heard = (name: string) => (_input: unknown, ctx: PorticoContext) => {
    calls.push(`${name} ${ctx.request.method}`);
    return name;
  };
  const actions = {
    notes: {
      save: defineAction({ accept: 'any', input: z.object({ title: z.string() }), handler: heard('save') }),
      list: defineAction({ method: 'GET', handler: heard('list') }),
    },
    users: {
      login: defineAction({
        accept: 'any',
        handler: (_input, ctx) => {
          ctx.session.regenerate();
          ctx.session.set('userId', 7);
        },
      }),
      logout: defineAction({ accept: 'any', handler: (_input, ctx) => ctx.session.destroy() }),
    },
  };
  const portico = createPortico({
    actions,
    routes: ROUTES,
    user: (ctx) => (ctx.session.get('userId') === undefined ? null : ({ id: 7 } as unknown as PorticoUser)),
    ...options,
  });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    if (new URL(request.url).pathname === '/missing') return new Response('none', { status: 404 });
    return Response.json({ token: csrfToken(ctx), signedIn: ctx.user !== null });
  };
  const served = await serve(portico, { pages });
  const pageOf = async (
    agent: ReturnType<typeof served.agent>,
  ): Promise<{ token: string; signedIn: boolean }> =>
    (await (await agent.get('/page')).json()) as { token: string; signedIn: boolean };
  return { ...served, portico, calls, pageOf };
}

const strange = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

describe.each([
  ['a cookie', undefined],
  ['a store', createMemorySessionStore()],
])('tokens of a session in %s', (_where, store) => {
  const session = store === undefined ? {} : { store };

  it('a guest’s token stops working at login, and a user’s at logout', async () => {
    const { agent, pageOf } = await site({ csrf: 'token', session });
    const visitor = agent();
    const save = async (token: string): Promise<number> => {
      const body = new URLSearchParams({ title: 'Hello', PORTICO_CSRF_TOKEN: token });
      return (await visitor.post('/actions/notes/save', body, { headers: ACCEPT_JSON })).status;
    };
    const guest = (await pageOf(visitor)).token;
    expect(await save(guest)).toBe(200);
    await visitor.post('/actions/users/login', new URLSearchParams({ PORTICO_CSRF_TOKEN: guest }));
    expect(await save(guest)).toBe(400);
    const user = (await pageOf(visitor)).token;
    expect(await save(user)).toBe(200);
    await visitor.post('/actions/users/logout', new URLSearchParams({ PORTICO_CSRF_TOKEN: user }));
    expect(await save(user)).toBe(400);
    expect(await save(guest)).toBe(400);
  });

  it('login CSRF: the attacker’s own token does not fit the victim’s session', async () => {
    const { agent, pageOf, calls } = await site({ csrf: 'token', session });
    const attacker = agent();
    const { token } = await pageOf(attacker);
    const victim = agent();
    await pageOf(victim);
    const body = new URLSearchParams({ title: 'Hello', PORTICO_CSRF_TOKEN: token });
    expect((await victim.post('/actions/notes/save', body, { headers: ACCEPT_JSON })).status).toBe(400);
    expect(calls).toEqual([]);
  });
});

it.each(DOORS)('a token in the query is worth nothing at the door $name', async (door) => {
  const { agent, pageOf, calls } = await site();
  const visitor = agent();
  const { token } = await pageOf(visitor);
  const { body, type } = bodyFor(door, { title: 'Hello' });
  const path = `${door.path}${door.path.includes('?') ? '&' : '?'}PORTICO_CSRF_TOKEN=${token}&x-csrf-token=${token}`;
  const headers = { ...ACCEPT_JSON, ...strange, 'content-type': type };
  expect((await visitor.post(path, body, { headers })).status).toBe(door.isController ? 400 : 403);
  expect(calls).toEqual([]);
});

describe('method override', () => {
  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'the header %s makes no safe request of a POST',
    async (name) => {
      const { agent, pageOf, calls } = await site();
      const visitor = agent();
      await pageOf(visitor);
      for (const value of ['GET', 'HEAD', 'OPTIONS']) {
        const headers = { ...ACCEPT_JSON, ...strange, [name]: value };
        const response = await visitor.post('/actions/notes/save', new URLSearchParams({ title: 'Hello' }), {
          headers,
        });
        expect(response.status).toBe(400);
      }
      expect(calls).toEqual([]);
    },
  );

  it('a field _method changes nothing', async () => {
    const { agent, calls } = await site();
    const fields = new URLSearchParams({ title: 'Hello', _method: 'GET' });
    expect((await agent().post('/actions/notes/save', fields, { headers: ACCEPT_JSON })).status).toBe(200);
    expect((await agent().post('/actions/notes/list', new URLSearchParams({ _method: 'GET' }))).status).toBe(
      400,
    );
    expect(calls).toEqual(['save POST']);
  });

  it('a GET does not run an action that posts, whatever it says it is', async () => {
    const { agent, calls } = await site();
    const headers = { 'x-http-method-override': 'POST' };
    expect((await agent().get('/actions/notes/save?title=Hello&_method=POST', { headers })).status).toBe(400);
    expect((await agent().get('/_actions/notes.save?title=Hello', { headers })).status).toBe(405);
    expect(calls).toEqual([]);
  });
});

describe('cross-site forms of every encoding', () => {
  it.each([
    ['application/x-www-form-urlencoded', 'title=Hello'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nHello\r\n--b--\r\n',
    ],
    ['text/plain', '{"title":"Hello","x":"="}'],
    ['text/plain', 'title=Hello'],
    ['application/json', '{"title":"Hello"}'],
    ['', ''],
  ])('%s does not get through', async (type, body) => {
    const { agent, pageOf, calls } = await site();
    const visitor = agent();
    await pageOf(visitor);
    for (const { path, action } of DOORS) {
      if (action !== undefined) continue;
      const headers: Record<string, string> = { ...ACCEPT_JSON, ...strange };
      if (type !== '') headers['content-type'] = type;
      const response = await visitor.post(path, type === '' ? undefined : Buffer.from(body), { headers });
      expect([400, 403, 415]).toContain(response.status);
    }
    expect(calls).toEqual([]);
  });
});

describe('a forged form cannot do harm on its way to being refused', () => {
  async function victim(options: Omit<PorticoOptions, 'actions'> = {}) {
    const all = await site(options);
    const visitor = all.agent();
    await visitor.post('/_actions/users.login', {});
    expect((await all.pageOf(visitor)).signedIn).toBe(true);
    return { ...all, visitor };
  }

  it.each([
    ['that is refused', '/page?_action=notes.save'],
    ['for an unknown action', '/page?_action=nope'],
    ['for an unknown action in its body', '/page'],
    ['for an action that only reads', '/page?_action=notes.list'],
  ])(
    'forced logout: a form %s leaves the victim signed in, on that page and after it',
    async (_what, path) => {
      const { visitor, pageOf } = await victim();
      const fields = new URLSearchParams(path === '/page' ? { action: 'users/nope' } : { title: 'x' });
      const response = await visitor.post(path, fields, { headers: strange });
      if (response.headers.get('content-type')?.includes('json'))
        expect(await response.json()).toMatchObject({ signedIn: true });
      expect((await pageOf(visitor)).signedIn).toBe(true);
    },
  );

  it.each(['/page?_action=nope', '/page?_action=notes.list', '/page?_action=notes.save'])(
    'middleware guards the page that a form is rendered on: POST %s',
    async (path) => {
      const use: PorticoOptions['use'] = [
        (ctx, next) =>
          ctx.url.pathname === '/page' && !ctx.user ? new Response('members only', { status: 401 }) : next(),
      ];
      const { agent } = await site({ use });
      const response = await agent().post(path, new URLSearchParams({ title: 'x' }));
      expect([response.status, await response.text()]).toEqual([401, 'members only']);
    },
  );

  it('a forged form is refused before access is asked and limits count, where its headers settle it', async () => {
    let asked = 0;
    const guarded = defineAction({
      accept: 'any',
      access: () => ++asked > 0,
      limit: { points: 1, seconds: 60, by: 'ip' },
      handler: () => 'done',
    });
    const portico = createPortico({ actions: { guarded }, csrf: 'origin' });
    const { agent } = await serve(portico);
    const visitor = agent();
    for (let count = 0; count < 3; count++) {
      expect((await visitor.post('/_actions/guarded', {}, { headers: strange })).status).toBe(403);
    }
    expect(asked).toBe(0);
    expect((await visitor.post('/_actions/guarded', {})).status).toBe(200);
  });

  it('a GET that changes something is the author’s mistake: GET actions set no flash and get no token', async () => {
    const { agent, calls } = await site({ csrf: 'token' });
    expect((await agent().get('/actions/notes/list', { headers: strange })).status).toBe(200);
    expect(calls).toEqual(['list GET']);
  });
});

it('an error of the check is an ActionError that scripts can tell', async () => {
  const { agent, pageOf } = await site();
  const visitor = agent();
  await pageOf(visitor);
  const response = await visitor.post('/_actions/notes.save', { title: 'x' }, { headers: strange });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({
    type: 'ActionError',
    code: 'CSRF_FAILED',
    status: 403,
    data: { reason: 'token-missing' },
  });
  expect(ActionError.codeToStatus('FORBIDDEN')).toBe(403);
});
