import { stringify } from 'devalue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ActionError, createClient, isActionError, isInputError } from '../../src/client.ts';
import { json, stub } from './stub.ts';

// These tests are about the wire; test/types/client.test-d.ts is about types.
type Call = ((input?: unknown, options?: object) => Promise<Result>) & {
  orThrow(input?: unknown, options?: object): Promise<unknown>;
};
type Loose = Call & { readonly [name: string]: Loose } & {
  readonly path: string;
  readonly queryString: string;
};
interface Result {
  data: unknown;
  error: ActionError | undefined;
  redirect?: string;
}

const BASE = 'https://app.test';

function clientOf(
  answer: Parameters<typeof stub>[0],
  options: object = {},
): { client: Loose; server: ReturnType<typeof stub> } {
  const server = stub(answer);
  const client = createClient<object>({ baseUrl: BASE, fetch: server.fetch, ...options }) as unknown as Loose;
  return { client, server };
}

/** For names that functions have, too. */
function inside(node: unknown, ...names: string[]): Loose {
  return names.reduce((at, name) => (at as Record<string, unknown>)[name], node) as Loose;
}

describe('names', () => {
  const { client, server } = clientOf(() => json(1));

  it.each([
    [client['users']!['saveUser']!, 'users.saveUser', '?_action=users.saveUser'],
    [client['a b']!['c/d']!, 'a%20b.c%2Fd', '?_action=a%2520b.c%252Fd'],
    [client['with.dot']!, 'with%2Edot', '?_action=with%252Edot'],
    [
      inside(client, 'name', 'call', 'bind', 'apply'),
      'name.call.bind.apply',
      '?_action=name.call.bind.apply',
    ],
    [client['été']!, '%C3%A9t%C3%A9', '?_action=%25C3%25A9t%25C3%25A9'],
  ])('%# encodes %s', async (action, name, query) => {
    expect(action.path).toBe(`${BASE}/_actions/${name}`);
    expect(action.queryString).toBe(query);
    expect(action.toString()).toBe(query);
    await action({});
    expect(server.requests.at(-1)?.url).toBe(`${BASE}/_actions/${name}`);
  });

  it('gives the same function for the same name', () => {
    expect(client['a']!['b']).toBe(client['a']!['b']);
    expect(client['a']!.orThrow).toBe(client['a']!.orThrow);
    expect(client['a']).not.toBe(client['b']);
  });

  it('calls nothing when a namespace is awaited, printed, or handed to React', async () => {
    const before = server.requests.length;
    const namespace = client['users']! as unknown as Record<PropertyKey, unknown>;
    expect(await (namespace as unknown as Promise<unknown>)).toBe(namespace);
    expect(`${namespace}`).toBe('?_action=users');
    expect((namespace as unknown as string) + '').toBe('?_action=users');
    expect(JSON.stringify({ namespace })).toBe('{"namespace":"?_action=users"}');
    expect([namespace['then'], namespace['$$typeof'], namespace['$$FORM_ACTION']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(namespace[Symbol.iterator]).toBeUndefined();
    expect(server.requests.length).toBe(before);
  });

  it.each([
    ['', '/_actions/x'],
    ['/', '/_actions/x'],
    ['/shop', '/shop/_actions/x'],
    ['https://a.test/shop/', 'https://a.test/shop/_actions/x'],
  ])('stands below the base %j', (baseUrl, path) => {
    expect((createClient<object>({ baseUrl }) as unknown as Loose)['x']!.path).toBe(path);
  });
});

describe('request', () => {
  it.each([
    ['an object', { a: 1, b: [true, null] }, '{"a":1,"b":[true,null]}'],
    ['a text', 'hi', '"hi"'],
    ['null', null, 'null'],
    ['false', false, 'false'],
    ['nothing', undefined, ''],
    ['a Date', { at: new Date(0) }, '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a bigint', { big: 2n ** 64n }, '{"big":"18446744073709551616"}'],
    ['a URL', { to: new URL('https://a.test/?q=1') }, '{"to":"https://a.test/?q=1"}'],
    ['a Set', new Set([1, 2n]), '[1,"2"]'],
    ['a Map', { map: new Map([['k', new Set(['v'])]]) }, '{"map":[["k",["v"]]]}'],
  ])('sends %s as JSON', async (_what, input, body) => {
    const { client, server } = clientOf(() => json(null));
    await client['x']!(input);
    const [request] = server.requests;
    expect(request?.method).toBe('POST');
    expect(server.bodies).toEqual([body]);
    expect(request?.headers.get('content-type')).toBe('application/json');
    expect(request?.headers.get('accept')).toBe('application/json');
  });

  it('sends FormData as it is, whatever content type the headers name', async () => {
    const { client, server } = clientOf(() => json(null), { headers: { 'content-type': 'text/plain' } });
    const form = new FormData();
    form.append('tags', 'a');
    form.append('tags', 'b');
    await client['x']!(form);
    expect(server.bodies).toEqual([
      [
        ['tags', 'a'],
        ['tags', 'b'],
      ],
    ]);
    expect(server.requests[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('sends what holds a file as a form', async () => {
    const { client, server } = clientOf(() => json(null));
    await client['x']!({ title: 'T', cover: new File(['x'], 'c.png', { type: 'image/png' }) });
    const [[title, cover]] = server.bodies as [[[string, string], [string, File]]];
    expect(title).toEqual(['title', 'T']);
    expect([cover[0], cover[1].name, cover[1].type, cover[1].size]).toEqual([
      'cover',
      'c.png',
      'image/png',
      1,
    ]);
  });

  it('puts the input of a GET into the query', async () => {
    const { client, server } = clientOf(() => json(null));
    await client['find']!(
      { q: 'a&b', page: 2, filter: { tags: ['x', 'y'], from: new Date(0) } },
      { method: 'GET' },
    );
    const [request] = server.requests;
    const url = new URL(request!.url);
    expect([request?.method, request?.headers.get('content-type'), url.pathname]).toEqual([
      'GET',
      null,
      '/_actions/find',
    ]);
    expect([...url.searchParams]).toEqual([
      ['q', 'a&b'],
      ['page', '2'],
      ['filter.tags', 'x'],
      ['filter.tags', 'y'],
      ['filter.from', '1970-01-01T00:00:00.000Z'],
    ]);
  });

  it('refuses a file in a query instead of sending its name', async () => {
    const { client, server } = clientOf(() => json(null));
    const { error } = await client['find']!({ file: new File(['x'], 'f') }, { method: 'GET' });
    expect(error?.code).toBe('BAD_REQUEST');
    expect(server.requests).toEqual([]);
  });

  it('sends the headers of client and call, the latter above the former, but its own Accept', async () => {
    let count = 0;
    const headers = async (): Promise<HeadersInit> => ({
      'x-a': `client ${++count}`,
      'x-b': 'client',
      accept: 'text/html',
    });
    const { client, server } = clientOf(() => json(null), { headers });
    await client['x']!({}, { headers: { 'X-B': 'call' } });
    await client['x']!({});
    const seen = server.requests.map((request) =>
      ['x-a', 'x-b', 'accept'].map((name) => request.headers.get(name)),
    );
    expect(seen).toEqual([
      ['client 1', 'call', 'application/json'],
      ['client 2', 'client', 'application/json'],
    ]);
  });

  it('sends credentials to its own origin only, and outlives the page when asked', async () => {
    const { client, server } = clientOf(() => json(null));
    await client['x']!({}, { keepalive: true });
    expect([server.requests[0]?.credentials, server.requests[0]?.keepalive]).toEqual(['same-origin', true]);
  });
});

describe('an action that takes forms only', () => {
  const refusal = (): Response =>
    json(
      {
        type: 'ActionError',
        code: 'UNSUPPORTED_MEDIA_TYPE',
        status: 415,
        message: 'forms',
        data: { accept: 'form' },
      },
      415,
    );

  it('gets a form at the second try, and from then on at the first', async () => {
    const { client, server } = clientOf((_request, body) => (Array.isArray(body) ? json('ok') : refusal()));
    expect(await client['x']!({ a: { b: [1, 2] } })).toEqual({ data: 'ok', error: undefined });
    expect(await client['x']!({ a: null })).toEqual({ data: 'ok', error: undefined });
    expect(server.bodies).toEqual([
      '{"a":{"b":[1,2]}}',
      [
        ['a.b', '1'],
        ['a.b', '2'],
      ],
      [['a', '']],
    ]);
    await client['y']!({});
    expect(server.bodies.length).toBe(5);
  });

  it('is asked twice at most', async () => {
    const { client, server } = clientOf(refusal);
    const { error } = await client['x']!({});
    expect([error?.code, error?.status, server.requests.length]).toEqual(['UNSUPPORTED_MEDIA_TYPE', 415, 2]);
  });
});

describe('answer', () => {
  const rich = { at: new Date(5), map: new Map([[1, new Set([2n])]]), url: new URL('https://a.test/') };
  const devalue = (status = 200, type = 'application/json+devalue'): Response =>
    new Response(stringify(rich, { URL: (value: unknown) => value instanceof URL && value.href }), {
      status,
      headers: { 'content-type': type },
    });

  it.each<[string, Response, unknown]>([
    ['plain JSON', json({ a: 1 }), { data: { a: 1 }, error: undefined }],
    [
      'JSON with a charset',
      json([0], 200, 'Application/JSON; charset=utf-8'),
      { data: [0], error: undefined },
    ],
    ['null', json(null), { data: null, error: undefined }],
    ['false', json(false, 201), { data: false, error: undefined }],
    ['nothing', new Response(null, { status: 204 }), { data: undefined, error: undefined }],
    [
      'nothing with a status of its own',
      new Response(null, { status: 202 }),
      { data: undefined, error: undefined },
    ],
    ['devalue', devalue(), { data: rich, error: undefined }],
    [
      'a redirect',
      json({ data: { id: 1 }, redirect: '/posts/1' }, 200, 'application/json; portico=redirect'),
      { data: { id: 1 }, error: undefined, redirect: '/posts/1' },
    ],
    [
      'a redirect without data',
      json({ redirect: '/login' }, 200, 'application/json; portico=redirect'),
      { data: undefined, error: undefined, redirect: '/login' },
    ],
    [
      'data that looks like a redirect',
      json({ redirect: '/x' }),
      { data: { redirect: '/x' }, error: undefined },
    ],
    [
      'data that looks like an error',
      json({ type: 'ActionError' }),
      { data: { type: 'ActionError' }, error: undefined },
    ],
  ])('%s', async (_what, response, result) => {
    const { client } = clientOf(() => response);
    expect(await client['x']!({})).toStrictEqual(result);
  });

  it('gives an error with its data', async () => {
    const body = {
      type: 'ActionError',
      code: 'TAKEN',
      status: 409,
      message: 'Taken',
      data: { since: 1 },
      requestId: 'r1',
    };
    const { error } = await clientOf(() => json(body, 409)).client['x']!({});
    expect(error).toMatchObject({
      code: 'TAKEN',
      status: 409,
      message: 'Taken',
      data: { since: 1 },
      requestId: 'r1',
    });
    expect([
      isActionError(error),
      isInputError(error),
      error instanceof ActionError,
      error instanceof Error,
    ]).toEqual([true, false, true, true]);
  });

  it('gives an input error with its fields, whatever they are called', async () => {
    const fields = JSON.parse(
      '{"items.0.qty":["Too few"],"constructor":["No"],"__proto__":["Never"]}',
    ) as object;
    const body = {
      type: 'ActionInputError',
      code: 'BAD_REQUEST',
      status: 400,
      message: 'm',
      fields,
      formErrors: ['f'],
      issues: [],
    };
    const { error } = await clientOf(() => json(body, 422)).client['x']!({});
    expect(
      isInputError(error) && [error.fields['items.0.qty'], error.fields['constructor'], error.formErrors],
    ).toEqual([['Too few'], ['No'], ['f']]);
    expect([error?.status, error instanceof ActionError, error?.name]).toEqual([
      422,
      true,
      'ActionInputError',
    ]);
  });

  it.each<[string, number, string | null, string]>([
    ['a login page', 200, 'text/html; charset=utf-8', '<form>'],
    ['a proxy page', 502, 'text/html', '<h1>Bad gateway'],
    ['a plain refusal', 403, 'text/plain', 'Forbidden'],
    ['an empty failure', 500, null, ''],
    ['broken JSON', 200, 'application/json', '{"a":'],
    ['empty JSON', 200, 'application/json', ''],
    ['broken devalue', 200, 'application/json+devalue', '[[9]'],
    ['another type of JSON', 200, 'application/jsonl', '1'],
    ["somebody else's JSON error", 401, 'application/json', '{"message":"Unauthorized"}'],
    ['a null as error', 500, 'application/json', 'null'],
  ])('%s is an error with the true status', async (_what, status, type, text) => {
    const { client } = clientOf(
      () => new Response(text, { status, headers: type === null ? {} : { 'content-type': type } }),
    );
    const { data, error } = await client['x']!({});
    // Response adds text/plain to a string body of its own accord.
    expect([data, error?.code, error?.status]).toEqual([undefined, 'UNEXPECTED_RESPONSE', status]);
    expect(error?.message).toContain(`${BASE}/_actions/x answered ${status} with ${type ?? 'text/plain'}`);
  });

  it('never rejects, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string()),
        fc.constantFrom(200, 201, 400, 415, 500),
        fc.constantFrom(
          'application/json',
          'application/json+devalue',
          'application/json; portico=redirect',
          'text/html',
        ),
        fc.boolean(),
        async (text, status, type, isError) => {
          const body = isError ? `{"type":"ActionInputError","fields":${text},"formErrors":${text}}` : text;
          const { client } = clientOf(
            () => new Response(body, { status, headers: { 'content-type': type } }),
          );
          const result = await client['x']!({});
          expect(Object.keys(result).slice(0, 2)).toEqual(['data', 'error']);
          if (result.error)
            expect([isActionError(result.error), typeof result.error.message]).toEqual([true, 'string']);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('no answer', () => {
  it('input that cannot be sent', async () => {
    const { client, server } = clientOf(() => json(1));
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const { error } = await client['x']!(loop);
    expect([error?.code, error?.status, server.requests.length]).toEqual(['BAD_REQUEST', 400, 0]);
    expect(error?.message).toMatch(/_actions\/x could not be called: Converting circular/);
  });

  it('headers that cannot be had', async () => {
    const cause = new Error('no token');
    const { client } = clientOf(() => json(1), { headers: () => Promise.reject(cause) });
    const { error } = await client['x']!({});
    expect([error?.code, error?.cause]).toEqual(['BAD_REQUEST', cause]);
  });

  it('no origin, on a server', async () => {
    const { error } = await (createClient<object>() as unknown as Loose)['x']!({});
    expect([error?.code, error?.message]).toEqual([
      'BAD_REQUEST',
      expect.stringContaining('/_actions/x could not be called'),
    ]);
  });

  it.each([null, Symbol('s'), Object.create(null), 'text'])(
    'a fetch that rejects with what is no error: %#',
    async (cause) => {
      const { error } = await clientOf(() => Promise.reject(cause)).client['x']!({});
      expect([error?.code, error?.cause]).toEqual(['NETWORK_ERROR', cause]);
    },
  );

  it('a network failure', async () => {
    const cause = new TypeError('fetch failed');
    const { error } = await clientOf(() => Promise.reject(cause)).client['x']!({});
    expect([error?.code, error?.status, error?.cause]).toEqual(['NETWORK_ERROR', 0, cause]);
  });

  const hanging = (request: Request): Promise<Response> =>
    new Promise((_resolve, reject) => {
      const end = (): void => reject(request.signal.reason as Error);
      if (request.signal.aborted) end();
      else request.signal.addEventListener('abort', end);
    });

  it.each([
    ['ABORTED', 'before', new DOMException('Left', 'AbortError')],
    ['ABORTED', 'during', 'any reason'],
    ['TIMEOUT', 'during', new DOMException('Too late', 'TimeoutError')],
  ])('%s %s the call', async (code, when, reason) => {
    const { client } = clientOf(hanging);
    const controller = new AbortController();
    if (when === 'before') controller.abort(reason);
    const result = client['x']!({}, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 1);
    expect((await result).error).toMatchObject({ code, status: 0 });
  });

  it('the timeout of the client, also beside a signal', async () => {
    const { client } = clientOf(hanging, { timeout: 5 });
    expect((await client['x']!({})).error).toMatchObject({ code: 'TIMEOUT', status: 0 });
    const { signal } = new AbortController();
    expect((await client['x']!({}, { signal })).error).toMatchObject({ code: 'TIMEOUT', status: 0 });
  });
});

describe('orThrow', () => {
  it('returns the data', async () => {
    expect(await clientOf(() => json({ a: 1 })).client['x']!.orThrow({})).toEqual({ a: 1 });
  });

  it('throws the error', async () => {
    const { client } = clientOf(() =>
      json({ type: 'ActionError', code: 'GONE', status: 410, message: 'Gone' }, 410),
    );
    const error: unknown = await client['x']!.orThrow({}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionError);
    expect(error).toMatchObject({ code: 'GONE', status: 410 });
  });
});
