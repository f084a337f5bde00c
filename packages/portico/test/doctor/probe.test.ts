import { describe, expect, test } from 'vitest';
import { createPortico, type PorticoOptions } from 'portico';
import { createKeyring } from '../../src/http/signing/secrets.ts';
import { readProbe, signProbe } from '../../src/http/signing/probe-header.ts';
import { sign } from '../../src/http/signing/signed.ts';
import type { ProbeReport } from '../../src/request/probe.ts';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';

const keyring = createKeyring(production.secrets);
const other = createKeyring(['another secret that nobody gave to the app']);

async function ask(
  probe: string | undefined,
  { path = '/_portico/probe', ...options }: Partial<PorticoOptions> & { path?: string } = {},
  init: RequestInit = {},
): Promise<Response> {
  const app = createPortico({ ...production, actions: {}, ...options });
  const { url } = await serve(app, { pages: () => new Response('No such page', { status: 404 }) });
  return fetch(url + path, {
    ...init,
    headers: {
      ...(init.headers as Record<string, string>),
      ...(probe !== undefined && { 'x-portico-probe': probe }),
    },
  });
}

describe('without a header of the app’s own secrets nothing is there', () => {
  const PLACE = { purpose: 'probe', name: 'x-portico-probe' };

  test.each<[string, (now: number) => string | undefined]>([
    ['no header', () => undefined],
    ['an unsigned one', (now) => `${now}.abc`],
    ['one of another app', (now) => signProbe(other, 'abc', now)],
    ['one that has expired', (now) => signProbe(keyring, 'abc', now - 61_000)],
    ['one of tomorrow', (now) => signProbe(keyring, 'abc', now + 86_400_000)],
    ['one for another purpose', (now) => sign(keyring, { purpose: 'param', name: 'redirect' }, `${now}.abc`)],
    ['one that was altered', (now) => signProbe(keyring, 'abc', now).replace(/c$/, 'd')],
    ['one with more in it', (now) => sign(keyring, PLACE, `${now}.a b`)],
  ])('%s: the page of the host that any missing path has', async (_name, probe) => {
    const answer = await ask(probe(Date.now()));
    expect([answer.status, await answer.text()]).toEqual([404, 'No such page']);
  });

  test.each([
    [0, 'abc'],
    [60_000, 'abc'],
    [60_001, undefined],
    [-60_001, undefined],
  ])('%i ms after it was signed', (after, id) => {
    const signed = signProbe(keyring, 'abc', 1_800_000_000_000);
    expect(readProbe(keyring, signed, 1_800_000_000_000 + after)).toBe(id);
  });

  test('nor is it anywhere else', async () => {
    expect((await ask(signProbe(keyring, 'abc', Date.now()), { path: '/probe' })).status).toBe(404);
  });
});

test('says what the app saw, and keeps nobody else’s secrets in it', async () => {
  const body = 'PORTICO_CSRF_TOKEN=abc&name=Ada';
  const answer = await ask(
    signProbe(keyring, 'abc', Date.now()),
    {},
    {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: 'portico=hush; theme=dark',
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
        'x-forwarded-for': '203.0.113.77',
        authorization: 'Bearer hush',
      },
    },
  );
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const text = await answer.text();
  expect(text).not.toContain('hush');
  const report = JSON.parse(text) as ProbeReport;
  expect(report).toMatchObject({
    id: 'abc',
    method: 'POST',
    origin: 'https://elsewhere.example',
    secFetchSite: 'cross-site',
    forwarded: { 'x-forwarded-for': '203.0.113.77' },
    cookieNames: ['portico', 'theme'],
    peerAddress: '127.0.0.1',
    trustsPeer: false,
    clientAddress: '127.0.0.1',
    protocol: 'http',
    acceptsOrigin: false,
    secureCookies: false,
    body: { bytes: body.length },
  });
  expect(report.ownOrigin).toBe(`http://${report.host}`);
});

test('below the app’s base, by an older secret, and through a web host', async () => {
  const app = createPortico({
    ...production,
    actions: {},
    base: '/shop',
    secrets: ['a new secret, long enough to be one', ...production.secrets],
  });
  const headers = { 'x-portico-probe': signProbe(keyring, 'abc', Date.now()) };
  const seen = await app.fetch(new Request('https://shop.example/shop/_portico/probe', { headers }), {
    clientAddress: '::1',
  });
  expect(await seen.json()).toMatchObject({
    ownOrigin: 'https://shop.example',
    peerAddress: '::1',
    secureCookies: true,
  });
  expect((await app.fetch(new Request('https://shop.example/_portico/probe', { headers }))).status).toBe(404);
});
