import type { CookieOptions, ContextCookies } from 'portico';
import { describe, expect, test } from 'vitest';
import { rememberedUsername, rememberUsername } from '../../src/sessions/username-cookie.ts';

function cookies(known: Readonly<Record<string, string>> = {}): ContextCookies & {
  readonly log: ReadonlyArray<readonly [string, string?, (CookieOptions | undefined)?]>;
} {
  const log: Array<readonly [string, string?, (CookieOptions | undefined)?]> = [];
  return {
    log,
    get: (name) => (known[name] === undefined ? undefined : { value: known[name] }),
    has: (name) => name in known,
    set: (name, value, options) => void log.push([name, value, options]),
    delete: (name) => void log.push([name]),
  };
}

const ADA = { username: 'ada', email: 'ada@example.com' };
const at = (url: string, jar = cookies()): { url: URL; cookies: typeof jar } => ({
  url: new URL(url),
  cookies: jar,
});

describe('the username cookie', () => {
  test.each([
    ['https://example.com/login', true],
    ['http://localhost/login', false],
  ])('at %s is Secure: %j', (url, secure) => {
    const ctx = at(url);
    rememberUsername(ctx, { rememberUsernameDuration: 60 }, ADA);
    expect(ctx.cookies.log).toEqual([
      ['portico_username', 'ada', { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: 60 }],
    ]);
  });

  test('is taken away where it is not to be kept any more', () => {
    const ctx = at('https://example.com/', cookies({ portico_username: 'ada' }));
    rememberUsername(ctx, { rememberUsernameDuration: 0 }, ADA);
    expect(ctx.cookies.log).toEqual([['portico_username']]);
  });

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['ada', 'ada'],
    ['x'.repeat(256), undefined],
  ])('read as %j it is %j', (value, expected) => {
    const jar = cookies(value === undefined ? {} : { portico_username: value });
    expect(rememberedUsername({ cookies: jar })).toBe(expected);
  });
});
