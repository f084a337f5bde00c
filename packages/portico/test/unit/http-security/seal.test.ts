import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open, seal, sealedLength } from '../../../src/http/signing/seal.ts';
import { altered, foreignKeyring, keyring, olderKeyring } from './keyring.ts';

const text = fc.string({ unit: 'grapheme' });

describe('seal and open', () => {
  test('give any text back', () => {
    fc.assert(fc.property(text, (value) => open(keyring, 'p', seal(keyring, 'p', value)) === value));
  });

  test('sealedLength foretells the length', () => {
    fc.assert(
      fc.property(
        text,
        (value) => seal(keyring, 'p', value).length === sealedLength(Buffer.byteLength(value)),
      ),
    );
  });

  test('the result is safe in a cookie and shows nothing of the text', () => {
    const sealed = seal(keyring, 'p', 'user=ann');
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('ann');
  });

  test('the same text never looks the same', () => {
    expect(seal(keyring, 'p', 'x')).not.toBe(seal(keyring, 'p', 'x'));
  });

  test('rotation: what an older secret sealed opens, what a foreign one sealed does not', () => {
    expect(open(keyring, 'p', seal(olderKeyring, 'p', 'x'))).toBe('x');
    expect(open(keyring, 'p', seal(foreignKeyring, 'p', 'x'))).toBeUndefined();
    expect(open(olderKeyring, 'p', seal(keyring, 'p', 'x'))).toBeUndefined();
  });

  test('transplant: sealed for one purpose, opened for another', () => {
    expect(open(keyring, 'other', seal(keyring, 'p', 'x'))).toBeUndefined();
  });

  test('tampering with any one character', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), (value, at, by) => {
        const sealed = altered(seal(keyring, 'p', value), at, by);
        return open(keyring, 'p', sealed) === undefined;
      }),
    );
  });

  test('truncation and extension at every length', () => {
    const sealed = seal(keyring, 'p', 'some text');
    for (let end = 0; end < sealed.length; end++) {
      expect(open(keyring, 'p', sealed.slice(0, end))).toBeUndefined();
    }
    for (const more of ['A', '=', ' ', '\n', 'AAAA', sealed]) {
      expect(open(keyring, 'p', sealed + more)).toBeUndefined();
    }
  });

  test('garbage never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => open(keyring, 'p', value) === undefined));
  });
});
