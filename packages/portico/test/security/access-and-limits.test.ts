import {
  ActionTreeError,
  ActionError,
  createPortico,
  defineAction,
  type PorticoOptions,
  type PorticoUser,
} from 'portico';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { bodyFor, DOORS, ROUTES, type Door } from './doors.ts';
import { answerBeforeBody } from './unread.ts';

const quiet = { secrets: ['a secret of at least thirty-two letters'], onError: () => undefined };
const ACCEPT_JSON = { accept: 'application/json' };

type Rules = Pick<Parameters<typeof defineAction>[0], 'access' | 'limit' | 'body'>;

async function site(rules: Rules, options: Omit<PorticoOptions, 'actions'> = {}) {
  const calls: unknown[] = [];
  const save = defineAction({
    accept: 'any',
    input: z.object({ title: z.string().min(3), email: z.string().optional() }),
    ...(rules as object),
    handler: (input) => {
      calls.push(input);
    },
  });
  const portico = createPortico({
    actions: { notes: { save } },
    routes: ROUTES,
    user: (ctx) => (ctx.cookies.has('user') ? ({ id: 7 } as unknown as PorticoUser) : null),
    ...options,
  });
  const served = await serve(portico, { pages: () => new Response('<form>') });
  const post = (
    door: Door,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const { body, type } = bodyFor(door, fields);
    const all = { 'sec-fetch-site': 'same-origin', 'content-type': type, ...headers };
    return fetch(served.url + door.path, { method: 'POST', headers: all, body, redirect: 'manual' });
  };
  return { ...served, calls, post };
}

const byUrl = DOORS.filter(({ action }) => action === undefined);
const typeOf = (door: Door): string => bodyFor(door, {}).type;

describe('requireAccess', () => {
  const options = { requireAccess: true };
  it('does not start with an action that says nothing about who may call it', () => {
    const actions = { users: { save: defineAction({ handler: () => null }) } };
    expect(() => createPortico({ actions, ...options })).toThrow(ActionTreeError);
    expect(() => createPortico({ actions, ...options })).toThrow(/"users\.save" has no access/);
    expect(() => createPortico({ plugins: [{ actions }], ...options })).toThrow(
      /"users\.save" has no access/,
    );
  });

  it('starts once every action says so', () => {
    const actions = { save: defineAction({ access: 'public', handler: () => null }) };
    expect(() => createPortico({ actions, ...options })).not.toThrow();
  });

  it("does not start with access: 'user' and nobody to ask", () => {
    const actions = { save: defineAction({ access: 'user', handler: () => null }) };
    expect(() => createPortico({ actions })).toThrow(/no user function/);
  });
});

describe('access', () => {
  it.each(DOORS)('refuses a guest with 401 and lets a user in, at the door $name', async (door) => {
    const { post, calls } = await site({ access: 'user' });
    const refused = await post(door, { title: 'Hello' }, ACCEPT_JSON);
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    expect(calls).toEqual([]);
    expect((await post(door, { title: 'Hello' }, { ...ACCEPT_JSON, cookie: 'user=7' })).ok).toBe(true);
    expect(calls).toHaveLength(1);
  });

  const THROWS = (): never => {
    throw new Error('the rule is broken');
  };
  it.each<[string, Rules['access'], number]>([
    ['false', () => false, 403],
    ['nothing', () => undefined, 403],
    ['an object', () => ({ ok: true }), 403],
    ['the text "true"', () => 'true', 403],
    ['1', () => 1, 403],
    ['a promise of an object', () => Promise.resolve({}), 403],
    ['a throw', THROWS, 403],
    ['a rejection', () => Promise.reject(new Error('no')), 403],
    ['an outage', () => Promise.reject(new ActionError({ code: 'SERVICE_UNAVAILABLE' })), 503],
    ['true', () => true, 200],
    ['a promise of true', () => Promise.resolve(true), 200],
  ])('a rule that gives %s', async (_what, access, status) => {
    const { post, calls } = await site(access === undefined ? {} : { access }, { ...quiet, dev: false });
    const door = DOORS[3] as Door;
    const response = await post(door, { title: 'Hello' }, { ...ACCEPT_JSON, cookie: 'user=7' });
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('broken');
    expect(calls).toHaveLength(status === 200 ? 1 : 0);
  });

  it.each(byUrl)('is asked before the body is read, at the door $name', async (door) => {
    const { url, calls } = await site({ access: 'user', body: { maxBytes: 2 ** 31 } });
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': typeOf(door), ...ACCEPT_JSON };
    const { status, text } = await answerBeforeBody(url + door.path, headers);
    expect([status, JSON.parse(text)]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    const forbidden = await site({ access: () => false, body: { maxBytes: 2 ** 31 } });
    expect(
      (await answerBeforeBody(forbidden.url + door.path, { ...headers, cookie: 'user=7' }, 'chunked')).status,
    ).toBe(403);
    expect(calls).toEqual([]);
  });
});

describe('what else is refused without its body', () => {
  const json = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  it.each([
    ['an unknown action', '/_actions/nope', json, 404],
    ['a wrong verb', '/_actions/notes.save', { ...json, 'x-method': 'PUT' }, 413],
    [
      'a content type that is not taken',
      '/_actions/notes.save',
      { ...json, 'content-type': 'application/xml' },
      415,
    ],
    ['a body over the limit', '/_actions/notes.save', json, 413],
    [
      'a form over the limit',
      '/actions/notes/save',
      { ...json, 'content-type': 'application/x-www-form-urlencoded' },
      413,
    ],
    [
      'a multipart form over the limit',
      '/actions/notes/save',
      { ...json, 'content-type': 'multipart/form-data; boundary=b' },
      413,
    ],
    [
      'a forged call',
      '/_actions/notes.save',
      {
        'sec-fetch-site': 'cross-site',
        origin: 'https://evil.example',
        'content-type': 'application/json',
        cookie: 'a=b',
      },
      403,
    ],
  ])('%s', async (_what, path, headers, status) => {
    const { url } = await site({});
    const answer = await answerBeforeBody(url + path, { ...ACCEPT_JSON, ...headers });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ message: expect.any(String) });
  });

  it('a body without a length that turns out too large, as soon as it is', async () => {
    const { url } = await site({ body: { maxBytes: 1000 } });
    const headers = { ...ACCEPT_JSON, ...json };
    expect(
      (await answerBeforeBody(`${url}/_actions/notes.save`, headers, 'chunked', ' '.repeat(5000))).status,
    ).toBe(413);
  });
});

