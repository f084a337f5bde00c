import fc from 'fast-check';
import { createMemorySessionStore, createPortico, defineAction, type PorticoOptions, type SessionStore } from 'portico';
import { form, html } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { sendRaw } from '../support/raw.ts';

const ACCEPT_JSON = { accept: 'application/json' };

function site() {
  const received: unknown[] = [];
  const take = (input: unknown) => {
    received.push(input);
    return { ok: true };
  };
  const fields = { title: z.string().optional(), address: z.object({ city: z.string().optional() }).optional() };
  const actions = {
    strict: defineAction({ accept: 'any', input: z.object(fields), model: 'note', handler: take }),
    loose: defineAction({ accept: 'any', input: z.looseObject(fields), model: 'note', handler: take }),
    record: defineAction({ accept: 'any', input: z.object({ entries: z.record(z.string(), z.string()).optional() }), handler: take }),
    plain: defineAction({ accept: 'json', handler: take }),
    formData: defineAction({ accept: 'form', handler: (input) => take(Object.fromEntries(input)) }),
    read: defineAction({ method: 'GET', input: z.looseObject(fields), handler: take }),
    fails: defineAction({ accept: 'any', input: z.looseObject({ ...fields, missing: z.string() }), model: 'note', handler: take }),
  };
  const portico = createPortico({ actions, routes: { 'GET /read/:title': 'read' } });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    return Response.json({ variables: ctx.variables, kept: form(ctx, actions.fails).field('title').value });
  };
  return { actions, portico, pages, received, client: createTestClient(portico, { pages }) };
}

const PATHS = [
  '__proto__[polluted]',
  '__proto__.polluted',
  'constructor[prototype][polluted]',
  'constructor.prototype.polluted',
  'prototype.polluted',
  'address[__proto__][polluted]',
  'address.constructor.prototype.polluted',
  'address[constructor][prototype][polluted]',
  'entries[__proto__]',
  'entries[constructor]',
  'entries.__proto__.polluted',
  'a.b.c.__proto__.polluted',
  '__proto__',
  '__proto__[]',
  '[__proto__][polluted]',
  '.__proto__.polluted',
];

const JSONS = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"address":{"__proto__":{"polluted":true}}}',
  '{"entries":{"__proto__":"polluted"}}',
  '{"title":"x","\\u005f\\u005fproto\\u005f\\u005f":{"polluted":true}}',
  '[{"__proto__":{"polluted":true}}]',
];

