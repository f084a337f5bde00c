import { describe, expect, test } from 'vitest';
import {
  ActionError,
  createPortico,
  defineAction,
  getActionContext,
  isActionError,
  isInputError,
  type ActionTree,
  type PorticoOptions,
} from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

// Each defect of Astro that reference/astro-actions.md marks with [!], sections 1.1 to 1.4: it is not here.

const JSON_ACCEPT = { headers: { accept: 'application/json' } };

async function connect<const Tree extends ActionTree>(
  actions: Tree,
  options: Omit<PorticoOptions, 'actions' | 'plugins'> = {},
) {
  const portico = createPortico({ actions, ...options });
  const served = await serve(portico, { pages: () => new Response('a page') });
  return { portico, ...served, visitor: served.agent() };
}

describe('1.1 defineAction', () => {
  test('the message of a thrown Error does not go to the client in production, and is logged with its stack and cause', async () => {
    const logged: unknown[] = [];
    const { visitor } = await connect(
      {
        leak: defineAction({
          handler: () => {
            throw new Error('secret db password leaked', { cause: new Error('the connection broke') });
          },
        }),
      },
      { ...production, onError: (error) => logged.push(error) },
    );

    const response = await visitor.post('/_actions/leak');

    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('secret')]);
    expect(logged).toEqual([expect.objectContaining({ message: 'secret db password leaked' })]);
    expect((logged[0] as Error).cause).toMatchObject({ message: 'the connection broke' });
    expect((logged[0] as Error).stack).toContain('defects.test.ts');
  });
});

