import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sign, verify } from '../../../src/http/signing/signed.ts';
import { altered, foreignKeyring, keyring, olderKeyring } from './keyring.ts';

const redirect = { purpose: 'redirect', name: 'redirect' };

describe('sign and verify', () => {
  test('the value stays readable behind version, key id and signature', () => {
    expect(sign(keyring, redirect, '/posts/{slug}')).toMatch(/^v1\.[\w-]{8}\.[\w-]{43}\.\/posts\/\{slug\}$/);
  });

  test('give any text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(verify(keyring, redirect, sign(keyring, redirect, value))).toBe(value.replace(/\r\n?/g, '\n'));
      }),
    );
  });

  test('a value with line breaks survives a form, which submits CRLF', () => {
    const signed = sign(keyring, redirect, 'one\ntwo');
    expect(verify(keyring, redirect, signed.replace('\n', '\r\n'))).toBe('one\ntwo');
  });

  test('rotation: an older secret verifies, a foreign one does not', () => {
    expect(verify(keyring, redirect, sign(olderKeyring, redirect, 'x'))).toBe('x');
    expect(verify(keyring, redirect, sign(foreignKeyring, redirect, 'x'))).toBeUndefined();
  });

  test.each([
    ['another purpose (CVE-2026-92592)', { purpose: 'message', name: 'redirect' }],
    ['another parameter (CVE-2026-92593)', { purpose: 'redirect', name: 'returnUrl' }],
    ['a shifted border', { purpose: 'redirectr', name: 'edirect' }],
    ['an empty purpose', { purpose: '', name: 'redirect' }],
  ])('replay for %s', (_attack, place) => {
    const signed = sign(keyring, redirect, '/x');
    expect(verify(keyring, redirect, signed)).toBe('/x');
    expect(verify(keyring, place, signed)).toBeUndefined();
  });

  test('moving characters between name and value', () => {
    const signed = sign(keyring, { purpose: 'p', name: 'ab' }, 'cd');
    expect(verify(keyring, { purpose: 'p', name: 'abc' }, signed.replace(/cd$/, 'd'))).toBeUndefined();
    expect(verify(keyring, { purpose: 'p', name: 'a' }, signed.replace(/cd$/, 'bcd'))).toBeUndefined();
  });

  test('tampering with any one character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(), fc.nat(), (value, at, by) => {
        const signed = altered(sign(keyring, redirect, value), at, by);
        return verify(keyring, redirect, signed) === undefined;
      }),
    );
  });

  test('a lone surrogate in place of the U+FFFD it encodes to', () => {
    const signed = sign(keyring, redirect, 'a\uFFFD');
    expect(verify(keyring, redirect, signed.replace('\uFFFD', '\uD800'))).toBeUndefined();
  });

  test.each([
    '',
    'v1',
    'v1.',
    'v1...',
    '/posts',
    'v2.aaaaaaaa.x.y',
    `v1.${keyring.newest}.${'A'.repeat(43)}./x`,
  ])('unsigned value %j', (value) => {
    expect(verify(keyring, redirect, value)).toBeUndefined();
  });

  test('garbage never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => verify(keyring, redirect, text) === undefined),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 44 }), (text) => {
        return verify(keyring, redirect, `v1.${keyring.newest}.${text}`) === undefined;
      }),
    );
  });
});