describe('prototype pollution', () => {
  afterEach(() => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
  });

  /** Nothing that a handler was given has another prototype than it should, or a key that reaches one. */
  function expectHarmless(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value));
    expect('polluted' in value && !Object.hasOwn(value, 'polluted')).toBe(false);
    for (const child of Object.values(value)) expectHarmless(child);
  }

  const ACTIONS = ['strict', 'loose', 'record', 'fails'];

  it.each(PATHS)('by the form field %s, at every form door', async (name) => {
    const { client, received } = site();
    for (const action of ACTIONS) {
      for (const path of [`/_actions/${action}`, `/page?_action=${action}`, `/actions/${action}`, `/page?action=${action}`]) {
        for (const body of [new URLSearchParams({ [name]: 'polluted' }), multipart(name)]) {
          const answer = await client.post(path, body, ACCEPT_JSON);
          expect([path, answer.status]).toEqual([path, 400]);
        }
      }
    }
    await client.post('/_actions/formData', multipart(name), ACCEPT_JSON);
    received.forEach(expectHarmless);
  });

  it.each(PATHS)('by the query parameter %s', async (name) => {
    const { client, received } = site();
    const query = new URLSearchParams({ [name]: 'polluted' });
    for (const path of ['/_actions/read', '/actions/read', '/read/x']) {
      expect([path, (await client.get(`${path}?${query}`, ACCEPT_JSON)).status]).toEqual([path, 400]);
    }
    const merged = await client.post(`/actions/strict?${query}`, new URLSearchParams({ title: 'x' }), ACCEPT_JSON);
    expect(merged.status).toBe(400);
    received.forEach(expectHarmless);
  });

  it.each(JSONS)('by JSON: %s', async (json) => {
    const { client, received } = site();
    const headers = { ...ACCEPT_JSON, 'content-type': 'application/json' };
    for (const action of [...ACTIONS, 'plain']) {
      for (const path of [`/_actions/${action}`, `/actions/${action}`, `/page?action=${action}`]) {
        const answer = await client.post(path, json, headers);
        expect(answer.status).toBeLessThan(500);
        expectHarmless(answer.json());
      }
    }
    for (const value of received) expect((value as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString'])('by the route parameter %s', async (value) => {
    const { client, received } = site();
    expect((await client.get(`/read/${value}`)).status).toBe(200);
    expect(received).toEqual([{ title: value }]);
  });

  it('by the names of actions', async () => {
    const { client } = site();
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'strict.constructor', 'strict.__proto__', '%5F%5Fproto%5F%5F']) {
      for (const path of [`/_actions/${name}`, `/actions/${name}`]) expect((await client.post(path, '')).status).toBe(404);
    }
  });

  it('by what is kept for the page that is rendered again, now or after a redirect', async () => {
    const { client } = site();
    for (const name of PATHS) {
      const fields = new URLSearchParams({ title: 'mine', [name]: 'polluted' });
      expectHarmless((await client.post('/page?_action=fails', fields)).json());
      expectHarmless((await client.controller('fails', fields, { from: '/page' })).json());
    }
  });

  it('by any nesting of names and values', async () => {
    const { client, received } = site();
    const segment = fc.constantFrom('__proto__', 'constructor', 'prototype', 'a', '0', '', 'polluted', 'title', 'address', 'entries');
    const name = fc.array(segment, { minLength: 1, maxLength: 5 }).map(([first = '', ...rest]) => first + rest.map((part) => `[${part}]`).join(''));
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom(...ACTIONS, 'formData'), async (field, action) => {
        const answer = await client.post(`/_actions/${action}`, new URLSearchParams({ [field]: 'polluted' }), ACCEPT_JSON);
        expect(answer.status).toBeLessThan(500);
        received.splice(0).forEach(expectHarmless);
      }),
      { numRuns: 150 },
    );
  });
});

function multipart(name: string): FormData {
  const data = new FormData();
  data.append(name, 'polluted');
  return data;
}

describe('mass assignment', () => {
  it.each([
    ['a form', new URLSearchParams({ title: 'x', admin: '1', role: 'admin', 'address.admin': '1' }), {}],
    ['JSON', '{"title":"x","admin":true,"role":"admin","address":{"admin":true}}', { 'content-type': 'application/json' }],
  ])('fields the schema does not name never reach the handler from %s', async (_what, body, headers) => {
    for (const path of ['/_actions/strict', '/actions/strict', '/actions/strict?admin=1&role=admin']) {
      const { client, received } = site();
      expect((await client.post(path, body, { ...ACCEPT_JSON, ...headers })).status).toBe(200);
      expect(received).toEqual([{ title: 'x', address: {} }]);
    }
  });

  it('Portico’s own fields never reach a handler, however loose its schema', async () => {
    const { client, received } = site();
    const own = { _form: 'a', PORTICO_CSRF_TOKEN: 'x', action: 'loose' };
    await client.post('/page', new URLSearchParams({ ...own, title: 'x' }), ACCEPT_JSON);
    expect(received).toEqual([{ title: 'x' }]);
  });
});

