import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { actionUrl } from 'portico/html';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sendRaw } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const ACCEPT_JSON = { accept: 'application/json' };

async function site(options: Omit<PorticoOptions, 'actions'> = {}) {
  const where = defineAction({
    method: 'GET',
    handler: (_input, ctx) => ({
      origin: ctx.url.origin,
      address: ctx.clientAddress,
      link: actionUrl(ctx, 'where'),
    }),
  });
  const save = defineAction({
    accept: 'any',
    input: z.object({ title: z.string() }),
    handler: ({ title }) => ({ title }),
  });
  const portico = createPortico({ actions: { where, save }, onError: () => undefined, ...options });
  const pages = (): Response => new Response('page', { headers: { vary: 'Accept-Language' } });
  const served = await serve(portico, { pages });
  const whereOf = async (headers: Record<string, string>): Promise<Record<string, string>> => {
    const { body } = await sendRaw(served.url, 'GET /_actions/where', headers);
    return JSON.parse(body) as Record<string, string>;
  };
  return { ...served, whereOf };
}

describe('X-Forwarded-* spoofing', () => {
  const spoofed = {
    'X-Forwarded-For': '203.0.113.9',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'evil.example',
    'X-Real-IP': '203.0.113.9',
    Forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
  };

  it.each([
    ['nobody', undefined],
    ['somebody else', ['198.51.100.0/24', 'fc00::/7']],
  ])('counts for nothing where %s is trusted', async (_who, trustedProxies) => {
    const { whereOf, url } = await site(trustedProxies === undefined ? {} : { trustedProxies });
    const { origin, address, link } = await whereOf(spoofed);
    expect(origin).toBe(url);
    expect(address).toMatch(/^127\.0\.0\.1$/);
    expect(link).toBe(`${url}/actions/where`);
  });

  it('counts from a proxy that is trusted, but never the Forwarded header', async () => {
    const { whereOf } = await site({ trustedProxies: ['loopback'] });
    const { Forwarded: _forwarded, ...known } = spoofed;
    expect(await whereOf(known)).toEqual({
      origin: 'https://evil.example',
      address: '203.0.113.9',
      link: 'https://evil.example/actions/where',
    });
  });

  it('what the client itself wrote stands left of what the proxy added, and is not believed', async () => {
    const { whereOf } = await site({ trustedProxies: ['loopback'] });
    const { address } = await whereOf({ 'X-Forwarded-For': '10.0.0.1, 203.0.113.9' });
    expect(address).toBe('203.0.113.9');
  });

  it('links of a site that knows its URL name it, whatever Host or proxy say (CVE-2022-29933)', async () => {
    const { whereOf } = await site({ siteUrl: 'https://club.example', trustedProxies: ['loopback'] });
    expect((await whereOf({ ...spoofed, Host: 'evil.example' }))['link']).toBe(
      'https://club.example/actions/where',
    );
  });

  it('does not make a foreign Origin one’s own', async () => {
    const { url } = await site();
    const headers = {
      ...spoofed,
      Origin: 'https://evil.example',
      Cookie: 'a=b',
      'Content-Type': 'application/json',
      ...ACCEPT_JSON,
    };
    expect((await sendRaw(url, 'POST /_actions/save', headers, '{"title":"x"}')).status).toBe(403);
  });

  it.each(['', 'a b', 'a/b', '[::1', 'x'.repeat(300), 'a:99999', '"', '%00'])(
    'a Host header of %j breaks nothing',
    async (Host) => {
      const { url } = await site();
      for (const line of [
        'GET /_actions/where',
        'POST /page?_action=save',
        'POST /actions/save',
        'GET /page',
      ]) {
        const headers = { Host, 'Content-Type': 'application/x-www-form-urlencoded', Referer: 'http://x/' };
        const { status } = await sendRaw(url, line, headers, line.startsWith('POST') ? 'a=b' : '');
        expect([line, status]).toEqual([line, expect.toSatisfy((code: number) => code < 500)]);
      }
    },
  );
});

