import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csrfBinding, maskedToken, tokenMatches } from '../../../src/http/csrf/csrf-token.ts';
import { altered, foreignKeyring, keyring, olderKeyring } from './keyring.ts';

const guest = csrfBinding('session-a', undefined);

describe('CSRF token', () => {
  test('matches its binding and looks different each time', () => {
    const tokens = [maskedToken(keyring, guest), maskedToken(keyring, guest)];
    expect(tokens[0]).not.toBe(tokens[1]);
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]{86}$/);
      expect(tokenMatches(keyring, guest, token)).toBe(true);
    }
  });

  test.each([
    ['another session', csrfBinding('session-b', undefined)],
    ['the same session after login', csrfBinding('session-a', '1')],
    ['a user named as the guest', csrfBinding('session-a', '')],
    ['no session', ''],
  ])('replay in %s', (_attack, binding) => {
    expect(tokenMatches(keyring, binding, maskedToken(keyring, guest))).toBe(false);
  });

  test('a token of one user for another', () => {
    const token = maskedToken(keyring, csrfBinding('s', '1'));
    expect(tokenMatches(keyring, csrfBinding('s', '1'), token)).toBe(true);
    expect(tokenMatches(keyring, csrfBinding('s', '2'), token)).toBe(false);
  });

  test('rotation: an older secret matches, a foreign one does not', () => {
    expect(tokenMatches(keyring, guest, maskedToken(olderKeyring, guest))).toBe(true);
    expect(tokenMatches(keyring, guest, maskedToken(foreignKeyring, guest))).toBe(false);
  });

  test('tampering with any one character', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (at, by) => {
        return !tokenMatches(keyring, guest, altered(maskedToken(keyring, guest), at, by));
      }),
    );
  });

  test('garbage never throws and never matches', () => {
    const token = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .uint8Array({ minLength: 64, maxLength: 64 })
        .map((bytes) => Buffer.from(bytes).toString('base64url')),
    );
    fc.assert(fc.property(token, (text) => !tokenMatches(keyring, guest, text)));
  });
});