describe('1.2 errors', () => {
  test('isActionError is true for input errors', async () => {
    const { portico } = await connect({
      save: defineAction({ input: z.object({ a: z.string() }), handler: () => 1 }),
    });

    const { error } = await portico.call(portico.actions.save, {} as { a: string });

    expect([isActionError(error), isInputError(error)]).toEqual([true, true]);
  });

  test('an object that looks like an error is none: no payload can pass for one', () => {
    const forged: unknown = JSON.parse(
      '{"type":"AstroActionInputError","code":"BAD_REQUEST","issues":[],"fields":{}}',
    );

    expect([isActionError(forged), isInputError(forged)]).toEqual([false, false]);
  });

  test.each(['toString', 'valueOf', 'constructor', 'hasOwnProperty', 'isPrototypeOf'])(
    'a failing key named %s is a field like any other',
    async (key) => {
      const { visitor } = await connect({
        save: defineAction({ input: z.record(z.string(), z.number()), handler: () => 1 }),
      });

      const response = await visitor.post('/_actions/save', `{"${key}":"x"}`);

      expect([response.status, await response.json()]).toMatchObject([
        400,
        { fields: { [key]: [expect.any(String)] } },
      ]);
    },
  );

  test('a failing key named __proto__ reaches nobody’s prototype', async () => {
    const { visitor } = await connect({
      save: defineAction({ input: z.looseObject({ a: z.number() }), handler: () => 1 }),
    });

    const response = await visitor.post('/_actions/save', '{"__proto__":{"polluted":1},"a":"x"}');

    expect(response.status).toBe(400);
    expect('polluted' in {}).toBe(false);
  });

  test('fields has no prototype', async () => {
    const { portico } = await connect({
      save: defineAction({ input: z.object({ a: z.string() }), handler: () => 1 }),
    });

    const { error } = await portico.call(portico.actions.save, {} as { a: string });

    if (!isInputError(error)) throw new Error('an input error was expected');
    expect(Object.getPrototypeOf(error.fields)).toBeNull();
    expect('toString' in error.fields).toBe(false);
  });

  test('fields keeps nesting: a.b.c, a.b.n and items.0.q are three fields', async () => {
    const { visitor } = await connect({
      save: defineAction({
        input: z.object({
          a: z.object({ b: z.object({ c: z.string(), n: z.number() }) }),
          items: z.array(z.object({ q: z.number() })),
        }),
        handler: () => 1,
      }),
    });

    const response = await visitor.post('/_actions/save', {
      a: { b: { c: 1, n: 'x' } },
      items: [{ q: 'x' }],
    });

    const { fields } = (await response.json()) as { fields: object };
    expect(Object.keys(fields).toSorted()).toEqual(['a.b.c', 'a.b.n', 'items.0.q']);
  });

  test.each(['NO_SUCH_CODE', '', 'toString', '__proto__'])(
    'an unknown code %j of untyped JavaScript is 500, not 200',
    async (code) => {
      const { visitor } = await connect(
        {
          odd: defineAction({
            handler: () => {
              throw new ActionError({ code, message: 'odd' });
            },
          }),
        },
        { onError: () => undefined },
      );

      const response = await visitor.post('/_actions/odd');

      expect([response.status, await response.json()]).toMatchObject([
        500,
        { type: 'ActionError', code, status: 500, message: 'odd' },
      ]);
    },
  );

  test('fields of a subclass of ActionError are not on the wire; data is, and the client has it', async () => {
    class Slow extends ActionError {
      readonly internals = 'secret';
      constructor() {
        super({ code: 'TOO_MANY_REQUESTS', data: { retryAfter: 5 } });
      }
    }
    const { visitor } = await connect({
      slow: defineAction({
        handler: () => {
          throw new Slow();
        },
      }),
    });

    const body = (await (await visitor.post('/_actions/slow')).json()) as object;

    expect(body).toMatchObject({ code: 'TOO_MANY_REQUESTS', data: { retryAfter: 5 } });
    expect(Object.keys(body)).not.toContain('internals');
    expect(Object.keys(body)).not.toContain('stack');
  });

  test('no process-wide stack: concurrent results that are stored and replayed keep to themselves', async () => {
    const portico = createPortico({
      dev: true,
      actions: {
        fail: defineAction({
          accept: 'form',
          input: z.object({ who: z.string() }),
          handler: async ({ who }) => {
            await new Promise((resolve) => setImmediate(resolve));
            throw new ActionError({ code: 'CONFLICT', message: who });
          },
        }),
      },
      use: [
        async (context, next) => {
          const { action, setActionResult, serializeActionResult } = getActionContext(context);
          if (action) {
            const stored = serializeActionResult(await action.handler());
            await new Promise((resolve) => setImmediate(resolve));
            setActionResult(action.name, stored);
          }
          return next();
        },
      ],
    });
    const pages = (request: Request): Response => {
      const error = portico.context(request).getActionResult(portico.actions.fail)?.error;
      return Response.json({ message: error?.message, stack: error?.stack });
    };
    const { agent } = await serve(portico, { pages });
    const names = Array.from({ length: 20 }, (_, index) => `visitor-${index}-`);

    const answers = await Promise.all(
      names.map(async (who) =>
        (await agent().post('/page?_action=fail', new URLSearchParams({ who }))).json(),
      ),
    );

    for (const [index, who] of names.entries()) {
      const { message, stack } = answers[index] as { message: string; stack: string };
      expect(message).toBe(who);
      expect(names.filter((other) => stack.includes(other))).toEqual([who]);
    }
  });
});