describe('CORS', () => {
  const named = 'https://app.example';
  const strange = 'https://evil.example';
  const preflight = (origin: string, headers = 'content-type'): Record<string, string> => ({
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': headers,
  });
  const allowed = (response: Response): string | null => response.headers.get('access-control-allow-origin');

  it('is off: no origin may read, and a preflight is no method of an action', async () => {
    const { url } = await site();
    const asked = await fetch(`${url}/_actions/save`, { method: 'OPTIONS', headers: preflight(named) });
    expect([asked.status, allowed(asked)]).toEqual([405, null]);
    const read = await fetch(`${url}/_actions/where`, { headers: { origin: named } });
    expect([read.status, allowed(read), read.headers.get('vary')]).toEqual([200, null, null]);
  });

  it('opens to nobody where `origins` fails, and the action’s answer and session are there', async () => {
    const origins = (): boolean => {
      throw new Error('The database is gone.');
    };
    const reported: unknown[] = [];
    const { url } = await site({ cors: { origins }, onError: (error: unknown) => void reported.push(error) });
    const answer = await fetch(`${url}/_actions/where`, { headers: { origin: named } });
    expect([answer.status, allowed(answer), answer.headers.get('vary')]).toEqual([200, null, 'Origin']);
    expect(reported).toEqual([expect.objectContaining({ message: 'The database is gone.' })]);
  });

  it('answers the preflight of a named origin', async () => {
    const { url } = await site({ cors: { origins: [named], credentials: true, maxAge: 60 } });
    const response = await fetch(`${url}/_actions/save`, {
      method: 'OPTIONS',
      headers: preflight(named, 'Content-Type, X-CSRF-Token, X-Evil'),
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': named,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': 'content-type, x-csrf-token',
      'access-control-max-age': '60',
      vary: expect.stringContaining('Origin'),
    });
    expect(await response.text()).toBe('');
  });

  it.each([
    strange,
    'null',
    'https://app.example.evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://APP.example.',
  ])('gives %s nothing', async (origin) => {
    const { url } = await site({ cors: { origins: [named], credentials: true } });
    const asked = await fetch(`${url}/_actions/save`, { method: 'OPTIONS', headers: preflight(origin) });
    const read = await fetch(`${url}/_actions/where`, { headers: { origin } });
    for (const response of [asked, read]) {
      expect([allowed(response), response.headers.get('access-control-allow-credentials')]).toEqual([
        null,
        null,
      ]);
      expect(response.headers.get('vary')).toContain('Origin');
    }
  });

  it.each(['/_actions/where', '/_actions/nope', '/actions/where', '/page'])(
    'lets a named origin read %s, errors included',
    async (path) => {
      const { url } = await site({ cors: { origins: [named] } });
      const response = await fetch(url + path, { headers: { origin: named, ...ACCEPT_JSON } });
      expect([allowed(response), response.headers.get('access-control-allow-credentials')]).toEqual([
        named,
        null,
      ]);
      expect(response.headers.get('access-control-expose-headers')).toContain('retry-after');
    },
  );

  it.each([
    ['a named origin', [named]],
    ['every origin', () => true],
  ])(
    'opens reading, not writing: %s may not post forms with the visitor’s cookies',
    async (_what, origins) => {
      const headers = { origin: named, 'sec-fetch-site': 'cross-site', cookie: 'portico=a', ...ACCEPT_JSON };
      for (const path of ['/_actions/save', '/actions/save', '/page?_action=save', '/page?action=save']) {
        const { url } = await site({ cors: { origins } });
        const response = await fetch(url + path, {
          method: 'POST',
          headers,
          body: new URLSearchParams({ title: 'x' }),
        });
        expect([path, (await response.json()) as object]).toEqual([
          path,
          expect.objectContaining({ code: 'CSRF_FAILED' }),
        ]);
      }
    },
  );

  it('lets an origin write that is trusted with that as well', async () => {
    const { url } = await site({ cors: { origins: [named], credentials: true }, trustedOrigins: [named] });
    const headers = {
      origin: named,
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/json',
      cookie: 'portico=a',
    };
    const response = await fetch(`${url}/_actions/save`, { method: 'POST', headers, body: '{"title":"x"}' });
    expect([response.status, allowed(response)]).toEqual([200, named]);
  });

  it('keeps what a page itself says about caching', async () => {
    const { url } = await site({ cors: { origins: [named] } });
    const response = await fetch(`${url}/page`, { headers: { origin: named } });
    const vary = (response.headers.get('vary') ?? '').split(/,\s*/);
    expect(vary.toSorted()).toEqual(['Accept-Language', 'Origin']);
  });

  it.each(['*', 'app.example', 'https://app.example/', 'https://app.example/path', 'null'])(
    'does not start with the origin %s',
    (origin) => {
      expect(() => createPortico({ cors: { origins: [origin] } })).toThrow(/origin/);
    },
  );

  it('asks a function, each time', async () => {
    let open = false;
    const { url } = await site({ cors: { origins: (origin) => open && origin === named } });
    const read = async (): Promise<string | null> =>
      allowed(await fetch(`${url}/_actions/where`, { headers: { origin: named } }));
    expect(await read()).toBeNull();
    open = true;
    expect(await read()).toBe(named);
  });
});
