import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CookieOptions, Cookies } from '../../../src/http/cookies.ts';

describe('reading', () => {
  test.each<[string | undefined, string, string | undefined]>([
    [undefined, 'a', undefined],
    ['', 'a', undefined],
    ['a=1; b=2', 'b', '2'],
    ['a=1', 'A', undefined],
    ['a=1; a=2', 'a', '1'],
    ['a=', 'a', ''],
    ['a=x%20y%3B', 'a', 'x y;'],
    ['a=%zz', 'a', '%zz'],
    ['a="q"', 'a', '"q"'],
    ['a=b=c', 'a', 'b=c'],
    ['nonsense; a=1', 'a', '1'],
    ['a=1', 'toString', undefined],
    ['a=1', '__proto__', undefined],
    ['__proto__=x; constructor=y', '__proto__', 'x'],
  ])('%j: %s is %j', (header, name, expected) => {
    const cookies = new Cookies(header);
    expect(cookies.get(name)?.value).toBe(expected);
    expect(cookies.has(name)).toBe(expected !== undefined);
    expect(cookies.setCookieHeaders()).toEqual([]);
  });
});

describe('writing', () => {
  test.each<[CookieOptions | undefined, string]>([
    [undefined, 'n=v%20%3B; Path=/'],
    [
      { path: '/a', httpOnly: true, secure: true, sameSite: 'lax' },
      'n=v%20%3B; Path=/a; HttpOnly; Secure; SameSite=Lax',
    ],
    [{ maxAge: 60, domain: 'example.com' }, 'n=v%20%3B; Max-Age=60; Domain=example.com; Path=/'],
    [{ expires: new Date(0) }, 'n=v%20%3B; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
    [{ maxAge: undefined, expires: undefined, sameSite: undefined }, 'n=v%20%3B; Path=/'],
    [{ encode: () => 'raw', sameSite: true }, 'n=raw; Path=/; SameSite=Strict'],
    [
      { partitioned: true, secure: true, priority: 'high' },
      'n=v%20%3B; Path=/; Secure; Partitioned; Priority=High',
    ],
  ])('%j', (options, expected) => {
    const cookies = new Cookies(undefined);
    cookies.set('n', 'v ;', options);
    expect(cookies.setCookieHeaders()).toEqual([expected]);
    expect(cookies.get('n')?.value).toBe('v ;');
  });

  test('what is set or deleted is what get gives', () => {
    const cookies = new Cookies('a=1; b=2');
    cookies.set('a', 'new');
    cookies.delete('b', { path: '/x' });
    cookies.set('c', '');
    expect(['a', 'b', 'c'].map((name) => cookies.get(name)?.value)).toEqual(['new', undefined, '']);
    expect(cookies.has('b')).toBe(false);
    expect(cookies.setCookieHeaders()).toEqual([
      'a=new; Path=/',
      'b=; Max-Age=0; Path=/x; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'c=; Path=/',
    ]);
  });

  test('the last change of one cookie counts; another path is another cookie', () => {
    const cookies = new Cookies(undefined);
    cookies.set('a', '1');
    cookies.set('a', '2', { path: '/x' });
    cookies.delete('a');
    cookies.set('a', '3');
    expect(cookies.setCookieHeaders()).toEqual(['a=2; Path=/x', 'a=3; Path=/']);
  });

  test('prefixed cookies can be deleted without saying secure', () => {
    const cookies = new Cookies(undefined);
    cookies.delete('__Host-sid');
    expect(cookies.setCookieHeaders()[0]).toMatch(/^__Host-sid=; Max-Age=0; Path=\/;.*Secure$/);
  });

  test.each<[string, string, CookieOptions, RegExp]>([
    ['', 'v', {}, /"" is no name/],
    ['a b', 'v', {}, /"a b" is no name/],
    ['a;b', 'v', {}, /no name/],
    ['a=b', 'v', {}, /no name/],
    ['a\r\nSet-Cookie: x', 'v', {}, /"a\\r\\nSet-Cookie: x" is no name/],
    ['ä', 'v', {}, /no name/],
    ['n', 'a\r\nb', { encode: (value) => value }, /"n" cannot be set/],
    ['n', 'a;b', { encode: (value) => value }, /"n" cannot be set/],
    ['n', '\ud800', {}, /"n" cannot be set/],
    ['n', 'v', { path: '/; HttpOnly' }, /"n" cannot be set/],
    ['n', 'v', { path: '/\r\nX: y' }, /"n" cannot be set/],
    ['n', 'v', { domain: 'a;b' }, /"n" cannot be set/],
    ['n', 'v', { maxAge: 1.5 }, /"n" cannot be set.*maxAge/],
    ['n', 'v', { expires: new Date(NaN) }, /"n" cannot be set.*expires/],
    ['n', 'v', { sameSite: 'none' }, /"n" cannot be set.*Secure/],
    ['n', 'x'.repeat(4097), {}, /"n" is too large: 4098 bytes/],
    ['n', 'ä'.repeat(700), {}, /"n" is too large: 4201 bytes/],
    ['__Host-a', 'v', {}, /"__Host-a" needs secure: true, path: '\/' and no domain/],
    ['__host-a', 'v', { secure: true, path: '/x' }, /"__host-a" needs/],
    ['__Host-a', 'v', { secure: true, domain: 'example.com' }, /"__Host-a" needs/],
    ['__Secure-a', 'v', {}, /"__Secure-a" needs secure: true/],
  ])('%j=%j %j is refused', (name, value, options, message) => {
    const cookies = new Cookies(undefined);
    expect(() => cookies.set(name, value, options)).toThrow(TypeError);
    expect(() => cookies.set(name, value, options)).toThrow(message);
    expect(cookies.setCookieHeaders()).toEqual([]);
    expect(cookies.has(name)).toBe(false);
  });

  test('prefixed cookies that keep the rules', () => {
    const cookies = new Cookies(undefined);
    cookies.set('__Host-a', '1', { secure: true });
    cookies.set('__Secure-b', '2', { secure: true, path: '/x', domain: 'example.com' });
    expect(cookies.setCookieHeaders()).toHaveLength(2);
  });

  test('4096 bytes fit', () => {
    const cookies = new Cookies(undefined);
    cookies.set('n', 'x'.repeat(4095));
    expect(cookies.has('n')).toBe(true);
  });

  test('any text comes back as it was set, in one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (value) => {
        const cookies = new Cookies(undefined);
        cookies.set('n', value);
        const [line = ''] = cookies.setCookieHeaders();
        expect(line).toMatch(/^[\x20-\x7e]+$/);
        expect(new Cookies(line.split(';')[0]).get('n')?.value).toBe(value);
      }),
    );
  });
});
