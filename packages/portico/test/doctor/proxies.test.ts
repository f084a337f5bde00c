import { describe, expect, test } from 'vitest';
import { createPortico, defineAction, type PorticoOptions } from 'portico';
import { explorer } from 'portico/explorer';
import { appOf } from '../../src/app.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { probeApp } from '../../src/doctor/probe-client.ts';
import { createSend } from '../../src/doctor/send-request.ts';
import { production } from '../support/production.ts';
import { serve } from '../support/serve.ts';
import { asItShould, openProxy, without, type ProxyHabits } from './proxy.ts';

const PUBLIC = 'https://shop.example';
const TRUSTING = { trustedProxies: ['127.0.0.1'] };

/** What the doctor says of an app behind a proxy that visitors know as https://shop.example. */
async function ask(
  habits: ProxyHabits,
  options: Partial<PorticoOptions> = TRUSTING,
  at = PUBLIC,
): Promise<Finding[]> {
  const app = createPortico({
    ...production,
    actions: {
      save: defineAction({ limit: { points: 5, seconds: 60, by: 'ip' }, handler: () => undefined }),
    },
    ...options,
  });
  const { url } = await serve(app);
  const connectTo = await openProxy(url, habits);
  const { settings } = appOf(app);
  const results = await probeApp(settings, new URL(at), createSend({ connectTo }));
  return diagnose(results, { siteUrl: settings.siteUrl, limitsByAddress: true });
}

const ids = (findings: readonly Finding[]): string[] => findings.map(({ id }) => id);

test('a proxy that does as it should, and is trusted', async () => {
  expect(await ask({})).toEqual([]);
});

