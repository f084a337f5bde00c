import { createPortico, defineAction, type ObservedRequest } from 'portico';
import { explorer } from 'portico/explorer';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApp, order } from '../explorer/fixture.ts';
import { production } from '../support/production.ts';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const SECRET = 'hunter2-of-the-visitor';
const secrets = production.secrets;

describe('from outside', () => {
  test.each<[string, Record<string, string>]>([
    ['a page rebound to this machine', { Host: 'evil.test:PORT' }],
    ['a name that begins like one of this machine', { Host: 'localhost.evil.test' }],
    ['a name that ends like an address of it', { Host: 'evil.127.0.0.1.nip.io' }],
    ['a proxy that names its client', { 'X-Forwarded-For': '203.0.113.9' }],
    ['a spoof in front of what the proxy says', { 'X-Forwarded-For': '127.0.0.1, 203.0.113.9' }],
    ['a proxy that says it otherwise', { 'X-Real-IP': '203.0.113.9' }],
    ['a proxy of the standard', { Forwarded: 'for=127.0.0.1' }],
  ])('%s gets nothing', async (_name, headers) => {
    const { url } = await serve(openApp({}, { dev: true }));
    const { port } = new URL(url);
    const sent = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, v.replace('PORT', port)]));
    for (const path of ['/_portico', '/_portico/requests', '/_portico/actions.json']) {
      expect((await sendRaw(url, `GET ${path}`, sent)).status).toBe(403);
    }
  });

  test('behind a proxy that is trusted, a spoofed address does not make anybody local', async () => {
    const { url } = await serve(openApp({}, { dev: true, trustedProxies: ['127.0.0.1'] }));
    for (const chain of ['203.0.113.9', '127.0.0.1, 203.0.113.9', '203.0.113.9, 127.0.0.1']) {
      expect((await sendRaw(url, 'GET /_portico', { 'X-Forwarded-For': chain })).status).toBe(403);
    }
  });

  test('nothing is there where NODE_ENV was forgotten', async () => {
    const before = process.env['NODE_ENV'];
    delete process.env['NODE_ENV'];
    try {
      const app = createPortico({ actions: {}, secrets, plugins: [explorer()] });
      const answer = await app.fetch(new Request('http://localhost/_portico'), {
        clientAddress: '127.0.0.1',
      });
      expect(answer.status).toBe(404);
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });

  test.each([
    '/_portico/assets/../requests.json',
    '/_portico/assets/%2e%2e/%2e%2e/package.json',
    '/_portico/assets/..%2f..%2fpackage.json',
    '/_portico/actions/..%2f..%2fpackage.json',
    '/_portico/actions/__proto__',
    '/_portico/actions/constructor',
    '/_portico/requests/__proto__',
    '/_portico/actions/%E0%A4%A',
  ])('%s leads to nothing', async (path) => {
    const { url } = await serve(openApp({}, { dev: true }));
    expect((await sendRaw(url, `GET ${path}`)).status).toBe(404);
  });

  test('an EventSource and a WebSocket of another site are told nothing', async () => {
    const { url } = await serve(openApp({}, { dev: true }));
    const stream = { Accept: 'text/event-stream', Origin: 'https://evil.example', 'Sec-Fetch-Mode': 'cors' };
    expect((await sendRaw(url, 'GET /_portico/requests', stream)).status).toBe(403);
    const socket = { Upgrade: 'websocket', Connection: 'Upgrade, close', Origin: 'https://evil.example' };
    expect((await sendRaw(url, 'GET /_portico/requests', socket)).status).toBe(403);
  });
});

