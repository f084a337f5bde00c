import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmailAddress } from '../../src/lib/email-address.ts';
import { emailError, nameErrors, takenError, usernameError } from '../../src/users/validate-user.ts';

describe('an e-mail address', () => {
  it.each([
    'ada@example.com',
    'Ada.Lovelace+news@sub.example.co.uk',
    "o'neill@example.com",
    'a@b.co',
    'ada@bücher.example',
    'ada@xn--bcher-kva.example',
    'jürgen@example.com',
    'あだ@例え.テスト',
    `${'a'.repeat(64)}@example.com`,
  ])('%s is one', (text) => {
    expect(emailError(text)).toBeUndefined();
  });

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'ada@@example.com',
    'ada@example..com',
    'ada@-example.com',
    'ada@example.com.',
    '.ada@example.com',
    'ada.@example.com',
    'a..da@example.com',
    'ada lovelace@example.com',
    'ada@exam ple.com',
    '"ada"@example.com',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ada@example.com\nBcc: all@example.com',
    'ada@example.com\r\n',
    'ada@example.com,bob@example.com',
    'Ada <ada@example.com>',
    'ada@example.com\0',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a'.repeat(64)}.com`,
    `ada@${'a.'.repeat(124)}com`,
  ])('%j is none', (text) => {
    expect(emailError(text)).toBe('Email is not a valid email address.');
  });

  it('is required and has a length', () => {
    expect(emailError('')).toBe('Email cannot be blank.');
    expect(emailError(`${'a'.repeat(250)}@example.com`)).toBe('Email should contain at most 255 characters.');
  });

  it('never holds what would add a header or another recipient to a mail', () => {
    const hostile = fc.constantFrom(
      ...' \t\r\n\0,;<>()[]"\\',
      '\u00a0',
      '\u2028',
      '\u200b',
      '\u202e',
      '\ud800',
    );
    const address = 'ada+b@bücher.example.com';
    fc.assert(
      fc.property(hostile, fc.nat(address.length), (character, at) => {
        expect(isEmailAddress(address)).toBe(true);
        expect(isEmailAddress(address.slice(0, at) + character + address.slice(at))).toBe(false);
      }),
    );
  });
});

describe('a username', () => {
  it.each(['ada', 'Ada_L', 'ada.lovelace', 'アダ', 'a', 'x'.repeat(255)])('%s is fine', (text) => {
    expect(usernameError(text, ['ada@example.com'])).toBeUndefined();
  });

  it.each([
    ['', 'Username cannot be blank.'],
    ['ada lovelace', 'Username cannot contain spaces.'],
    ['ada\tl', 'Username cannot contain spaces.'],
    ['ada\u00a0l', 'Username cannot contain spaces.'],
    ['x'.repeat(256), 'Username should contain at most 255 characters.'],
    ['https://evil.example', 'Invalid value “https://evil.example”.'],
    ['ada\0', 'Invalid value “ada ”.'],
    ['ad\u200ba', 'Invalid value “ad a”.'],
    ['ada\u202e', 'Invalid value “ada ”.'],
    ['ada\ud800', 'Invalid value “ada\ufffd”.'],
  ])('%j: %s', (text, error) => {
    expect(usernameError(text, [])).toBe(error);
  });

  it('may be an e-mail address of the user, in any case of its letters, and nobody else’s', () => {
    const own = ['Ada@example.com', 'new@example.com'];
    expect(usernameError('ada@Example.com', own)).toBeUndefined();
    expect(usernameError('new@example.com', own)).toBeUndefined();
    expect(usernameError('victim@example.com', own)).toBe(
      'Username cannot be an email address other than your own.',
    );
  });
});

describe('a name', () => {
  const name = { fullName: 'http://evil.example Ada', firstName: 'x'.repeat(256), lastName: null };

  it('holds no link, is not too long and may be left out', () => {
    expect(nameErrors(name, ['fullName', 'firstName', 'lastName'])).toEqual({
      fullName: 'Invalid value “http://evil.example Ada”.',
      firstName: 'First Name should contain at most 255 characters.',
    });
  });

  it('is judged only where it was sent', () => {
    expect(nameErrors(name, ['lastName'])).toEqual({});
  });

  it.each(['Ada\nLovelace', 'Ada\0', 'Ada \u202egpj.exe', 'Ada\u2028'])('%j is unfit', (fullName) => {
    expect(nameErrors({ ...name, fullName }, ['fullName'])).toHaveProperty('fullName');
  });

  it('may join its letters as Persian does', () => {
    expect(nameErrors({ ...name, fullName: 'می\u200cنا' }, ['fullName'])).toEqual({});
  });
});

it('says what is taken', () => {
  expect(takenError('email', 'ada@example.com')).toBe('Email "ada@example.com" has already been taken.');
  expect(takenError('username', 'ada')).toBe('Username "ada" has already been taken.');
});