describe('limits', () => {
  it.each(DOORS)('by IP: 429 with Retry-After at the door $name, in JSON and HTML', async (door) => {
    for (const headers of [ACCEPT_JSON, { accept: 'text/html' }]) {
      const { post, calls } = await site({ limit: { points: 2, seconds: 60, by: 'ip' } });
      await post(door, { title: 'Hello' }, headers);
      await post(door, { title: 'Hello' }, headers);
      const refused = await post(door, { title: 'Hello' }, headers);
      expect([headers, refused.status]).toEqual([headers, 429]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(calls).toHaveLength(2);
    }
  });

  it.each(byUrl)('by IP: counted before the body is read, at the door $name', async (door) => {
    const { url, post } = await site({
      limit: { points: 1, seconds: 60, by: 'ip' },
      body: { maxBytes: 2 ** 31 },
    });
    await post(door, { title: 'Hello' });
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': typeOf(door), ...ACCEPT_JSON };
    const answer = await answerBeforeBody(url + door.path, headers);
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  });

  it('by IP: input that is not valid counts, too', async () => {
    const { post } = await site({ limit: { points: 1, seconds: 60, by: 'ip' } });
    const door = DOORS[0] as Door;
    expect((await post(door, { title: '' })).status).toBe(400);
    expect((await post(door, { title: 'Hello' })).status).toBe(429);
  });

  it('by IP: a header that claims another address is another address only from a proxy that is trusted', async () => {
    const limit = { points: 1, seconds: 60, by: 'ip' } as const;
    const door = DOORS[0] as Door;
    const statuses = async (options: Omit<PorticoOptions, 'actions'>): Promise<number[]> => {
      const { post } = await site({ limit }, options);
      const from = (address: string) =>
        post(
          door,
          { title: 'Hello' },
          { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}` },
        );
      return [
        (await from('203.0.113.1')).status,
        (await from('203.0.113.2')).status,
        (await from('203.0.113.1')).status,
      ];
    };
    expect(await statuses({})).toEqual([204, 429, 429]);
    expect(await statuses({ trustedProxies: ['loopback'] })).toEqual([204, 204, 429]);
  });

  const byEmail = {
    points: 1,
    seconds: 60,
    by: (_ctx: unknown, input: unknown) => (input as { email: string }).email,
  } as const;

  it.each(DOORS)('by input: each key for itself, at the door $name', async (door) => {
    const { post } = await site({ limit: byEmail as NonNullable<Rules['limit']> });
    const status = async (email: string): Promise<boolean> =>
      (await post(door, { title: 'Hello', email }, ACCEPT_JSON)).status === 429;
    expect([await status('a'), await status('b'), await status('a'), await status('b')]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('by input: counted after validation', async () => {
    const { post } = await site({ limit: byEmail as NonNullable<Rules['limit']> });
    const door = DOORS[0] as Door;
    for (let count = 0; count < 3; count++)
      expect((await post(door, { title: '', email: 'a' })).status).toBe(400);
    expect((await post(door, { title: 'Hello', email: 'a' })).status).toBe(204);
    const refused = await post(door, { title: 'Hello', email: 'a' });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([
      429,
      expect.stringMatching(/^\d+$/),
    ]);
    expect((await refused.json()) as object).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      data: { retryAfter: expect.any(Number) },
    });
  });

  it('several of them hold together', async () => {
    const { post } = await site({
      limit: [{ points: 3, seconds: 60, by: 'ip' }, byEmail] as unknown as NonNullable<Rules['limit']>,
    });
    const door = DOORS[0] as Door;
    const status = async (email: string): Promise<number> =>
      (await post(door, { title: 'Hello', email })).status;
    expect([await status('a'), await status('a'), await status('b'), await status('c')]).toEqual([
      204, 429, 204, 429,
    ]);
  });
});