describe('what it remembers', () => {
  const actions = {
    save: defineAction({
      accept: 'any',
      input: z.looseObject({ people: z.array(z.looseObject({ name: z.string() })).optional() }),
      handler: () => 'saved',
    }),
    find: defineAction({ method: 'GET', input: z.looseObject({}), handler: () => 'found' }),
    refuses: defineAction({
      accept: 'any',
      body: { maxBytes: 2_000_000 },
      input: z.record(z.string(), z.number()),
      handler: () => 'saved',
    }),
  };

  function watched(): { app: ReturnType<typeof createPortico>; seen: ObservedRequest[] } {
    const seen: ObservedRequest[] = [];
    const app = createPortico({
      actions,
      secrets,
      dev: true,
      routes: { 'GET /reset/:token': 'find' },
      plugins: [explorer(), { observe: (one) => seen.push(one) }],
      logger: { error: () => undefined, warn: () => undefined },
    });
    return { app: app as unknown as ReturnType<typeof createPortico>, seen };
  }

  const nested = {
    people: [{ name: 'Ada', password: SECRET, deep: { api_token: SECRET } }],
    newPassword: SECRET,
  };

  test.each<[string, string, RequestInit]>([
    ['JSON with lists', '/_actions/save', { method: 'POST', body: JSON.stringify(nested) }],
    ['JSON that is cut off', '/_actions/save', { method: 'POST', body: `{"password":"${SECRET}` }],
    [
      'a form',
      '/actions/save',
      { method: 'POST', body: new URLSearchParams({ 'people[0][password]': SECRET }) },
    ],
    ['a query', `/_actions/find?token=${SECRET}&a[password]=${SECRET}`, {}],
    ['a route', `/reset/${SECRET}`, {}],
    [
      'a header',
      '/_actions/save',
      { method: 'POST', body: '{}', headers: { authorization: `Bearer ${SECRET}` } },
    ],
    ['a cookie', '/_actions/save', { method: 'POST', body: '{}', headers: { cookie: `session=${SECRET}` } }],
    ['a page’s query', `/somewhere?_action=save&token=${SECRET}`, { method: 'POST', body: new FormData() }],
  ])('holds no secret: %s', async (_name, path, init) => {
    const { app, seen } = watched();
    const headers = new Headers({
      'sec-fetch-site': 'same-origin',
      ...(init.headers as Record<string, string>),
    });
    if (typeof init.body === 'string') headers.set('content-type', 'application/json');
    await app.fetch(new Request(`http://localhost${path}`, { ...init, headers }));
    expect(seen).toHaveLength(1);
    const [one] = seen;
    expect(JSON.stringify({ ...one, input: one?.input })).not.toContain(SECRET);
    for (const page of ['/_portico/requests', `/_portico/requests/${one?.requestId}`]) {
      const shown = await app.fetch(new Request(`http://localhost${page}`), { clientAddress: '127.0.0.1' });
      expect([shown.status, (await shown.text()).includes(SECRET)]).toEqual([200, false]);
    }
  });

  test('stays small, whatever is sent', async () => {
    const { app, seen } = watched();
    const many = (name: string): string =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`${name}${n}`, 'v'])));
    for (const body of [many('password'), many('field'), JSON.stringify({ ['x'.repeat(900_000)]: 'v' })]) {
      const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
      await app.fetch(new Request('http://localhost/_actions/refuses', { method: 'POST', body, headers }));
    }
    const sizes = seen.map((one) => JSON.stringify({ ...one, input: one.input }).length);
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThan(150_000);
  });

  test('is shown as text, whoever wrote it', async () => {
    const { app, seen } = watched();
    const nasty = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const form = new FormData();
    form.set(nasty, nasty);
    form.set('scan', new File(['x'], nasty));
    const headers = { 'sec-fetch-site': 'same-origin' };
    const post = (path: string): Promise<Response> =>
      app.fetch(new Request(`http://localhost${path}`, { method: 'POST', body: form, headers }));
    await post('/actions/save');
    await post('/actions/refuses');
    await post(`/_actions/${encodeURIComponent(nasty)}`);
    const pages = [
      '/_portico/requests',
      `/_portico/requests?name=${encodeURIComponent(nasty)}&outcome=${encodeURIComponent(nasty)}`,
      `/_portico?q=${encodeURIComponent(nasty)}`,
      `/_portico/actions/${encodeURIComponent(nasty)}`,
      ...seen.flatMap(({ requestId, action }) => [
        `/_portico/requests/${requestId}`,
        `/_portico/actions/${encodeURIComponent(action)}?request=${requestId}`,
      ]),
    ];
    for (const page of pages) {
      const shown = await app.fetch(new Request(`http://localhost${page}`), { clientAddress: '127.0.0.1' });
      const text = await shown.text();
      expect(text).not.toMatch(/<script>alert|<img src=x/);
      expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'");
    }
  });
});

describe('a call as somebody', () => {
  test('leaves whoever looks signed out, and hands out no cookie of the session', async () => {
    const { url, agent } = await serve(openApp({}, { dev: true }));
    const developer = agent();
    const answer = await developer.post('/_portico/call', order({ action: 'me', user: '1' }));
    const text = await answer.text();
    expect(text).toContain('"status":200');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(text).not.toMatch(/portico[_-]?session=[^"…]{13,}/i);
    expect((await developer.post('/_actions/me', {})).status).toBe(401);
    expect(new URL(url).hostname).toBe('localhost');
  });
});

test('an action whose input holds itself has a page', async () => {
  const list: z.ZodType = z.array(z.lazy(() => list));
  const app = createPortico({
    secrets,
    dev: true,
    actions: { tree: defineAction({ input: z.object({ list }), handler: () => 1 }) },
    plugins: [explorer()],
  });
  for (const path of ['/_portico', '/_portico/actions/tree', '/_portico/actions.json']) {
    const answer = await app.fetch(new Request(`http://localhost${path}`), { clientAddress: '127.0.0.1' });
    expect([path, answer.status]).toEqual([path, 200]);
  }
});
