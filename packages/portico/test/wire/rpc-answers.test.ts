import { parse } from 'devalue';
import { describe, expect, test } from 'vitest';
import { ActionError, createPortico, defineAction } from 'portico';
import { z } from 'zod';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

const circle: { self?: unknown } = {};
circle.self = circle;

async function answerOf(handler: () => unknown) {
  const errors: unknown[] = [];
  const portico = createPortico({
    ...production,
    actions: { give: defineAction({ handler }) },
    onError: (error) => errors.push(error),
  });
  const response = await (await serve(portico)).agent().post('/_actions/give');
  return { response, errors };
}

describe('data', () => {
  test.each<[string, unknown]>([
    ['an object', { a: [1, 'two', null, true, { b: 0.5 }] }],
    ['null', null],
    ['zero', 0],
    ['false', false],
    ['an empty text', ''],
    ['an array', [1, 2]],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
  ])('that is plain goes as application/json: %s', async (_what, data) => {
    const { response } = await answerOf(() => data);

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toEqual(data);
  });

  test.each<[string, unknown]>([
    ['Date', { when: new Date(0) }],
    ['Map', new Map([['a', 1]])],
    ['Set', new Set([1])],
    ['URL', { home: new URL('https://example.com/') }],
    ['BigInt', [5n]],
    ['typed array', new Uint8Array([1, 2])],
    ['NaN', Number.NaN],
    ['minus zero', -0],
    ['undefined inside', { a: undefined, b: 1 }],
    ['RegExp', /a/g],
    ['cycle', circle],
  ])('that is rich goes as application/json+devalue: %s', async (_what, data) => {
    const { response } = await answerOf(() => data);

    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json+devalue',
    ]);
    expect(parse(await response.text(), { URL: (href: string) => new URL(href) })).toEqual(data);
  });

  test('that is undefined is 204 without a body or a type', async () => {
    const { response } = await answerOf(() => undefined);

    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      204,
      null,
      '',
    ]);
  });

  test('is never cached by default, and never sniffed', async () => {
    const { response } = await answerOf(() => 1);

    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each<[string, unknown, RegExp]>([
    ['a function', { list: [{ run: () => 1 }] }, /list\[0\]\.run/],
    ['a class instance', { owner: new (class User {})() }, /owner/],
    ['a promise inside', { later: Promise.resolve(1) }, /later/],
    ['a symbol', Symbol('a'), /symbol/i],
  ])('that cannot be sent is 500 with a request id, logged with its path: %s', async (_what, data, path) => {
    const { response, errors } = await answerOf(() => data);

    const body = (await response.json()) as { requestId: string; message: string };
    expect(response.status).toBe(500);
    expect(body).toEqual({
      type: 'ActionError',
      code: 'INTERNAL_SERVER_ERROR',
      status: 500,
      message: expect.any(String),
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(body.message).not.toMatch(path);
    expect(errors).toHaveLength(1);
    expect(causes(errors[0])).toMatch(path);
  });
});

describe('a recorded redirect', () => {
  test.each<[string, unknown, string]>([
    ['plain data', { id: 1 }, 'application/json; portico=redirect'],
    ['rich data', { at: new Date(0) }, 'application/json+devalue; portico=redirect'],
  ])('goes beside the data with a mark in the media type: %s', async (_what, data, type) => {
    const portico = createPortico({
      actions: {
        save: defineAction({
          handler: (_input, ctx) => {
            ctx.redirect('/posts/1');
            return data;
          },
        }),
      },
    });

    const response = await (await serve(portico)).agent().post('/_actions/save');

    expect([response.status, response.headers.get('content-type'), response.headers.get('location')]).toEqual(
      [200, type, null],
    );
    const text = await response.text();
    expect(type.includes('devalue') ? parse(text) : JSON.parse(text)).toEqual({ data, redirect: '/posts/1' });
  });

  test('goes without data too, and the action’s own redirect is filled in', async () => {
    const portico = createPortico({
      actions: {
        leave: defineAction({ handler: (_input, ctx) => ctx.redirect('/bye') }),
        save: defineAction({ redirect: '/posts/{slug}', handler: () => ({ slug: 'a b' }) }),
        rate: defineAction({
          redirect: '/{slug}/{mood}/{note}/{constructor}{toString}{secret}',
          model: 'post',
          handler: () => ({
            note: 'of the data',
            post: {
              slug: 'own',
              fields: Object.defineProperty({ slug: 'field', mood: 'good', note: 'field' }, 'secret', {
                value: 'x',
              }),
            },
          }),
        }),
      },
    });
    const visitor = (await serve(portico)).agent();

    expect(await (await visitor.post('/_actions/leave')).json()).toEqual({ redirect: '/bye' });
    expect(await (await visitor.post('/_actions/save')).json()).toEqual({
      data: { slug: 'a b' },
      redirect: '/posts/a%20b',
    });
    // The model comes first, then the data, then what is among the fields of the model.
    expect(await (await visitor.post('/_actions/rate')).json()).toMatchObject({
      redirect: '/own/good/of%20the%20data/',
    });
  });
});

describe('errors', () => {
  const server = {
    refuse: defineAction({
      errors: {
        TAKEN: { status: 409, message: 'It is taken.', data: z.object({ since: z.date() }) },
        SHY: { status: 418 },
        NOT_FOUND: { status: 404, message: 'No such thing.' },
      },
      input: z.object({ how: z.string() }),
      handler: ({ how }, ctx) => {
        if (how === 'taken') return ctx.fail('TAKEN', { since: new Date(5) });
        if (how === 'taken wrongly') return ctx.fail('TAKEN', { since: 'today' as unknown as Date });
        if (how === 'shy') return ctx.fail('SHY', undefined, 'I am a teapot.');
        if (how === 'iana') return ctx.fail('LOCKED', { by: 'Ada' });
        if (how === 'overridden') return ctx.fail('NOT_FOUND');
        if (how === 'headers')
          throw new ActionError({ code: 'TOO_MANY_REQUESTS', headers: { 'Retry-After': '9' } });
        if (how === 'cause')
          throw new ActionError({ code: 'CONFLICT', message: 'Shown.', cause: new Error('secret') });
        throw new ActionError({ code: 'GONE', message: how });
      },
    }),
    nested: defineAction({
      input: z
        .object({ items: z.array(z.object({ qty: z.number() })) })
        .refine((all) => all.items.length > 0, 'Empty.'),
      handler: () => 1,
    }),
  };
  const connect = async () =>
    (await serve(createPortico({ actions: server, ...production, onError: () => undefined }))).agent();

  test.each([
    ['iana', 423, { code: 'LOCKED', message: 'LOCKED', data: { by: 'Ada' } }],
    ['shy', 418, { code: 'SHY', message: 'I am a teapot.' }],
    ['overridden', 404, { code: 'NOT_FOUND', message: 'No such thing.' }],
    ['any words', 410, { code: 'GONE', message: 'any words' }],
    ['cause', 409, { code: 'CONFLICT', message: 'Shown.' }],
  ])('have their status and { type, code, status, message, data? }: %s', async (how, status, expected) => {
    const response = await (await connect()).post('/_actions/refuse', { how });

    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/json']);
    expect(await response.json()).toEqual({ type: 'ActionError', status, ...expected });
  });

  test('of the action’s own carry typed data, as devalue where it is rich', async () => {
    const response = await (await connect()).post('/_actions/refuse', { how: 'taken' });

    expect([response.status, response.headers.get('content-type')]).toEqual([
      409,
      'application/json+devalue',
    ]);
    expect(parse(await response.text())).toEqual({
      type: 'ActionError',
      code: 'TAKEN',
      status: 409,
      message: 'It is taken.',
      data: { since: new Date(5) },
    });
  });

  test('of the action’s own whose data breaks its schema are the app’s fault: 500', async () => {
    const response = await (await connect()).post('/_actions/refuse', { how: 'taken wrongly' });

    expect(await response.json()).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: expect.any(String),
    });
  });

  test('may bring headers', async () => {
    const response = await (await connect()).post('/_actions/refuse', { how: 'headers' });

    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9']);
  });

  test('of the input have issues, fields by full dotted path, and formErrors', async () => {
    const visitor = await connect();

    const nested = await visitor.post('/_actions/nested', { items: [{ qty: 1 }, { qty: 'x' }] });
    const root = await visitor.post('/_actions/nested', { items: [] });

    expect(await nested.json()).toMatchObject({
      type: 'ActionInputError',
      code: 'BAD_REQUEST',
      status: 400,
      message: expect.any(String),
      issues: [{ path: ['items', 1, 'qty'], message: expect.any(String) }],
      fields: { 'items.1.qty': [expect.any(String)] },
      formErrors: [],
    });
    expect(await root.json()).toMatchObject({ status: 400, fields: {}, formErrors: ['Empty.'] });
  });
});

