import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPasswords } from '../../src/users/passwords/common-passwords.ts';
import { checkPassword, type PasswordChecker } from '../../src/users/passwords/password-policy.ts';

const SETTINGS = {
  siteName: 'Portico Gardens',
  siteUrl: 'https://gardens.example:8443',
  password: { minLength: 8, maxLength: 256 },
};
const ADA = { email: 'ada.lovelace@example.com', username: 'countess1815', fullName: 'Ada Lovelace' };

const TOO_SHORT = 'New Password should contain at least 8 characters.';
const TOO_LONG = 'New Password should contain at most 256 characters.';
const OBVIOUS = 'New Password should not be your name, your email address or the name of the site.';
const COMMON = 'New Password is one of the most common passwords, which are tried first. Choose another one.';

describe('the length is counted in characters', () => {
  const rows: ReadonlyArray<[string, string, string | undefined]> = [
    ['nothing', '', TOO_SHORT],
    ['7 letters', 'gxkwqpz', TOO_SHORT],
    ['8 letters', 'gxkwqpzm', undefined],
    ['7 emoji, which are 14 UTF-16 units', '🦉🐈🦎🐙🦔🐝🦑', TOO_SHORT],
    ['8 emoji', '🦉🐈🦎🐙🦔🐝🦑🐢', undefined],
    ['7 letters with combining accents, composed', 'e\u0301'.repeat(7), TOO_SHORT],
    ['256 letters', 'xy'.repeat(128), undefined],
    ['257 letters', `${'xy'.repeat(128)}z`, TOO_LONG],
    ['256 emoji', '🦉🐈'.repeat(128), undefined],
    ['spaces within', 'a b c d e', undefined],
    ['half a surrogate pair', 'gxkwqpzm\ud83e', 'New Password contains a character that does not exist.'],
  ];
  test.each(rows)('%s', async (_name, password, expected) => {
    expect(await checkPassword(SETTINGS, password, ADA)).toBe(expected);
  });

  test('one is one character', async () => {
    const settings = { ...SETTINGS, password: { minLength: 1, maxLength: 256 } };
    expect(await checkPassword(settings, '', ADA)).toBe('New Password should contain at least 1 character.');
  });
});

describe('what everybody would try', () => {
  const rows: ReadonlyArray<[string, string]> = [
    ['ada.lovelace@example.com', OBVIOUS],
    ['ADA.Lovelace@Example.com', OBVIOUS],
    ['ada.lovelace', OBVIOUS],
    ['Countess1815', OBVIOUS],
    ['ada lovelace', OBVIOUS],
    ['AdaLovelace', OBVIOUS],
    ['portico gardens', OBVIOUS],
    ['gardens.example', OBVIOUS],
    ['        ', 'New Password should not be blank.'],
    ['\u3000'.repeat(9), 'New Password should not be blank.'],
    ['password', COMMON],
    ['PassWord1', COMMON],
    ['12345678', COMMON],
    ['ｐａｓｓｗｏｒｄ', COMMON],
    ['qwertyuiop', COMMON],
  ];
  test.each(rows)('%s', async (password, expected) => {
    expect(await checkPassword(SETTINGS, password, ADA)).toBe(expected);
  });

  test('a longer password may hold all that', async () => {
    expect(await checkPassword(SETTINGS, 'ada.lovelace likes password', ADA)).toBeUndefined();
  });

  test('a user without a name has no obvious blank', async () => {
    const nobody = { email: 'x@example.com', username: null, fullName: null };
    expect(await checkPassword(SETTINGS, 'gxkwqpzm', nobody)).toBeUndefined();
  });
});

describe('the list', () => {
  test('is some hundred passwords, folded as candidates are', () => {
    expect(commonPasswords.size).toBeGreaterThan(300);
    const unfolded = [...commonPasswords].filter(
      (word) => word.normalize('NFKC').toLowerCase().trim() !== word,
    );
    expect(unfolded).toEqual([]);
  });
});

describe('the judge of the app', () => {
  const judged = (check: PasswordChecker): Parameters<typeof checkPassword>[0] => ({
    ...SETTINGS,
    password: { ...SETTINGS.password, check },
  });

  test('has the last word', async () => {
    const leaked = judged(async (password) => (password === 'gxkwqpzm' ? 'It was leaked.' : undefined));
    expect(await checkPassword(leaked, 'gxkwqpzm', ADA)).toBe('It was leaked.');
    expect(await checkPassword(leaked, 'gxkwqpzn', ADA)).toBeUndefined();
  });

  test('is not asked for what is refused anyway, and knows the user', async () => {
    const asked: unknown[] = [];
    const settings = judged((password, user) => void asked.push([password, user]));
    await checkPassword(settings, 'short', ADA);
    await checkPassword(settings, 'gxkwqpzm', ADA);
    expect(asked).toEqual([['gxkwqpzm', ADA]]);
  });
});

test('any text gets a verdict', async () => {
  // Halves of surrogate pairs among them.
  const codePoint = fc.integer({ min: 0, max: 0x10ffff }).map((value) => String.fromCodePoint(value));
  const text = fc.array(codePoint, { maxLength: 300 }).map((characters) => characters.join(''));
  await fc.assert(
    fc.asyncProperty(text, async (password) => {
      const verdict = await checkPassword(SETTINGS, password, ADA);
      expect(verdict === undefined || verdict.startsWith('New Password ')).toBe(true);
    }),
  );
});
