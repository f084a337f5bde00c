import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loginKey } from '../../src/users/login-key.ts';

describe('loginKey', () => {
  it.each([
    ['Ada', 'ada'],
    ['  ada\t', 'ada'],
    ['ADA@Example.COM', 'ada@example.com'],
    ['ada@Bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--BCHER-kva.example', 'ada@xn--bcher-kva.example'],
    ['İ', 'i̇'],
    ['A\u030A', 'å'],
    ['"a@b"@Example.com', '"a@b"@example.com'],
    ['me@', 'me@'],
    ['@me', '@me'],
    ['me@not a domain', 'me@not a domain'],
    ['', ''],
  ])('%j is %j', (text, key) => expect(loginKey(text)).toBe(key));

  it.each([
    ['ada', 'bob'],
    ['ada@a.example', 'ada@b.example'],
    ['straße', 'strasse'],
    ['a.da@example.com', 'ada@example.com'],
    ['ada+x@example.com', 'ada@example.com'],
  ])('keeps %s and %s apart', (one, other) => expect(loginKey(one)).not.toBe(loginKey(other)));

  it('changes nothing of a key, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.emailAddress(),
          fc
            .tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))
            .map((parts) => parts.join('@')),
        ),
        (text) => {
          const key = loginKey(text);
          expect(loginKey(key)).toBe(key);
        },
      ),
      { numRuns: 500 },
    );
  });
});