describe('GET actions', () => {
  const server = {
    find: defineAction({
      method: 'GET',
      cache: { maxAge: 60, scope: 'public' },
      input: z.object({ q: z.string() }),
      handler: ({ q }) => ({ found: [q] }),
    }),
    plain: defineAction({ method: ['GET', 'POST'], handler: () => 1 }),
    nothing: defineAction({ method: 'GET', handler: () => undefined }),
  };
  const connect = async () => (await serve(createPortico({ actions: server }))).agent();

  test('say what cache says, and private, no-cache where it says nothing', async () => {
    const visitor = await connect();

    const find = await visitor.get('/_actions/find?q=shoe');
    const plain = await visitor.get('/_actions/plain');
    const posted = await visitor.post('/_actions/plain');

    expect(find.headers.get('cache-control')).toBe('public, max-age=60');
    expect(plain.headers.get('cache-control')).toBe('private, no-cache');
    expect([posted.headers.get('cache-control'), posted.headers.get('etag')]).toEqual(['no-store', null]);
  });

  test('have an ETag of their content, and answer 304 without a body to who has it', async () => {
    const visitor = await connect();
    const first = await visitor.get('/_actions/find?q=shoe');
    const other = await visitor.get('/_actions/find?q=boot');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{10,}"$/);
    expect(other.headers.get('etag')).not.toBe(etag);

    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await visitor.get('/_actions/find?q=shoe', { headers: { 'if-none-match': known } });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
      expect(again.headers.get('cache-control')).toBe('public, max-age=60');
    }
    const stale = await visitor.get('/_actions/find?q=shoe', { headers: { 'if-none-match': '"other"' } });
    expect([stale.status, await stale.json()]).toEqual([200, { found: ['shoe'] }]);
  });

  test('answer HEAD with the same headers and no body', async () => {
    const visitor = await connect();

    const get = await visitor.get('/_actions/find?q=shoe');
    const head = await visitor.get('/_actions/find?q=shoe', { method: 'HEAD' });

    expect([head.status, await head.text()]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control']) {
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
    }
  });

  test('validate their query, and answer 204 for undefined', async () => {
    const visitor = await connect();

    expect((await visitor.get('/_actions/find')).status).toBe(400);
    expect((await visitor.get('/_actions/nothing')).status).toBe(204);
  });
});

