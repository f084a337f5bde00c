import fc from 'fast-check';
import { createMemorySessionStore } from 'portico';
import { describe, expect, it } from 'vitest';
import { setCookies, site } from './session-site.ts';

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

describe('the session cookie', () => {
  it.each([
    ['over plain HTTP on localhost', {}, {}, 'portico', false],
    ['over HTTPS', { 'x-forwarded-proto': 'https' }, {}, '__Host-portico', true],
    ['over plain HTTP on another host', { 'x-forwarded-host': 'example.com' }, {}, '__Host-portico', true],
    ['with a domain', { 'x-forwarded-proto': 'https' }, { domain: 'example.com' }, '__Secure-portico', true],
    [
      'where it is told to be insecure',
      { 'x-forwarded-proto': 'https' },
      { secure: false },
      'portico',
      false,
    ],
  ])('%s', async (_what, headers, session, name, secure) => {
    const { agent } = await site({ trustedProxies: ['loopback'], session });
    const response = await agent().post('/_actions/remember', { key: 'a', value: 'x' }, { headers });
    const [line = ''] = setCookies(response);
    const attributes = line
      .split('; ')
      .slice(1)
      .map((attribute) => attribute.toLowerCase());
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
    const flip = (at: number): string =>
      good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    const bad = [
      '',
      'x',
      '%',
      '%E0%A4%A',
      '%00',
      '"',
      good.slice(0, -1),
      good.slice(1),
      `${good}A`,
      good.toUpperCase(),
      'A'.repeat(5000),
    ];
    for (const value of [...bad, ...[0, 3, 10, 20, 40, 60, good.length - 1].map(flip)]) {
      const response = await visitor.get('/', { headers: { cookie: `portico=${value}` } });
      expect([value, response.status, await response.json()]).toMatchObject([
        value,
        200,
        { signedIn: false },
      ]);
    }
    expect((await home(visitor))['signedIn']).toBe(true);
  });

  it('of any text makes a guest, in a store as well', async () => {
    for (const session of [{}, { store: createMemorySessionStore() }]) {
      const { agent } = await site({ session });
      const visitor = agent();
      await fc.assert(
        fc.asyncProperty(
          fc.string({
            unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
            maxLength: 120,
          }),
          async (value) => {
            const response = await visitor.get('/', { headers: { cookie: `portico=${value}` } });
            expect([response.status, await response.json()]).toMatchObject([200, { signedIn: false }]);
          },
        ),
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
    const response = await visitor.post('/actions/notes/save', fields, {
      headers: { referer: `${url}/form` },
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/form']);
    expect(Buffer.byteLength(setCookies(response)[0] ?? '')).toBeLessThanOrEqual(3584);
    expect(await (await visitor.get('/flash')).json()).toEqual({ error: 'No.' });
  });

  it('what an app puts in beyond it is an error with a request id, and no broken answer', async () => {
    const { agent } = await site();
    const response = await agent().post('/_actions/remember', { key: 'a', value: 'x'.repeat(10_000) });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      requestId: expect.any(String),
    });
  });
});
