import bcrypt from 'bcryptjs';
import fc from 'fast-check';
import { isActionError } from 'portico';
import { describe, expect, test } from 'vitest';
import { formatArgon2, parseArgon2 } from '../../src/users/passwords/argon2-hash.ts';
import { createPasswordHasher } from '../../src/users/passwords/password-hasher.ts';

const hasher = createPasswordHasher();

describe('a new hash', () => {
  test('is Argon2id with 19 MiB, two passes and a salt of its own', async () => {
    const [one, two] = await Promise.all([hasher.hash('open sesame'), hasher.hash('open sesame')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(hasher.needsRehash(one)).toBe(false);
  });

  test('fits its password and no other', async () => {
    const hash = await hasher.hash('open sesame');
    expect(await hasher.verify('open sesame', hash)).toBe(true);
    expect(await hasher.verify('open sesame ', hash)).toBe(false);
    expect(await hasher.verify('', hash)).toBe(false);
  });

  test('takes all of a long password', async () => {
    const long = 'a'.repeat(255);
    const hash = await hasher.hash(`${long}x`);
    expect(await hasher.verify(`${long}x`, hash)).toBe(true);
    expect(await hasher.verify(`${long}y`, hash)).toBe(false);
  });

  test('is the same whichever way a keyboard composes a letter', async () => {
    const hash = await hasher.hash('caf\u00e9 con leche');
    expect(await hasher.verify('cafe\u0301 con leche', hash)).toBe(true);
    expect(await hasher.verify('cafe con leche', hash)).toBe(false);
  });
});

describe('hashes that others made', () => {
  // From the tests of the reference implementation of Argon2 and of crypt_blowfish.
  const known: ReadonlyArray<[string, string, string]> = [
    [
      'argon2id, 64 MiB',
      'password',
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    [
      'argon2i, 64 MiB',
      'password',
      '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
    ],
    ['bcrypt $2a$', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['bcrypt $2y$', 'U*U', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['bcrypt $2b$', 'secret', bcrypt.hashSync('secret', 4)],
  ];
  test.each(known)('%s', async (_name, password, hash) => {
    expect(await hasher.verify(password, hash)).toBe(true);
    expect(await hasher.verify(`${password}x`, hash)).toBe(false);
  });

  test('bcrypt compares 72 bytes, and is to be replaced by a hash of the whole password', async () => {
    const hash = bcrypt.hashSync('a'.repeat(72), 4);
    expect(await hasher.verify(`${'a'.repeat(72)}whatever`, hash)).toBe(true);
    expect(await hasher.verify('a'.repeat(71), hash)).toBe(false);
    expect(hasher.needsRehash(hash)).toBe(true);
  });

  const rehash: ReadonlyArray<[string, boolean]> = [
    ['$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', false],
    ['$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', false],
    ['$argon2id$v=19$m=19455,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', true],
    ['$argon2id$v=19$m=19456,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', true],
    ['$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA', true],
    ['$2y$13$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', true],
    ['', true],
  ];
  test.each(rehash)('%s needs another hash: %s', (hash, expected) => {
    expect(hasher.needsRehash(hash)).toBe(expected);
  });
});

describe('what is no hash', () => {
  const nonsense: ReadonlyArray<[string, string | null]> = [
    ['null', null],
    ['nothing', ''],
    ['the password itself', 'open sesame'],
    ['a locked Unix account', '!'],
    ['a hash without its end', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$'],
    ['a hash of nothing', '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AA'],
    [
      'another version',
      '$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    [
      'an unknown algorithm',
      '$argon2x$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    [
      'less memory than lanes need',
      '$argon2id$v=19$m=8,t=2,p=4$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    ['no passes', '$argon2id$v=19$m=19456,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'],
    [
      'gigabytes of memory',
      '$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    ['bcrypt that takes days', '$2y$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['bcrypt cut short', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQ'],
  ];
  test.each(nonsense)('%s fits no password', async (_name, hash) => {
    expect(await hasher.verify('open sesame', hash)).toBe(false);
  });

  test('parsing takes any text, and gives back what it formats', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `$argon2id$v=19$${text}`),
        ),
        (text) => {
          const parsed = parseArgon2(text);
          if (parsed) expect(parseArgon2(formatArgon2(parsed))).toEqual(parsed);
        },
      ),
    );
  });
});

test('a flood of logins: so many are worked on, so many wait, and the next is told to come back', async () => {
  const small = createPasswordHasher({ running: 1, waiting: 1 });
  const hash = await small.hash('open sesame');
  const results = await Promise.allSettled([
    small.verify('open sesame', hash),
    small.verify('open sesame', hash),
    small.verify('open sesame', hash),
    small.hash('open sesame'),
  ]);
  expect(results.slice(0, 2)).toEqual([
    { status: 'fulfilled', value: true },
    { status: 'fulfilled', value: true },
  ]);
  for (const result of results.slice(2)) {
    const error: unknown = result.status === 'rejected' ? result.reason : undefined;
    expect(isActionError(error) && [error.code, error.status, error.headers]).toEqual([
      'SERVICE_UNAVAILABLE',
      503,
      { 'Retry-After': '5' },
    ]);
  }
  expect(await small.verify('open sesame', hash)).toBe(true);
});