describe('output', () => {
  const server = {
    profile: defineAction({
      accept: 'any',
      input: z.object({ name: z.string() }),
      output: z.object({ name: z.string(), initial: z.string().default('?') }),
      handler: ({ name }) => ({ name, passwordHash: 'secret' }),
    }),
    broken: defineAction({
      accept: 'any',
      output: z.object({ id: z.number() }),
      handler: () => ({ id: 'secret' }) as unknown as { id: number },
    }),
  };

  test('is always applied, at every door: what the schema does not name is not sent', async () => {
    const portico = createPortico({ actions: server });
    const visitor = (await serve(portico)).agent();
    const fields = (more: Record<string, string> = {}) => new URLSearchParams({ name: 'Ada', ...more });
    const json = { headers: { accept: 'application/json' } };
    const expected = { name: 'Ada', initial: '?' };

    const answers = await Promise.all([
      visitor.post('/_actions/profile', { name: 'Ada' }),
      visitor.post('/page?_action=profile', fields(), json),
      visitor.post('/page', fields({ action: 'profile' }), json),
      visitor.post('/actions/profile', fields(), json),
      visitor.post('/page?action=profile', { name: 'Ada' }, json),
    ]);

    for (const answer of answers) expect(await answer.json()).toEqual(expected);
    expect((await portico.call(portico.actions.profile, { name: 'Ada' })).data).toEqual(expected);
  });

  test('that the handler breaks is 500, and the log says where', async () => {
    const errors: unknown[] = [];
    const portico = createPortico({ actions: server, ...production, onError: (error) => errors.push(error) });

    const response = await (await serve(portico)).agent().post('/_actions/broken');

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(String(errors[0])).toMatch(/output schema refuses: id:/);
  });
});

function causes(error: unknown): string {
  const lines: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    lines.push(`${at.message} ${(at as { path?: string }).path ?? ''}`);
  return lines.join('\n');
}
