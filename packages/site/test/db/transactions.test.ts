import { expect, it, onTestFinished } from 'vitest';
import type { Stores } from '../../src/database.ts';
import { createDatabase } from '../../src/db/create-database.ts';
import { describeDatabases, freshDatabaseUrl } from '../support/databases.ts';
import { addressOf, userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('transactions', ({ kind, open }) => {
  /** What only one of the databases can get into. */
  function itOn(which: typeof kind, name: string, test: () => Promise<void>): void {
    if (kind === which) it(name, test);
  }

  it('give back what the work gives back, and all its writes stay', async () => {
    const { users, addresses, transaction } = (await open()).database;
    const id = await transaction(async (stores) => {
      const user = await stores.users.insert(userNamed('ada'), NOW);
      await stores.addresses.insert(addressOf(user.id), NOW);
      expect(await stores.users.find(user.id)).toEqual(user);
      return user.id;
    });
    expect(await users.find(id)).toBeDefined();
    expect(await addresses.listOf(id)).toHaveLength(1);
  });

  it('undo everything when the work throws, and rethrow what it threw', async () => {
    const { users, discardedFiles, transaction } = (await open()).database;
    const reason = new TypeError('no');
    const failed = transaction(async (stores) => {
      await stores.users.insert(userNamed('ada'), NOW);
      await stores.discardedFiles.discard('file', NOW);
      throw reason;
    });
    expect(await failed.catch((error: unknown) => error)).toBe(reason);
    expect((await users.list({ limit: 1, offset: 0 })).total).toBe(0);
    expect(await discardedFiles.due(NOW, 1)).toEqual([]);
    expect(
      await transaction(async (stores) => (await stores.users.insert(userNamed('ada'), NOW)).username),
    ).toBe('ada');
  });

  it('undo everything when a name is taken', async () => {
    const { users, outbox, transaction } = (await open()).database;
    await users.insert(userNamed('ada'), NOW);
    const failed = transaction(async (stores) => {
      await stores.outbox.enqueue(
        { key: 'x', message: { to: 'a@b.c', subject: '', text: '', html: '' } },
        NOW,
      );
      await stores.users.insert(userNamed('bob', { email: 'ADA@example.com' }), NOW);
    });
    await expect(failed).rejects.toMatchObject({ name: 'TakenError', field: 'email' });
    expect(await outbox.nextDueAt()).toBeNull();
  });

  it('let two who lock the same user wait for one another', async () => {
    const both = [(await open()).database, (await open()).database];
    const { id } = await both[0]!.users.insert(userNamed('ada'), NOW);
    const count = async ({ users }: Stores): Promise<void> => {
      const { invalidLoginCount } = (await users.lock(id))!;
      await users.update(id, { invalidLoginCount: invalidLoginCount + 1 }, NOW);
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => both[n % 2]!.transaction(count)));
    expect((await both[0]!.users.find(id))!.invalidLoginCount).toBe(20);
  });

  it('are not seen by others before they are committed', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const { id } = await one.users.insert(userNamed('ada'), NOW);
    await one.transaction(async ({ users }) => {
      await users.update(id, { firstName: 'Ada' }, NOW);
      expect((await other.users.find(id))!.firstName).toBeNull();
    });
    expect((await other.users.find(id))!.firstName).toBe('Ada');
  });

  itOn('sqlite', 'refuse a store of the outside, which would wait for ever', async () => {
    const { users, transaction } = (await open()).database;
    const failed = transaction(async () => users.find(1));
    await expect(failed).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      cause: { message: expect.stringContaining('only the stores it was handed') },
    });
    expect(await users.find(1)).toBeUndefined();
  });

  itOn('postgres', 'do not pass for committed when a failed statement went unheard', async () => {
    const { users, transaction } = (await open()).database;
    await users.insert(userNamed('ada'), NOW);
    const failed = transaction(async (stores) => {
      await stores.users.insert(userNamed('bob'), NOW);
      await stores.users.insert(userNamed('ada'), NOW).catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('The transaction was undone');
    expect((await users.list({ limit: 1, offset: 0 })).total).toBe(1);
  });

  itOn('postgres', 'begin again after a deadlock', async () => {
    // PostgreSQL looks for deadlocks after a second, which a busy machine draws out.
    const fresh = await freshDatabaseUrl('postgres');
    const site = createDatabase(`${fresh.url}&statement_timeout=20000&query_timeout=20000`);
    onTestFinished(async () => {
      await site.close();
      await fresh.drop();
    });
    await site.migrate();
    const { users, transaction } = site.database;
    const ids = [
      (await users.insert(userNamed('ada'), NOW)).id,
      (await users.insert(userNamed('bob'), NOW)).id,
    ] as const;
    let waiting = 2;
    let bothHaveOne = (): void => {};
    const barrier = new Promise<void>((resolve) => (bothHaveOne = resolve));
    let runs = 0;
    const lock = (first: number, second: number): Promise<void> =>
      transaction(async (stores) => {
        runs++;
        await stores.users.lock(first);
        if (--waiting === 0) bothHaveOne();
        await barrier;
        await stores.users.update(second, { firstName: String(first) }, NOW);
      });
    await Promise.all([lock(ids[0], ids[1]), lock(ids[1], ids[0])]);
    expect(runs).toBeGreaterThan(2);
    expect((await users.find(ids[0]))!.firstName).toBe(String(ids[1]));
    expect((await users.find(ids[1]))!.firstName).toBe(String(ids[0]));
  });

  it('are begun again three times at most, and only after an error that may pass', async () => {
    const { transaction } = (await open()).database;
    for (const [code, runs] of [
      ['40001', kind === 'postgres' ? 4 : 1],
      ['23514', 1],
    ] as const) {
      let count = 0;
      const reason = Object.assign(new Error('could not serialize access'), { code });
      const failed = transaction(async () => {
        count++;
        throw reason;
      });
      expect(await failed.catch((error: unknown) => error)).toBe(reason);
      expect(count).toBe(runs);
    }
  });

  it('are not slowed down by a crowd: each gets its turn', async () => {
    const { users, transaction } = (await open()).database;
    const done = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        transaction(async (stores) => (await stores.users.insert(userNamed(`user${n}`), NOW)).username),
      ),
    );
    expect(done).toEqual(Array.from({ length: 60 }, (_, n) => `user${n}`));
    expect((await users.list({ limit: 1, offset: 0 })).total).toBe(60);
  });
});
