import { describe, expect, test } from 'vitest';
import { createKeyring } from '../../../src/http/signing/secrets.ts';
import { SECRETS } from './keyring.ts';

describe('createKeyring', () => {
  test('refuses a short secret, says how to make one and does not show it', () => {
    const attempt = () => createKeyring([SECRETS[0], 'too-short-a-secret']);
    expect(attempt).toThrow(/secrets\[1\] has 18 characters.*32.*openssl rand -base64 32/);
    expect(attempt).not.toThrow(/too-short/);
  });

  test('refuses an empty list and a secret of blanks', () => {
    expect(() => createKeyring([])).toThrow(/openssl/);
    expect(() => createKeyring([' '.repeat(40)])).toThrow(/has 0 characters/);
  });

  test('a key id is short and no part of the secret', () => {
    const { ids, newest } = createKeyring([SECRETS[0], SECRETS[1]]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(newest);
    for (const id of ids) expect(id).toMatch(/^[\w-]{8}$/);
    expect(SECRETS[0]).not.toContain(newest);
  });

  test('the newline at the end of a file makes no other secret', () => {
    expect(createKeyring([`${SECRETS[0]}\n`]).newest).toBe(createKeyring([SECRETS[0]]).newest);
  });

  test('a secret listed twice counts once', () => {
    expect(createKeyring([SECRETS[0], SECRETS[0]]).ids).toHaveLength(1);
  });

  test('each purpose and each secret has a key of its own, derived once', () => {
    const ring = createKeyring([SECRETS[0], SECRETS[1]]);
    const [newest = '', older = ''] = ring.ids;
    const keys = [
      ring.key('a', newest),
      ring.key('b', newest),
      ring.key('a', older),
      ring.key('a/b', newest),
    ];
    expect(new Set(keys.map((key) => key?.export().toString('hex'))).size).toBe(4);
    expect(ring.key('a', newest)).toBe(keys[0]);
  });

  test.each(['', 'unknown', '__proto__', 'constructor'])('has no key named %j', (id) => {
    expect(createKeyring([SECRETS[0]]).key('a', id)).toBeUndefined();
  });
});
