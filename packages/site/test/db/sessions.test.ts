import type { SessionRecord } from 'portico';
import { expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE } from './fixtures.ts';

const NOW = 1_700_000_000_000;

function record(more: Partial<SessionRecord> = {}): SessionRecord {
  return { data: {}, version: 1, createdAt: NOW, expiresAt: NOW + 1000, userId: undefined, ...more };
}

describeDatabases('the session store', ({ open }) => {
  it('gives back what was written, and nothing under another key', async () => {
    const { sessionStore } = await open({ now: () => NOW });
    const written = record({
      data: {
        user: 1,
        nested: { list: [1, 'two', null] },
        ...Object.fromEntries(HOSTILE.map((text) => [text, text])),
      },
      userId: '7',
    });
    expect(await sessionStore.write('key', written, 0)).toBe(true);
    expect(await sessionStore.read('key')).toEqual(written);
    expect(await sessionStore.read('other')).toBeUndefined();
    await sessionStore.destroy('key');
    await sessionStore.destroy('key');
    expect(await sessionStore.read('key')).toBeUndefined();
  });

  it('writes only over the version that was read', async () => {
    const { sessionStore } = await open({ now: () => NOW });
    const second = record({ version: 2, data: { n: 2 }, userId: '8' });
    expect(await sessionStore.write('key', second, 1)).toBe(false);
    expect(await sessionStore.write('key', record(), 0)).toBe(true);
    expect(await sessionStore.write('key', record({ data: { n: 0 } }), 0)).toBe(false);
    expect(await sessionStore.write('key', second, 2)).toBe(false);
    expect(await sessionStore.write('key', second, 1)).toBe(true);
    expect(await sessionStore.read('key')).toEqual(second);
  });

  it('never returns an expired record, and writes over it as if there were none', async () => {
    let now = NOW;
    const { sessionStore, database } = await open({ now: () => now });
    await sessionStore.write('key', record({ userId: '7' }), 0);
    now = NOW + 1000;
    expect(await sessionStore.read('key')).toBeUndefined();
    expect(await sessionStore.write('key', record({ version: 2 }), 1)).toBe(false);
    expect(await database.sessions.listOf(7, now)).toEqual([]);
    const fresh = record({ createdAt: now, expiresAt: now + 5, data: { fresh: true } });
    expect(await sessionStore.write('key', fresh, 0)).toBe(true);
    expect(await sessionStore.read('key')).toEqual(fresh);
  });

  it('loses no write of many at once', async () => {
    const stores = [await open({ now: () => NOW }), await open({ now: () => NOW })].map(
      (it) => it.sessionStore,
    );
    const created = await Promise.all(
      Array.from({ length: 20 }, (_, n) => stores[n % 2]!.write('key', record({ data: { n } }), 0)),
    );
    expect(created.filter(Boolean)).toHaveLength(1);

    const counter = 'counter';
    await stores[0]!.write(counter, record({ data: { n: 0 } }), 0);
    async function increment(store: (typeof stores)[number]): Promise<void> {
      for (;;) {
        const { data, version } = (await store.read(counter))!;
        const next = record({ data: { n: Number(data['n']) + 1 }, version: version + 1 });
        if (await store.write(counter, next, version)) return;
      }
    }
    await Promise.all(Array.from({ length: 20 }, (_, n) => increment(stores[n % 2]!)));
    expect(await stores[0]!.read(counter)).toEqual(record({ data: { n: 20 }, version: 21 }));
  });
});

describeDatabases('the sessions of a user', ({ open }) => {
  async function withThree() {
    let now = NOW;
    const opened = await open({ now: () => now });
    const { sessionStore, database } = opened;
    const write = (key: string, userId: string): Promise<boolean> =>
      sessionStore.write(key, record({ userId, data: { key } }), 0);
    await write('first', '7');
    now += 10;
    await write('second', '7');
    await write('foreign', '8');
    now += 10;
    await write('third', '7');
    await sessionStore.write('guest', record(), 0);
    return { ...opened, sessions: database.sessions, tick: () => (now += 10) };
  }

  it('are listed by when they were last written, without expired ones', async () => {
    const { sessionStore, sessions, tick } = await withThree();
    const now = tick();
    await sessionStore.write('first', record({ userId: '7', version: 2, data: { key: 'again' } }), 1);
    const list = await sessions.listOf(7, now);
    expect(list.map(({ key }) => key)).toEqual(['first', 'third', 'second']);
    expect(list[0]).toEqual({
      uid: list[0]!.uid,
      userId: 7,
      key: 'first',
      createdAt: NOW,
      lastSeenAt: now,
      expiresAt: NOW + 1000,
      data: { key: 'again' },
    });
    expect(new Set(list.map(({ uid }) => uid)).size).toBe(3);
    expect(await sessions.listOf(7, NOW + 1000)).toEqual([]);
  });

  it('keep their uid when they are written again', async () => {
    const { sessionStore, sessions } = await withThree();
    const before = await sessions.listOf(8, NOW);
    await sessionStore.write('foreign', record({ userId: '8', version: 2 }), 1);
    const after = await sessions.listOf(8, NOW);
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
  });

  it('are revoked one by one, by their own user only', async () => {
    const { sessionStore, sessions } = await withThree();
    const [third] = await sessions.listOf(7, NOW);
    expect(await sessions.revoke(8, third!.uid)).toBe(false);
    expect(await sessions.revoke(7, third!.uid)).toBe(true);
    expect(await sessions.revoke(7, third!.uid)).toBe(false);
    expect(await sessionStore.read('third')).toBeUndefined();
    expect(await sessionStore.read('second')).toBeDefined();
  });

  it('are revoked all, or all but one', async () => {
    const { sessionStore, sessions } = await withThree();
    const [third] = await sessions.listOf(7, NOW);
    expect(await sessions.revokeAll(7, third!.uid)).toBe(2);
    expect((await sessions.listOf(7, NOW)).map(({ key }) => key)).toEqual(['third']);
    expect(await sessions.revokeAll(7)).toBe(1);
    expect(await sessions.revokeAll(7)).toBe(0);
    for (const key of ['foreign', 'guest']) expect(await sessionStore.read(key)).toBeDefined();
  });

  it('are purged once they have ended before a given time', async () => {
    const { sessionStore, sessions } = await withThree();
    await sessionStore.write('late', record({ expiresAt: NOW + 5000 }), 0);
    expect(await sessions.purge(NOW + 1000)).toBe(0);
    expect(await sessions.purge(NOW + 1001)).toBe(5);
    expect(await sessionStore.read('late')).toBeDefined();
  });
});
