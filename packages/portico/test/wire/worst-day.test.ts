import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ActionTreeError,
  createMemorySessionStore,
  createPortico,
  defineAction,
  returnPath,
  type ActionTree,
  type SessionStore,
} from 'portico';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

const down = (): Promise<never> => Promise.reject(new Error('ECONNREFUSED'));

describe('a session store that is down', () => {
  const store: SessionStore = { read: down, write: down, destroy: down };

  it('does not have a guest send a form again whose action is done', async () => {
    let runs = 0;
    const errors: unknown[] = [];
    const sign = defineAction({
      accept: 'form',
      input: z.object({ email: z.email() }),
      messages: { success: 'Thanks!' },
      handler: ({ email }) => ({ run: ++runs, email }),
    });
    const portico = createPortico({
      actions: { sign },
      ...production,
      session: { store },
      onError: (error) => errors.push(error),
    });
    const { agent } = await serve(portico, { pages: () => new Response('page') });
    const answer = await agent().post('/?_action=sign', new URLSearchParams({ email: 'a@b.de' }));
    expect([answer.status, answer.headers.get('location'), runs]).toEqual([303, '/', 1]);
    expect(errors).toEqual([expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' })]);
  });

  it('is an error where the action itself wanted something kept', async () => {
    const login = defineAction({ accept: 'form', handler: (_input, ctx) => ctx.session.set('member', 7) });
    const portico = createPortico({
      actions: { login },
      ...production,
      session: { store },
      onError: () => undefined,
    });
    const { agent } = await serve(portico, { pages: () => new Response('page') });
    expect((await agent().post('/?_action=login', new URLSearchParams())).status).toBe(503);
  });
});

it('a page rendered again sees its own address and a GET, not the post that led to it', async () => {
  const fail = defineAction({ accept: 'form', handler: (_input, ctx) => ctx.fail('CONFLICT') });
  const other = defineAction({
    accept: 'form',
    handler: (_input, ctx) => ctx.render('/other', { seen: 'yes' }),
  });
  const portico = createPortico({ actions: { fail, other } });
  const { agent } = await serve(portico, {
    pages: (request) => {
      const ctx = portico.context(request);
      return Response.json([
        ctx.url.pathname + ctx.url.search,
        ctx.request.method,
        ctx.variables['seen'] ?? null,
      ]);
    },
  });
  const form = new URLSearchParams();
  expect(await (await agent().post('/a?page=2&_action=fail', form)).json()).toEqual([
    '/a?page=2',
    'GET',
    null,
  ]);
  expect(await (await agent().post('/a?_action=other', form)).json()).toEqual(['/other', 'GET', 'yes']);
});

it('a failure that no page can show names the fields', async () => {
  const save = defineAction({
    accept: 'form',
    input: z.object({ email: z.email('<no> address') }),
    handler: () => 1,
  });
  const { agent } = await serve(createPortico({ actions: { save }, ...production }));
  const answer = await agent().post('/actions/save', new URLSearchParams({ email: 'x' }));
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining('<li>email: &lt;no&gt; address</li>'),
  ]);
});

it('results that nobody reads do not stay in the session', async () => {
  const store = createMemorySessionStore();
  let session: string[] = [];
  const spy: SessionStore = {
    ...store,
    write: (key, record, version) => {
      session = Object.keys(record.data);
      return store.write(key, record, version);
    },
  };
  const save = defineAction({ accept: 'form', redirect: '/elsewhere', handler: () => ({ id: 1 }) });
  const portico = createPortico({ actions: { save }, ...production, session: { store: spy } });
  const { agent } = await serve(portico, { pages: () => new Response('page') });
  const visitor = agent();
  await visitor.post('/?_action=save', new URLSearchParams());
  expect(session).toEqual([expect.stringMatching(/^_results\//)]);
  const real = Date.now;
  Date.now = () => real() + 61_000;
  try {
    await visitor.get('/');
  } finally {
    Date.now = real;
  }
  expect(session).toEqual([]);
});

it('an access rule that throws refuses, and onError hears why', async () => {
  const errors: unknown[] = [];
  const broken = new Error('no such column: role');
  const save = defineAction({
    access: () => {
      throw broken;
    },
    handler: () => 1,
  });
  const portico = createPortico({ actions: { save }, ...production, onError: (error) => errors.push(error) });
  const { agent } = await serve(portico);
  expect((await agent().post('/_actions/save', {})).status).toBe(401);
  expect(errors).toEqual([broken]);
});

it('a redirect that can never work is refused when the app starts', () => {
  const save = defineAction({ redirect: 'javascript:alert(1)', handler: () => 1 });
  expect(() => createPortico({ actions: { save }, ...production })).toThrow(ActionTreeError);
});

it('a forged form tells visitors to send it again, and developers why', async () => {
  const save = defineAction({ accept: 'form', handler: () => 1 });
  for (const [dev, text] of [
    [false, 'Please send it once more'],
    [true, 'trustedOrigins'],
  ] as const) {
    const portico = createPortico({ actions: { save }, ...production, dev });
    const { agent } = await serve(portico, {
      pages: (request) => new Response(String(portico.context(request).variables.message)),
    });
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const answer = await agent().post('/?_action=save', new URLSearchParams(), { headers });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining(text)]);
  }
});

it('a call in process can be made as a signed-in user', async () => {
  const who = defineAction({ access: 'user', handler: (_input, ctx) => ctx.session.userId ?? null });
  const portico = createPortico({
    actions: { who },
    ...production,
    user: (ctx) => (ctx.session.userId === undefined ? null : { id: ctx.session.userId }),
  });
  expect((await portico.call(who)).error?.code).toBe('UNAUTHORIZED');
  expect(await portico.call(who, undefined, { userId: '7' })).toMatchObject({ data: '7' });
});

it.each([
  ['/posts/1?x={id}', '/posts/1?x=%7Bid%7D'],
  ['//evil.example', undefined],
  ['https:evil.example', undefined],
])('returnPath of %j is %j', async (wanted, path) => {
  const portico = createPortico({ actions: {}, ...production });
  const { agent } = await serve(portico, {
    pages: (request) => Response.json({ path: returnPath(portico.context(request), wanted) }),
  });
  expect(await (await agent().get('/')).json()).toEqual(path === undefined ? {} : { path });
});

it('a middleware that awaits next() and returns nothing passes on what the handler returned', async () => {
  const seen: unknown[] = [];
  const save = defineAction({
    use: [
      async (_ctx, next) => {
        seen.push(await next());
      },
    ],
    handler: () => ({ id: 1 }),
  });
  const portico = createPortico({ actions: { save }, ...production });
  expect(await portico.call(save)).toEqual({ data: { id: 1 }, error: undefined });
  expect(seen).toEqual([{ id: 1 }]);
});

it('what could never work is refused when it is defined or mounted', () => {
  const everybody = { method: 'GET', cache: { maxAge: 60, scope: 'public' }, handler: () => 1 } as const;
  expect(() => defineAction({ ...everybody, access: 'user' })).toThrow(/shared cache/);
  const endless: Record<string, ActionTree> = {};
  endless['self'] = endless;
  expect(() => createPortico({ actions: endless, ...production })).toThrow(/hold itself/);
  expect(() =>
    createPortico({ actions: { '..': defineAction({ handler: () => 1 }) }, ...production }),
  ).toThrow(/reserved/);
});
