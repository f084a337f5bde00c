import { expect, it } from 'vitest';
import type { VerificationCode } from '../../src/users/codes/verification-code-store.ts';
import { describeDatabases } from '../support/databases.ts';
import { userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('verification codes', ({ open }) => {
  const code = (userId: number, hash: string): VerificationCode => ({
    userId,
    purpose: 'reset-password',
    hash,
    issuedAt: NOW,
    expiresAt: NOW + 1000,
  });

  it('keeps one a user: another one takes its place', async () => {
    const { users, codes } = (await open()).database;
    const [ada, bob] = [await users.insert(userNamed('ada'), NOW), await users.insert(userNamed('bob'), NOW)];
    await codes.replace(code(ada.id, 'first'));
    await codes.replace(code(bob.id, 'first'));
    const second: VerificationCode = {
      userId: ada.id,
      purpose: 'activate',
      hash: 'second',
      issuedAt: NOW + 1,
      expiresAt: NOW + 2,
    };
    await codes.replace(second);
    expect(await codes.find(ada.id, 'first')).toBeUndefined();
    expect(await codes.find(ada.id, 'second')).toEqual(second);
    expect(await codes.find(bob.id, 'first')).toEqual(code(bob.id, 'first'));
    expect(await codes.find(bob.id, 'second')).toBeUndefined();
    expect(await codes.find(1.5, 'first')).toBeUndefined();
  });

  it('gives a code away once, also when two ask at once', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const { id } = await one.users.insert(userNamed('ada'), NOW);
    for (let round = 0; round < 10; round++) {
      await one.codes.replace(code(id, `hash${round}`));
      const taken = await Promise.all([
        one.codes.consume(id, `hash${round}`),
        other.codes.consume(id, `hash${round}`),
        one.codes.consume(id, 'another'),
      ]);
      expect(taken.filter((it) => it !== undefined)).toEqual([code(id, `hash${round}`)]);
    }
  });

  it('removes what a user has, and nothing where there is nothing', async () => {
    const { users, codes } = (await open()).database;
    const { id } = await users.insert(userNamed('ada'), NOW);
    await codes.replace(code(id, 'hash'));
    await codes.remove(id);
    await codes.remove(id);
    expect(await codes.find(id, 'hash')).toBeUndefined();
  });
});

describeDatabases('impersonation tokens', ({ open }) => {
  it('are found, given away once, and purged when they have expired', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const issuerId = (await one.users.insert(userNamed('ada'), NOW)).id;
    const userId = (await one.users.insert(userNamed('bob'), NOW)).id;
    const token = { hash: 'hash', issuerId, issuerStamp: 4, userId, expiresAt: NOW };
    await one.impersonationTokens.insert(token);
    await one.impersonationTokens.insert({ ...token, hash: 'later', expiresAt: NOW + 1 });
    await one.impersonationTokens.insert({ ...token, hash: 'old', expiresAt: NOW - 1 });
    expect(await one.impersonationTokens.find('hash')).toEqual(token);
    expect(await one.impersonationTokens.find('nothing')).toBeUndefined();
    const taken = await Promise.all([
      one.impersonationTokens.consume('hash'),
      other.impersonationTokens.consume('hash'),
    ]);
    expect(taken.filter((it) => it !== undefined)).toEqual([token]);
    expect(await one.impersonationTokens.purge(NOW)).toBe(1);
    expect(await one.impersonationTokens.find('old')).toBeUndefined();
    expect(await one.impersonationTokens.find('later')).toBeDefined();
  });
});
