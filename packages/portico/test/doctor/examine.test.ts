import { describe, expect, test } from 'vitest';
import {
  createMemoryOnceStore,
  createMemorySessionStore,
  createPortico,
  defineAction,
  type PorticoOptions,
  type RateLimitStore,
} from 'portico';
import { z } from 'zod';
import type { Surroundings } from '../../src/doctor/app-view.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { weaknessOf } from '../../src/doctor/findings/secrets.ts';

const STRONG = 'Zk3v8n0qX1rYw7uPbT5sLd9hGm2cJf6A';
const SURROUNDINGS: Surroundings = { mode: 'production', secrets: undefined, nodeVersion: '24.1.0' };
const shared: RateLimitStore = { consume: () => ({ allowed: true, retryAfter: 0 }) };
const limit = { points: 5, seconds: 60, by: 'ip' } as const;
const handler = (): undefined => undefined;

function found(options: Partial<PorticoOptions>, surroundings: Partial<Surroundings> = {}): Finding[] {
  const sound: PorticoOptions = {
    actions: { search: defineAction({ method: 'GET', handler }) },
    secrets: [STRONG],
    siteUrl: 'https://shop.example',
    limits: shared,
    user: () => null,
    dev: false,
  };
  return examine(createPortico({ ...sound, ...options }), { ...SURROUNDINGS, ...surroundings });
}

const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ severity, id, actions }) => [severity, id, ...(actions ?? [])].join(' '));

test('an app without a weakness', () => {
  expect(found({})).toEqual([]);
});

describe('settings in production', () => {
  test.each<[string, Partial<PorticoOptions>, string[]]>([
    ['a secret of words', { secrets: ['correct horse battery staple forever'] }, ['error weak-secret']],
    ['an older secret that is weak', { secrets: [STRONG, 'x'.repeat(40)] }, ['error weak-secret']],
    ['no siteUrl', { siteUrl: undefined as unknown as string }, ['warning no-site-url']],
    ['a siteUrl without TLS', { siteUrl: 'http://shop.example' }, ['warning site-url-without-tls']],
    ['a siteUrl at this machine', { siteUrl: 'http://localhost:3000' }, []],
    ['cookies that are not secure', { session: { secure: false } }, ['error cookies-not-secure']],
    ['sessions off', { session: false }, []],
    ['dev written down', { dev: true }, ['error dev-in-production']],
    ['proxies everywhere', { trustedProxies: ['0.0.0.0/0'] }, ['error trusts-every-proxy']],
    ['a proxy by its address', { trustedProxies: ['10.0.0.5', 'loopback'] }, []],
    ['any origin', { trustedOrigins: () => true }, ['error trusts-every-origin']],
    ['a function that knows its origins', { trustedOrigins: (origin) => origin === 'https://a.example' }, []],
    [
      'a function that fails',
      {
        trustedOrigins: () => {
          throw new Error('no database');
        },
      },
      [],
    ],
    [
      'headers only, across sites',
      { csrf: 'origin', session: { sameSite: 'none' } },
      ['warning origin-only-across-sites'],
    ],
    ['headers only', { csrf: 'origin' }, []],
    [
      'cors for all with cookies',
      { cors: { origins: () => true, credentials: true } },
      ['error cors-for-all'],
    ],
    ['cors for all without cookies', { cors: { origins: () => true } }, []],
    [
      'cors by a function',
      { cors: { origins: (origin) => origin.endsWith('.shop.example'), credentials: true } },
      ['warning cors-by-function'],
    ],
    [
      'cors without TLS',
      { cors: { origins: ['http://app.example', 'http://localhost:5173'], credentials: true } },
      ['warning cors-without-tls'],
    ],
    [
      'sessions in memory',
      { session: { store: createMemorySessionStore() } },
      ['warning sessions-in-memory'],
    ],
  ])('%s', (_name, options, expected) => {
    expect(said(found(options))).toEqual(expected);
  });

  test.each<[string, Partial<Surroundings>, Partial<PorticoOptions>, string[]]>([
    ['an old Node', { nodeVersion: '20.11.1' }, {}, ['error old-node']],
    ['no Node at all', { nodeVersion: undefined }, {}, []],
    [
      'a weak secret of the environment',
      { secrets: `${STRONG}, ${'ab'.repeat(20)}` },
      {},
      ['error weak-secret'],
    ],
    ['no secret', {}, {}, ['error no-secret']],
    ['a secret of the environment', { secrets: STRONG }, {}, []],
  ])('%s', (_name, surroundings, options, expected) => {
    const given = 'nodeVersion' in surroundings ? {} : { secrets: undefined as unknown as string[] };
    expect(said(found({ ...given, ...options }, surroundings))).toEqual(expected);
  });
});