describe('cross-site scripting through what an answer echoes', () => {
  const EVIL = '"><script>alert(1)</script>';

  it('in error pages', async () => {
    const { portico } = site();
    const { url } = await serve(portico);
    const encoded = encodeURIComponent(EVIL);
    const answers = await Promise.all([
      sendRaw(url, `POST /actions/${encoded}/x`, { Accept: 'text/html' }),
      sendRaw(url, 'POST /x', { 'Content-Type': 'application/x-www-form-urlencoded' }, `action%5B${encoded}%5D=a`),
      sendRaw(url, 'POST /actions/strict', { 'Content-Type': `text/${EVIL}` }, 'x'),
      sendRaw(url, 'POST /actions/strict', { 'Content-Type': 'application/x-www-form-urlencoded' }, `a%5B__proto__%5D${encoded}=1&%ZZ=1`),
      sendRaw(url, 'POST /actions/strict', { 'Origin': EVIL, 'Cookie': 'a=b', 'Content-Type': 'application/x-www-form-urlencoded' }, 'title=x'),
      sendRaw(url, 'POST /actions/formData', { 'Content-Type': 'multipart/form-data; boundary=b' }, `--b\r\nContent-Disposition: form-data; name="${EVIL}\r\n`),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toContain('<script>');
    }
  });

  it('in JSON, which no browser takes for a page', async () => {
    const { client } = site();
    const answer = await client.controller('fails', { title: EVIL }, { json: true });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.json()).toMatchObject({ note: { title: EVIL } });
  });

  it('the error page of our own runs no script, even if one got in, and stands in no frame', async () => {
    const { client } = site();
    const { headers } = await client.get('/actions/nope');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('in forms that are printed again', async () => {
    const { actions, portico } = site();
    const pages = (request: Request): Response => {
      const field = form(portico.context(request), actions.fails).field('title');
      return new Response(String(html`<input value="${field.value}">`));
    };
    const answer = await createTestClient(portico, { pages }).form(actions.fails, { title: EVIL });
    expect(answer.text).toBe('<input value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">');
  });
});

describe('secrets', () => {
  const secretive = (options: Omit<PorticoOptions, 'actions'> = {}) => {
    const schema = z.object({
      email: z.email(),
      password: z.string(),
      newPassword: z.string().optional(),
      apiToken: z.string().optional(),
      client_secret: z.string().optional(),
      pin: z.string().meta({ secret: true }).optional(),
      card: z.object({ number: z.string(), cvc: z.string() }).meta({ secret: true }).optional(),
      photo: z.file().optional(),
    });
    const signUp = defineAction({ accept: 'any', input: schema, model: 'user', handler: () => null });
    const portico = createPortico({ actions: { signUp }, ...options });
    const pages = (request: Request): Response => {
      const ctx = portico.context(request);
      const shown = form(ctx, signUp);
      const names = ['email', 'password', 'newPassword', 'apiToken', 'client_secret', 'pin', 'card.number', 'card.cvc'] as const;
      return Response.json({ variables: ctx.variables, fields: names.map((name) => shown.field(name).value) });
    };
    return { signUp, client: createTestClient(portico, { pages }) };
  };
  const typed = {
    'email': 'not an address',
    'password': 'hunter-1',
    'newPassword': 'hunter-2',
    'apiToken': 'hunter-3',
    'client_secret': 'hunter-4',
    'pin': 'hunter-5',
    'card.number': 'hunter-6',
    'card.cvc': 'hunter-7',
  };

  it.each([
    ['the page rendered in place', (all: ReturnType<typeof secretive>) => all.client.form(all.signUp, typed)],
    ['the page after a redirect', (all: ReturnType<typeof secretive>) => all.client.controller('sign-up', typed, { from: '/page' })],
    ['controller-style JSON', (all: ReturnType<typeof secretive>) => all.client.controller('sign-up', typed, { json: true })],
    ['the rpc wire', (all: ReturnType<typeof secretive>) => all.client.post('/_actions/signUp', new URLSearchParams(typed))],
  ])('are never in %s', async (_where, send) => {
    const { text } = await send(secretive());
    expect(text).not.toContain('hunter');
    expect(text).toMatch(/email/);
  });

  it('are not in the session either, whoever can read its store', async () => {
    const memory = createMemorySessionStore();
    const records: string[] = [];
    const store: SessionStore = {
      read: (key) => memory.read(key),
      destroy: (key) => memory.destroy(key),
      write(key, record, version) {
        records.push(JSON.stringify(record));
        return memory.write(key, record, version);
      },
    };
    const all = secretive({ session: { store } });
    await all.client.controller('sign-up', { ...typed, photo: new File(['hunter-8'], 'a.png') }, { from: '/page' });
    expect(records.join()).toContain('not an address');
    expect(records.join()).not.toContain('hunter');
  });
});
