import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csrfMessage } from '../../../src/http/csrf/csrf-message.ts';
import { csrfVerdict, type CsrfFacts, type CsrfReason } from '../../../src/http/csrf/csrf.ts';
import { isNamedOrigin } from '../../../src/http/csrf/origin.ts';

const OWN = 'https://site.example';
const FRIEND = 'https://friend.example';
const EVIL = 'https://evil.example';

function facts(changes: Partial<CsrfFacts> = {}): CsrfFacts {
  return {
    method: 'POST',
    mode: 'auto',
    door: 'page',
    secFetchSite: undefined,
    origin: undefined,
    ownOrigin: OWN,
    isTrustedOrigin: (origin) => isNamedOrigin([FRIEND], origin),
    hasCookies: true,
    hasAmbientAuth: false,
    ...changes,
  };
}

/** One word for a verdict: `pass sec-fetch-site`, `needs-token cross-site`. */
function verdict(changes: Partial<CsrfFacts>): string {
  const found = csrfVerdict(facts(changes));
  return `${found.kind} ${found.kind === 'pass' ? found.by : found.reason}`;
}

const BY_HEADERS: [
  name: string,
  changes: Partial<CsrfFacts>,
  pass: string | undefined,
  reason?: CsrfReason,
][] = [
  ['a form of our own page', { secFetchSite: 'same-origin', origin: OWN }, 'sec-fetch-site'],
  [
    'our own page behind a proxy that hides our origin',
    { secFetchSite: 'same-origin', origin: EVIL },
    'sec-fetch-site',
  ],
  ['our own page in a browser without fetch metadata', { origin: OWN }, 'origin'],
  ['our origin spelled with its default port', { origin: `${OWN}:443` }, 'origin'],
  ['our origin in capitals', { origin: 'HTTPS://SITE.EXAMPLE' }, 'origin'],
  ['a trusted origin', { secFetchSite: 'cross-site', origin: FRIEND }, 'trusted-origin'],
  ['curl: no cookies, no headers', { hasCookies: false }, 'nothing-ambient'],
  ['curl with HTTP authentication', { hasCookies: false, hasAmbientAuth: true }, undefined, 'no-origin'],
  ['no headers but cookies', {}, undefined, 'no-origin'],
  ['another site', { secFetchSite: 'cross-site', origin: EVIL }, undefined, 'origin-mismatch'],
  ['another site without cookies', { origin: EVIL, hasCookies: false }, undefined, 'origin-mismatch'],
  ['another site without Origin', { secFetchSite: 'cross-site' }, undefined, 'cross-site'],
  [
    'another site without Origin and cookies',
    { secFetchSite: 'cross-site', hasCookies: false },
    undefined,
    'cross-site',
  ],
  [
    'a subdomain',
    { secFetchSite: 'same-site', origin: 'https://a.site.example' },
    undefined,
    'origin-mismatch',
  ],
  ['a subdomain without Origin', { secFetchSite: 'same-site' }, undefined, 'cross-site'],
  ['our host over plain HTTP', { origin: 'http://site.example' }, undefined, 'origin-mismatch'],
  ['our host on another port', { origin: `${OWN}:8443` }, undefined, 'origin-mismatch'],
  ['our name as a prefix', { origin: `${OWN}.evil.example` }, undefined, 'origin-mismatch'],
  ['our name as user info', { origin: `${OWN}@evil.example` }, undefined, 'origin-mismatch'],
  ['our origin with a path', { origin: `${OWN}/` }, undefined, 'origin-mismatch'],
  ['our origin with an empty port', { origin: `${OWN}:` }, undefined, 'origin-mismatch'],
  ['our origin with a padded port', { origin: `${OWN}:0443` }, undefined, 'origin-mismatch'],
  ['our host percent-encoded', { origin: 'https://%73ite.example' }, undefined, 'origin-mismatch'],
  [
    'our host in letters that look alike',
    { origin: 'https://\uff53ite.example' },
    undefined,
    'origin-mismatch',
  ],
  ['our host with a soft hyphen', { origin: 'https://si\u00adte.example' }, undefined, 'origin-mismatch'],
  ['two origins', { origin: `${OWN}, ${EVIL}` }, undefined, 'origin-mismatch'],
  ['a sandboxed frame', { secFetchSite: 'cross-site', origin: 'null' }, undefined, 'origin-null'],
  ['the address bar', { secFetchSite: 'none' }, undefined, 'no-origin'],
  [
    'two values of Sec-Fetch-Site',
    { secFetchSite: 'same-origin, cross-site', origin: EVIL },
    undefined,
    'origin-mismatch',
  ],
  ['Sec-Fetch-Site in capitals', { secFetchSite: 'Same-Origin' }, undefined, 'no-origin'],
];