describe('where a setting helps, it is named, and helps', () => {
  const rewritesHost = (headers: Parameters<typeof asItShould>[0], upstream: string) => ({
    ...without(headers, 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'),
    host: upstream,
  });

  test.each<[string, ProxyHabits, string[], string, Partial<PorticoOptions>]>([
    [
      'terminates TLS and says so, to an app that trusts nobody',
      {},
      ['proxy-not-trusted', 'other-origin'],
      "trustedProxies: ['127.0.0.1'].",
      TRUSTING,
    ],
    [
      'rewrites Host, and says what it was',
      { headers: (headers, upstream) => ({ ...asItShould(headers), host: upstream }) },
      ['proxy-not-trusted', 'other-origin', 'cookies-not-secure-here'],
      "trustedProxies: ['127.0.0.1'].",
      TRUSTING,
    ],
    [
      'rewrites Host and says nothing',
      { headers: rewritesHost },
      ['other-origin', 'cookies-not-secure-here'],
      "siteUrl: 'https://shop.example', trustedOrigins: ['https://shop.example'].",
      { siteUrl: PUBLIC, trustedOrigins: [PUBLIC], session: { secure: true } },
    ],
  ])('%s', async (_name, habits, before, fix, settings) => {
    const found = await ask(habits, {});
    expect(ids(found)).toEqual(before);
    expect(found.find(({ id }) => id === 'other-origin')?.fix).toContain(fix);
    expect(await ask(habits, settings)).toEqual([]);
  });

  test('limits by address make an ignored proxy an error', async () => {
    expect((await ask({}, {})).find(({ id }) => id === 'proxy-not-trusted')).toMatchObject({
      severity: 'error',
      title: expect.stringContaining('A proxy at 127.0.0.1 sends x-forwarded-for'),
    });
  });
});

describe('where the proxy has to change', () => {
  const good = asItShould;

  test.each<[string, ProxyHabits, string[]]>([
    ['drops Origin', { headers: (headers) => without(good(headers), 'origin') }, ['origin-dropped:warning']],
    [
      'strips Sec-Fetch-Site',
      { headers: (headers) => without(good(headers), 'sec-fetch-site') },
      ['fetch-metadata-dropped:warning'],
    ],
    [
      'strips both',
      { headers: (headers) => without(good(headers), 'origin', 'sec-fetch-site') },
      ['origin-dropped:error', 'fetch-metadata-dropped:error'],
    ],
    [
      'writes Origin anew for itself',
      {
        headers: (headers) => ({
          ...good(headers),
          ...(headers.origin && { origin: 'http://upstream:3000' }),
        }),
      },
      ['origin-changed:error'],
    ],
    [
      'writes every Origin as the site’s own',
      { headers: (headers) => ({ ...good(headers), ...(headers.origin && { origin: PUBLIC }) }) },
      ['foreign-origin-hidden:error'],
    ],
    ['strips cookies', { headers: (headers) => without(good(headers), 'cookie') }, ['cookies-dropped:error']],
    [
      'hands on a visitor’s X-Forwarded-Host',
      {
        headers: (headers) => ({
          ...good(headers),
          ...(headers['x-forwarded-host'] && { 'x-forwarded-host': headers['x-forwarded-host'] }),
        }),
      },
      ['spoofed-headers-believed:error'],
    ],
    [
      'hands on a visitor’s X-Forwarded-For',
      {
        headers: (headers) => ({
          ...good(headers),
          ...(headers['x-forwarded-for'] && { 'x-forwarded-for': headers['x-forwarded-for'] }),
        }),
      },
      ['spoofed-headers-believed:error'],
    ],
    [
      'appends to X-Forwarded-For, and the sender is trusted like a proxy',
      {
        headers: (headers) => ({
          ...good(headers),
          'x-forwarded-for': [headers['x-forwarded-for'], '127.0.0.1'].filter(Boolean).join(', '),
        }),
      },
      ['sender-is-trusted:note'],
    ],
    ['collects bodies', { body: (body) => body }, ['body-buffered:note']],
    [
      'alters bodies',
      { body: (body) => Buffer.from(body.map((byte) => (byte === 38 ? 43 : byte))) },
      ['body-changed:error', 'body-buffered:note'],
    ],
    ['takes 1 MiB at most', { maxBytes: 1_048_576 }, ['body-too-large:warning']],
    ['wants to know lengths', { refusesChunked: true }, ['chunked-refused:warning']],
    ['caches what it likes', { caches: true }, ['answers-cached:error']],
    ['compresses without saying so', { gzip: {} }, ['compressed-without-vary:warning']],
    ['compresses as it should', { gzip: { vary: 'Origin, Accept-Encoding' } }, []],
  ])('%s', async (_name, habits, expected) => {
    const found = await ask(habits);
    expect(found.map(({ id, severity }) => `${id}:${severity}`)).toEqual(expected);
  });

  test('a spoofed header is named, with what the proxy is to say', async () => {
    const [found] = await ask({
      headers: (headers) => ({
        ...asItShould(headers),
        ...(headers['x-forwarded-host'] && { 'x-forwarded-host': headers['x-forwarded-host'] }),
      }),
    });
    expect(found?.title).toBe("A visitor's own X-Forwarded-Host was believed.");
    expect(found?.fix).toContain('proxy_set_header X-Forwarded-Host $host');
  });
});

describe('where the app does not answer', () => {
  test.each<[string, ProxyHabits, string]>([
    [
      'a header that does not come through',
      { headers: (headers) => without(headers, 'x-portico-probe') },
      'no-probe',
    ],
    ['another site', { headers: (headers) => ({ ...headers, 'x-portico-probe': 'v1.nothing' }) }, 'no-probe'],
  ])('%s', async (_name, habits, id) => {
    expect(ids(await ask(habits))).toEqual([id]);
  });

  const settings = appOf(createPortico({ ...production, actions: {} })).settings;
  const known = { siteUrl: undefined, limitsByAddress: false };

  test('a redirect says where to ask', async () => {
    const results = await probeApp(settings, new URL('http://shop.example'), async () => ({
      status: 301,
      headers: { location: 'https://www.shop.example/_portico/probe' },
      body: Buffer.alloc(0),
    }));
    expect(diagnose(results, known)).toMatchObject([
      { id: 'redirected', fix: expect.stringContaining('--url https://www.shop.example') },
    ]);
  });

  test('a closed port', async () => {
    const results = await probeApp(settings, new URL('http://127.0.0.1:1'));
    expect(diagnose(results, known)).toMatchObject([
      { id: 'unreachable', title: expect.stringContaining('ECONNREFUSED') },
    ]);
  });
});

test.each<[string, Partial<PorticoOptions>, string[]]>([
  ['open to strangers', { plugins: [explorer({ access: () => true })] }, ['explorer-open']],
  ['open to nobody', { plugins: [explorer()] }, []],
  ['of another app’s routes', { plugins: [{ endpoints: { '/_portico': () => new Response('ok') } }] }, []],
])('an explorer %s', async (_name, options, expected) => {
  expect(ids(await ask({}, { ...TRUSTING, ...options }))).toEqual(expected);
});

test('an app that is asked without TLS, beyond this machine', async () => {
  const habits: ProxyHabits = {
    headers: (headers) => ({ ...asItShould(headers), 'x-forwarded-proto': 'http' }),
  };
  expect(ids(await ask(habits, TRUSTING, 'http://shop.example'))).toEqual(['without-tls']);
});
