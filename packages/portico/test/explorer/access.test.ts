import { describe, expect, test } from 'vitest';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';
import { openApp, order } from './fixture.ts';

const PATHS = [
  '/_portico',
  '/_portico/actions.json',
  '/_portico/actions/newsletter',
  '/_portico/requests',
  '/_portico/people',
  '/_portico/assets/explorer.js',
];
const POSTS = ['/_portico/call', '/_portico/form', '/_portico/snippets'];
const call = (): FormData => order({ action: 'newsletter' }, { email: 'ada@example.org' });

describe('in production', () => {
  test.each(PATHS)('%s is not there', async (path) => {
    const { agent } = await serve(openApp({}, production));
    expect((await agent().get(path)).status).toBe(404);
  });

  test.each(POSTS)('POST %s is not there', async (path) => {
    const { agent } = await serve(openApp({}, production));
    expect((await agent().post(path, call())).status).toBe(404);
  });

  test('an access rule opens it to those it names, wherever they are', async () => {
    const portico = openApp(
      { access: async (ctx) => ctx.request.headers.get('x-key') === 'open sesame' },
      production,
    );
    const ask = (headers: HeadersInit): Promise<Response> =>
      portico.fetch(new Request('https://example.org/_portico', { headers }), { clientAddress: '192.0.2.1' });
    expect((await ask({})).status).toBe(404);
    expect((await ask({ 'x-key': 'open sesame' })).status).toBe(200);
  });

  test('a rule that answers anything but true lets nobody in', async () => {
    const { agent } = await serve(openApp({ access: () => 'yes' as unknown as boolean }, production));
    expect((await agent().get('/_portico')).status).toBe(404);
  });
});

describe('in development', () => {
  const ask = (url: string, init: RequestInit, clientAddress: string | undefined): Promise<Response> =>
    openApp().fetch(new Request(url, init), { clientAddress });

  test.each<[string, string, RequestInit, string | undefined, number]>([
    ['this machine', 'http://localhost/_portico', {}, '127.0.0.1', 200],
    ['this machine, by IPv6', 'http://[::1]:3000/_portico', {}, '::1', 200],
    ['a name below localhost', 'http://shop.localhost/_portico', {}, '127.0.0.1', 200],
    ['another machine', 'http://localhost/_portico', {}, '192.0.2.1', 403],
    ['nobody knows who', 'http://localhost/_portico', {}, undefined, 403],
    ['a name that was rebound to this machine', 'http://evil.example/_portico', {}, '127.0.0.1', 403],
    [
      'a tunnel',
      'http://localhost/_portico',
      { headers: { 'x-forwarded-for': '192.0.2.1' } },
      '127.0.0.1',
      403,
    ],
    [
      'a proxy that says Forwarded',
      'http://localhost/_portico',
      { headers: { forwarded: 'for=192.0.2.1' } },
      '127.0.0.1',
      403,
    ],
  ])('%s', async (_name, url, init, address, status) => {
    expect((await ask(url, init, address)).status).toBe(status);
  });

  test('the site’s own name is one of this machine’s', async () => {
    const app = openApp({}, { siteUrl: 'http://shop.test:3000' });
    const request = new Request('http://shop.test:3000/_portico');
    expect((await app.fetch(request, { clientAddress: '127.0.0.1' })).status).toBe(200);
  });
});

describe('pages of other sites', () => {
  test.each<[string, Record<string, string>]>([
    ['a form elsewhere', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['a browser without fetch metadata', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['no Origin', { 'sec-fetch-site': 'cross-site' }],
    ['an origin that the app trusts', { origin: 'https://friend.example' }],
  ])('cannot act: %s', async (_name, headers) => {
    let calls = 0;
    const app = openApp(
      {},
      {
        trustedOrigins: ['https://friend.example'],
        use: [(ctx, next) => (ctx.action && calls++, next())],
      },
    );
    const { agent } = await serve(app);
    for (const path of POSTS) {
      expect((await agent({ browser: false }).post(path, call(), { headers })).status).toBe(403);
    }
    expect(calls).toBe(0);
  });

  test('cannot read by script, but may link here', async () => {
    const app = openApp({}, { cors: { origins: ['https://friend.example'] } });
    // Not by the network: Node's fetch says which mode it is in itself.
    const get = async (headers: Record<string, string>): Promise<number> => {
      const request = new Request('http://localhost/_portico/requests', { headers });
      return (await app.fetch(request, { clientAddress: '127.0.0.1' })).status;
    };
    expect(await get({ origin: 'https://friend.example', 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
  });

  test.each(POSTS)('%s takes no GET, by which a link could act', async (path) => {
    const { agent } = await serve(openApp());
    const answer = await agent().get(path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