describe('1.3 HTTP', () => {
  test.each(['user', 'user/', 'user.deep'])(
    'a namespace is 404 with a body, not an empty 500: %s',
    async (name) => {
      const { visitor } = await connect({ user: { deep: { get: defineAction({ handler: () => 1 }) } } });

      const response = await visitor.post(`/_actions/${name}`);

      expect([response.status, await response.json()]).toMatchObject([
        404,
        { type: 'ActionError', code: 'NOT_FOUND' },
      ]);
    },
  );

  test('a leaf that is no action is found when the app starts', () => {
    const notAnAction = (() => 1) as unknown as ActionTree;

    expect(() => createPortico({ actions: { user: { load: notAnAction } } })).toThrow(
      /"user\.load" is a function, not an action/,
    );
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s on /_actions/x is 405 with Allow, never a 404 page',
    async (method) => {
      const { visitor } = await connect({ x: defineAction({ handler: () => 1 }) });

      const response = await visitor.get('/_actions/x', { method });

      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
      expect(response.headers.get('content-type')).toBe('application/json');
    },
  );

  test('malformed JSON is 400 with a body, not an empty 500', async () => {
    const { visitor } = await connect({ x: defineAction({ handler: () => 1 }) });

    const response = await visitor.post('/_actions/x', '{oops');

    expect([response.status, await response.json()]).toMatchObject([
      400,
      { code: 'BAD_REQUEST', message: expect.stringContaining('JSON') },
    ]);
  });

  test('an unserialisable result is 500 with a body, not an empty one', async () => {
    const { visitor } = await connect(
      { x: defineAction({ handler: () => ({ f: () => 1 }) }) },
      { onError: () => undefined },
    );

    const response = await visitor.post('/_actions/x');

    expect([response.status, await response.json()]).toMatchObject([500, { requestId: expect.any(String) }]);
  });

  test('a JSON action whose body is empty gets undefined', async () => {
    const { url } = await connect({ x: defineAction({ handler: (input) => String(input) }) });

    const withLength = await sendRaw(url, 'POST /_actions/x', {
      'Content-Type': 'application/json',
      'Content-Length': '0',
    });
    const chunked = await sendRaw(
      url,
      'POST /_actions/x',
      { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
      '0\r\n\r\n',
    );
    const bare = await sendRaw(url, 'POST /_actions/x');

    expect([withLength.body, chunked.body, bare.body]).toEqual(['"undefined"', '"undefined"', '"undefined"']);
  });

  test('cross-origin application/json does not pass', async () => {
    const ran: string[] = [];
    const { visitor } = await connect({ x: defineAction({ handler: () => void ran.push('x') }) });

    const response = await visitor.post(
      '/_actions/x',
      {},
      {
        headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', cookie: 'session=1' },
      },
    );

    expect([response.status, await response.json(), ran]).toMatchObject([403, { code: 'CSRF_FAILED' }, []]);
  });

  test.each(['/_actions/_actions/json', '/other/_actions/json', '/_actionsjson', '/_actions'])(
    '%s is no way to the action json',
    async (path) => {
      const ran: string[] = [];
      const { visitor } = await connect({ json: defineAction({ handler: () => void ran.push('json') }) });

      await visitor.post(path, {});

      expect(ran).toEqual([]);
    },
  );

  test.each([
    'with.dot',
    'a b',
    'slash/ed',
    'ünï',
    '100%',
    'a%2Eb',
    '?&#',
    'name',
    'length',
    'bind',
    'valueOf',
  ])('an action whose own key is %j is reached by RPC and by form', async (key) => {
    const ran: string[] = [];
    const { portico, url, visitor } = await connect({
      nested: {
        [key]: defineAction({ accept: 'any', handler: (_input, ctx) => void ran.push(ctx.action.name) }),
      },
    });
    const action = portico.actions.nested[key];
    if (!action) throw new Error('the action is in the tree');

    const rpc = await sendRaw(url, `POST ${action.path}`);
    const form = await visitor.post(`/page${String(action)}`, new URLSearchParams());
    // Proxies and URL parsers decode what they may on the way.
    const byFetch = await visitor.post(action.path, {});

    expect([rpc.status, form.status, byFetch.status]).toEqual([204, 303, 204]);
    expect(new Set(ran).size).toBe(1);
  });

  test.each([
    ['greet', ['greet', 'greet/', '%67reet', 'gr%65et/']],
    ['with space', ['with%20space', 'with%20space/', '%77ith%20space']],
    ['with.dot', ['with%2Edot', 'with%2edot', 'with.dot']],
  ])(
    'action.name in middleware is the same for any caller, slash and encoding: %s',
    async (key, spellings) => {
      const names = new Set<string | undefined>();
      let runs = 0;
      const { url } = await connect(
        { [key]: defineAction({ accept: 'any', handler: () => void runs++ }) },
        {
          use: [
            (context, next) => {
              names.add(getActionContext(context).action?.name);
              return next();
            },
          ],
        },
      );
      const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };

      for (const spelling of spellings) {
        await sendRaw(url, `POST /_actions/${spelling}`);
        await sendRaw(url, `POST /page?_action=${spelling.replace(/\/$/, '')}`, form, 'a=1');
        await sendRaw(url, `POST /actions/${spelling}`, form, 'a=1');
      }

      expect(runs).toBe(3 * spellings.length);
      expect([...names]).toEqual([encodeURIComponent(key).replaceAll('.', '%2E')]);
    },
  );

  test('a malformed percent-escape is 400 with a body', async () => {
    const { url } = await connect({ x: defineAction({ handler: () => 1 }) });

    const answer = await sendRaw(url, 'POST /_actions/%E0%A4');

    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([400, { code: 'BAD_REQUEST' }]);
  });

  test('an unknown _action is 404, and the page that is rendered knows why', async () => {
    const portico = createPortico({ actions: { x: defineAction({ accept: 'form', handler: () => 1 }) } });
    const pages = (request: Request): Response => new Response(portico.context(request).variables.message);
    const visitor = (await serve(portico, { pages })).agent();

    const response = await visitor.post('/page?_action=nothing', new URLSearchParams());

    expect([response.status, await response.text()]).toEqual([404, 'There is no action of this name.']);
  });

  test('a POST with _action to a missing page does not run the action', async () => {
    const ran: string[] = [];
    const portico = createPortico({
      actions: { x: defineAction({ accept: 'form', handler: () => void ran.push('x') }) },
    });
    const handler = portico.wrap(() => new Response('', { status: 404 }), { has: () => false });

    const response = await handler(
      new Request('http://localhost/missing?_action=x', {
        method: 'POST',
        body: new URLSearchParams(),
        headers: { 'sec-fetch-site': 'same-origin' },
      }),
    );

    expect([response.status, ran]).toEqual([404, []]);
  });

  test('an action posted to a prerendered page runs, and its failure is shown', async () => {
    const ran: string[] = [];
    const portico = createPortico({
      actions: {
        x: defineAction({
          accept: 'form',
          input: z.object({ a: z.string().min(1) }),
          handler: () => void ran.push('x'),
        }),
      },
    });
    // A static file server: GET only, and it knows nothing of Portico.
    const pages = (request: Request): Response =>
      request.method === 'GET' ? new Response('<h1>static</h1>') : new Response('', { status: 405 });
    const visitor = (await serve(portico, { pages })).agent();

    const good = await visitor.post('/static.html?_action=x', new URLSearchParams({ a: '1' }));
    const bad = await visitor.post('/static.html?_action=x', new URLSearchParams({ a: '' }));

    expect([good.status, good.headers.get('location'), ran]).toEqual([303, '/static.html', ['x']]);
    expect([bad.status, await bad.text()]).toEqual([422, '<h1>static</h1>']);
  });

  test.each(['PUT', 'GET'])('%s with _action runs nothing', async (method) => {
    const ran: string[] = [];
    const { visitor } = await connect({
      x: defineAction({ method: ['GET', 'POST'], handler: () => void ran.push('x') }),
    });

    await visitor.get('/page?_action=x', { method });

    expect(ran).toEqual([]);
  });
});

describe('1.4 middleware and server calls', () => {
  test.each([
    ['malformed JSON', '{oops', 'application/json', 'BAD_REQUEST'],
    ['a wrong content type', 'x', 'text/plain', 'UNSUPPORTED_MEDIA_TYPE'],
    ['a foreign error', '{}', 'application/json', 'INTERNAL_SERVER_ERROR'],
  ])('action.handler() never rejects: %s', async (_why, body, type, code) => {
    let seen: string | undefined;
    const { visitor } = await connect(
      {
        x: defineAction({
          handler: () => {
            throw new Error('foreign');
          },
        }),
      },
      {
        onError: () => undefined,
        use: [
          async (context, next) => {
            seen = (await getActionContext(context).action?.handler())?.error?.code;
            return next();
          },
        ],
      },
    );

    await visitor.post('/_actions/x', body, { headers: { 'content-type': type } });

    expect(seen).toBe(code);
  });

  test('two forms of one action on a page are told apart', async () => {
    const portico = createPortico({
      actions: {
        add: defineAction({ accept: 'form', input: z.object({ n: z.number() }), handler: ({ n }) => n }),
      },
    });
    const pages = (request: Request): Response => {
      const ctx = portico.context(request);
      return Response.json(
        ['a', 'b'].map((id) => ctx.getActionResult(portico.actions.add, { id })?.data ?? null),
      );
    };
    const visitor = (await serve(portico, { pages })).agent();

    await visitor.post('/page?_action=add', new URLSearchParams({ n: '5', _form: 'b' }));

    expect(await (await visitor.get('/page')).json()).toEqual([null, 5]);
  });

  test('a script may post a page’s form and get data: by Accept', async () => {
    const { visitor } = await connect({ x: defineAction({ accept: 'form', handler: () => ({ id: 1 }) }) });

    const response = await visitor.post('/page?_action=x', new URLSearchParams(), JSON_ACCEPT);

    expect(await response.json()).toEqual({ id: 1 });
  });
});