describe('actions', () => {
  test.each<[string, NonNullable<PorticoOptions['actions']>, string[]]>([
    ['an unlimited write', { save: defineAction({ handler }) }, ['warning public-without-limit save']],
    ['what answers GET, too', { check: defineAction({ method: ['GET', 'POST'], handler }) }, []],
    ['a write for users', { save: defineAction({ access: 'user', handler }) }, []],
    ['a limited write', { save: defineAction({ limit, handler }) }, []],
    [
      'a write that middleware guards',
      { save: defineAction({ use: [(_ctx, next) => next()], handler }) },
      [],
    ],
    ['signing out', { users: { logout: defineAction({ handler }), signOut: defineAction({ handler }) } }, []],
    [
      'destructive, nobody asked',
      { burn: defineAction({ destructive: true, limit, handler }) },
      ['error destructive-in-public burn'],
    ],
    [
      'destructive, said to be public',
      { burn: defineAction({ destructive: true, access: 'public', limit, handler }) },
      ['warning destructive-in-public burn'],
    ],
    ['destructive, for users', { burn: defineAction({ destructive: true, access: 'user', handler }) }, []],
    [
      'deletes by name',
      { posts: { deletePost: defineAction({ limit, handler }), removed: defineAction({ limit, handler }) } },
      ['warning deletes-in-public posts.deletePost'],
    ],
    [
      'deletes by name, said to be public',
      { remove: defineAction({ access: 'public', limit, handler }) },
      [],
    ],
    [
      'passwords without limit',
      {
        login: defineAction({ handler }),
        join: defineAction({ input: z.object({ password: z.string() }), handler }),
        change: defineAction({ access: 'user', input: z.object({ newPassword: z.string() }), handler }),
      },
      ['error password-without-limit login join'],
    ],
    ['passwords with a limit', { signIn: defineAction({ limit, handler }) }, []],
    [
      'large bodies',
      { put: defineAction({ limit, body: { maxBytes: 64_000_000 }, handler }) },
      ['warning large-bodies put'],
    ],
  ])('%s', (_name, actions, expected) => {
    expect(said(found({ actions }))).toEqual(expected);
  });
});

describe('stores in memory', () => {
  const actions = { save: defineAction({ limit, once: true, handler }) };

  test('count each process alone', () => {
    const { limits: _, ...none } = { limits: shared };
    expect(
      said(
        examine(
          createPortico({ actions, secrets: [STRONG], siteUrl: 'https://a.example', dev: false, ...none }),
          SURROUNDINGS,
        ),
      ),
    ).toEqual(['warning limits-in-memory save', 'warning once-in-memory save']);
  });

  test('passed by hand are known, too', () => {
    expect(said(found({ actions, once: { store: createMemoryOnceStore() } }))).toEqual([
      'warning once-in-memory save',
    ]);
  });

  test('of a plugin count as the app’s', () => {
    const store = { claim: () => Promise.reject(new Error('unused')) } as unknown as ReturnType<
      typeof createMemoryOnceStore
    >;
    expect(said(found({ actions, plugins: [{ defaults: { once: { store } } }] }))).toEqual([]);
  });
});

test('in development what counts in production alone is a note, or nothing', () => {
  const options = {
    dev: undefined as unknown as boolean,
    secrets: undefined as unknown as string[],
    siteUrl: undefined as unknown as string,
    session: { store: createMemorySessionStore(), secure: false },
  };
  // NODE_ENV of this process is `test`.
  expect(said(found(options, { mode: 'development' }))).toEqual([
    'note made-secret',
    'note sessions-in-memory',
  ]);
});

test('every finding says what may happen and what to write', () => {
  const findings = found({
    dev: true,
    trustedOrigins: () => true,
    actions: { login: defineAction({ handler }) },
  });
  expect(findings.length).toBeGreaterThan(2);
  for (const { title, risk, fix } of findings) {
    for (const text of [title, risk, fix]) expect(text).toMatch(/^\S.{15,}[.)\]]$/s);
  }
});

describe('a secret', () => {
  test.each([
    [STRONG, undefined],
    ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', undefined],
    ['x'.repeat(40), 'repeats itself'],
    ['abcabcabcabcabcabcabcabcabcabcabcabc', 'repeats itself'],
    ['1212312123112233112212312321122331', 'uses 3 different characters only'],
    ['a secret of the tests that is long enough', 'is made of words'],
    ['my-super-secret-key-0123456789-xyzzy', 'has a word in it that guessers try first'],
    ['CHANGE_ME_8f2c9a7b6d5e4f3a2b1c0d9e', 'has a word in it that guessers try first'],
  ])('%s', (secret, weakness) => {
    expect(weaknessOf(secret)).toBe(weakness);
  });
});
