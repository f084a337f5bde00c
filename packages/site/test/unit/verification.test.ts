import { describe, expect, it } from 'vitest';
import type { User } from '../../src/users/user.ts';
import type { CodePurpose, VerificationCode } from '../../src/users/codes/verification-code-store.ts';
import { checkCode, codeLink, consumeCode, issueCode } from '../../src/users/codes/verification.ts';

const UID = '4f6c1c6e-2f3b-4f0c-9d53-0f2f5a7b8c9d';
const user = { id: 7, uid: UID, status: 'active', passwordHash: 'hash' } as User;

function setUp(stored: Partial<User> = {}) {
  let row: VerificationCode | undefined;
  let time = 1_000_000;
  const asked: unknown[] = [];
  const owner = { ...user, ...stored };
  const codes = {
    replace: async (code: VerificationCode) => void (row = code),
    find: async (userId: number, hash: string) => {
      asked.push(userId);
      return row?.userId === userId && row.hash === hash ? row : undefined;
    },
    consume: async (userId: number, hash: string) => {
      const found = row?.userId === userId && row.hash === hash ? row : undefined;
      if (found) row = undefined;
      return found;
    },
    remove: async () => void (row = undefined),
  };
  const users = {
    findByUid: async (uid: string) => (uid === UID ? owner : undefined),
    lock: async (id: number) => (id === owner.id ? owner : undefined),
  };
  const services = {
    settings: {
      siteUrl: 'https://example.com/shop',
      setPasswordPath: 'setpassword',
      verifyEmailPath: 'verifyemail',
      verificationCodeDuration: 60,
    },
    now: () => time,
    database: { users, codes },
  } as never;
  return {
    services,
    asked,
    row: () => row,
    pass: (seconds: number) => void (time += seconds * 1000),
    issue: (purpose: CodePurpose = 'reset-password') => issueCode(services, { codes }, owner, purpose),
    check: (code: string, uid = UID, purposes: CodePurpose[] = ['reset-password', 'activate']) =>
      checkCode(services, uid, code, purposes),
    consume: (code: string, purposes: CodePurpose[] = ['reset-password']) =>
      consumeCode(services, { users, codes } as never, owner.id, code, purposes),
  };
}

describe('a code', () => {
  it('is 256 random bits, of which only a hash is stored', async () => {
    const { issue, row } = setUp();
    const code = await issue();
    expect(Buffer.from(code, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(row())).not.toContain(code);
    expect(row()).toMatchObject({
      userId: 7,
      purpose: 'reset-password',
      issuedAt: 1_000_000,
      expiresAt: 1_060_000,
    });
    expect(await issue()).not.toBe(code);
  });

  it('is good until it is used, looked at as often as one likes', async () => {
    const { issue, check, consume } = setUp();
    const code = await issue();
    expect(await check(code)).toMatchObject({ purpose: 'reset-password', user: { id: 7 } });
    expect(await check(code)).toBeDefined();
    expect(await consume(code)).toMatchObject({ purpose: 'reset-password' });
    expect(await check(code)).toBeUndefined();
    await expect(consume(code)).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: 'InvalidVerificationCode',
    });
  });

  it('is worth nothing once another one was mailed', async () => {
    const { issue, check } = setUp();
    const first = await issue();
    const second = await issue();
    expect(await check(first)).toBeUndefined();
    expect(await check(second)).toBeDefined();
  });

  it('ends with its time', async () => {
    const { issue, check, consume, pass } = setUp();
    const code = await issue();
    pass(59);
    expect(await check(code)).toBeDefined();
    pass(1);
    expect(await check(code)).toBeUndefined();
    await expect(consume(code)).rejects.toMatchObject({ message: 'InvalidVerificationCode' });
  });

  it('is good for what it was made for only', async () => {
    const { issue, check, consume } = setUp();
    const code = await issue('verify-email');
    expect(await check(code)).toBeUndefined();
    await expect(consume(code)).rejects.toMatchObject({ message: 'InvalidVerificationCode' });
  });

  it('opens no account that was closed after the mail, unless it was made to', async () => {
    const closed = setUp({ status: 'inactive' });
    expect(await closed.check(await closed.issue('activate'))).toBeUndefined();
    expect(await closed.check(await closed.issue('reclaim'), UID, ['reclaim'])).toBeDefined();
  });

  it.each(['', 'x', '\0', "' OR 1=1", UID.toUpperCase(), '00000000-0000-0000-0000-000000000000'])(
    'for the unknown user %j is looked for as any other',
    async (uid) => {
      const { issue, check, asked } = setUp();
      const code = await issue();
      expect(await check(code, uid)).toBeUndefined();
      expect(asked).toHaveLength(1);
    },
  );
});

describe('the link of a code', () => {
  const { services } = setUp();

  it.each<[CodePurpose, string | null, string]>([
    ['reset-password', 'hash', 'setpassword'],
    ['reset-password', null, 'setpassword'],
    ['reclaim', null, 'setpassword'],
    ['activate', null, 'setpassword'],
    ['activate', 'hash', 'verifyemail'],
    ['verify-email', 'hash', 'verifyemail'],
    ['verify-email', null, 'verifyemail'],
  ])('%s of a user with password %s leads to %s', (purpose, passwordHash, path) => {
    expect(codeLink(services, purpose, { uid: UID, passwordHash }, 'a_-b')).toBe(
      `https://example.com/shop/${path}?code=a_-b&id=${UID}`,
    );
  });

  it('leads to the action where the path is turned off', () => {
    const settings = {
      siteUrl: 'https://example.com',
      setPasswordPath: false,
      verifyEmailPath: false,
    } as never;
    const link = (purpose: CodePurpose): string => codeLink({ settings }, purpose, user, 'c');
    expect(link('reset-password')).toBe(`https://example.com/actions/users/set-password?code=c&id=${UID}`);
    expect(link('verify-email')).toBe(`https://example.com/actions/users/verify-email?code=c&id=${UID}`);
  });
});