describe('csrfVerdict', () => {
  test.each(BY_HEADERS)('auto: %s', (_name, changes, pass, reason) => {
    expect(verdict(changes)).toBe(pass === undefined ? `needs-token ${reason}` : `pass ${pass}`);
  });

  test.each(BY_HEADERS)('origin never asks for a token: %s', (_name, changes, pass, reason) => {
    expect(verdict({ ...changes, mode: 'origin' })).toBe(
      pass === undefined ? `refuse ${reason}` : `pass ${pass}`,
    );
  });

  test.each(BY_HEADERS)('token asks whatever the headers say: %s', (_name, changes, pass, reason) => {
    for (const door of ['page', 'path', 'route'] as const) {
      const expected = pass === undefined ? reason : 'token-required';
      expect(verdict({ ...changes, mode: 'token', door })).toBe(`needs-token ${expected}`);
    }
  });

  test.each(BY_HEADERS)('token leaves rpc to the headers: %s', (_name, changes, pass, reason) => {
    expect(verdict({ ...changes, mode: 'token', door: 'rpc' })).toBe(
      pass === undefined ? `needs-token ${reason}` : `pass ${pass}`,
    );
  });

  test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing and passes', (method) => {
    expect(verdict({ method, origin: EVIL, mode: 'token' })).toBe('pass safe-method');
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'get', 'PROPFIND', ''])('method %j is not safe', (method) => {
    expect(verdict({ method, origin: EVIL })).toBe('needs-token origin-mismatch');
  });

  test('a trusted-origins function is asked at each request', () => {
    const trusted = new Set<string>();
    const isTrustedOrigin = (origin: string) => isNamedOrigin((value) => trusted.has(value), origin);
    expect(verdict({ origin: EVIL, isTrustedOrigin })).toBe('needs-token origin-mismatch');
    trusted.add(EVIL);
    expect(verdict({ origin: EVIL, isTrustedOrigin })).toBe('pass trusted-origin');
  });

  test('no Origin but our own and the trusted ones ever passes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.string().map((end) => OWN + end),
    );
    fc.assert(
      fc.property(hostile, (origin) => {
        fc.pre(!/^https:\/\/(?:site|friend)\.example(?::443)?$/i.test(origin));
        expect(csrfVerdict(facts({ origin })).kind).toBe('needs-token');
      }),
    );
  });
});

describe('csrfMessage', () => {
  test.each<[CsrfReason, Partial<CsrfFacts>, RegExp]>([
    ['origin-mismatch', { origin: EVIL }, /Origin is https:\/\/evil\.example.*trustedOrigins/],
    ['origin-mismatch', { origin: 'http://site.example' }, /speaks HTTPS.*trustedProxies/],
    ['origin-null', { origin: 'null' }, /Origin is null/],
    ['cross-site', { secFetchSite: 'cross-site' }, /Sec-Fetch-Site is cross-site.*trustedOrigins/],
    ['no-origin', {}, /neither a Sec-Fetch-Site nor an Origin/],
    ['token-required', {}, /csrf: 'token'/],
    ['token-missing', {}, /^No CSRF token.*PORTICO_CSRF_TOKEN.*X-CSRF-Token.*csrfInput\(ctx\)/],
    ['token-mismatch', {}, /^The CSRF token.*does not belong to this session/],
  ])('%s names what was wrong and what allows it', (reason, changes, expected) => {
    expect(csrfMessage(reason, facts(changes))).toMatch(expected);
  });

  test('names the token field too when one was looked for', () => {
    const message = csrfMessage('no-origin', facts(), { found: 'missing', field: 'CRAFT_CSRF_TOKEN' });
    expect(message).toMatch(/Origin header.*CRAFT_CSRF_TOKEN/);
    expect(csrfMessage('no-origin', facts(), { found: 'mismatch' })).toMatch(/fresh one/);
  });

  test('markup, line breaks and length of what was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (origin) => {
        const message = csrfMessage('origin-mismatch', facts({ origin: `<script>\n"'&${origin}` }));
        expect(message).not.toMatch(/[<>"&\n\r]/);
        expect(message.length).toBeLessThan(500);
      }),
    );
  });
});
