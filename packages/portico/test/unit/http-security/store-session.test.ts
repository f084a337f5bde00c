import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createMemorySessionStore } from '../../../src/http/session/memory-session-store.ts';
import { hashedToken } from '../../../src/http/signing/secrets.ts';
import type { SessionRecord, SessionStore } from '../../../src/http/session/session-store.ts';
import { stateOf } from '../../../src/http/session/session.ts';
import { DAY, observedStore, START, Visitor } from './session-harness.ts';

function setUp(): { visitor: Visitor; store: ReturnType<typeof observedStore> } {
  let visitor: Visitor | undefined = undefined as Visitor | undefined;
  const store = observedStore(() => visitor?.now ?? START);
  visitor = new Visitor({ store });
  return { visitor, store };
}

const UNREACHABLE = {
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
  message: 'The session store cannot be reached.',
};

describe('a session in a store', () => {
  test('reading the store: it holds the hash of an id, never the id', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => session.set('a', 1));
    const { cookie = '' } = visitor;
    expect(cookie).toMatch(/^[\w-]{43}$/);
    expect(await store.read(cookie)).toBeUndefined();
    expect(await store.read(hashedToken(cookie))).toEqual({
      data: { a: 1 },
      version: 1,
      createdAt: START,
      expiresAt: START + 14 * DAY,
      userId: undefined,
    });
  });

  test('asks the store nothing without a cookie that could be an id', async () => {
    const { visitor, store } = setUp();
    for (const cookie of [undefined, '', 'x', 'A'.repeat(44), 'ä'.repeat(43)]) {
      visitor.cookie = cookie;
      expect(visitor.sessions.load(cookie, START)).not.toBeInstanceOf(Promise);
      await visitor.request((session) => session.get('a'));
    }
    expect(store.calls).toEqual([]);
  });

  test('a visit that changes nothing reads once and writes nothing', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => session.set('a', 1));
    store.calls.length = 0;
    await visitor.request((session) => session.get('a'));
    expect(store.calls).toEqual(['read']);
  });

  test('login replaces the record; the old id opens nothing', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => session.set('cart', ['a']));
    const before = visitor.cookie ?? '';
    await visitor.request((session) => (session.userId = '7'));
    expect(await store.read(hashedToken(before))).toBeUndefined();
    expect(await store.read(hashedToken(visitor.cookie ?? ''))).toMatchObject({
      userId: '7',
      data: { cart: ['a'] },
    });
    expect(store.size).toBe(1);
  });

  test('destroy removes the record', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => (session.userId = '7'));
    await visitor.request((session) => session.destroy());
    expect(store.size).toBe(0);
  });
});

describe('parallel requests', () => {
  test('keep what each of them changed', async () => {
    const { visitor } = setUp();
    await visitor.request((session) => session.set('start', 0));
    const sessions = await Promise.all(Array.from({ length: 20 }, () => visitor.load()));
    for (const [index, session] of sessions.entries()) session.set(`key${index}`, index);
    sessions[0]?.delete('start');
    await Promise.all(sessions.map((session) => visitor.commit(session)));
    const kept = await visitor.load();
    expect(kept.keys().sort()).toEqual(sessions.map((_, index) => `key${index}`).sort());
  });

  test('merge in any order of any changes to different keys', async () => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      value: fc.option(fc.integer()),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(change, { selector: ({ key }) => key }),
        fc.nat(),
        async (changes, seed) => {
          const { visitor } = setUp();
          await visitor.request((session) => session.set('a', 'before'));
          await visitor.request((session) => session.set('b', 'before'));
          const expected = new Map<string, unknown>([
            ['a', 'before'],
            ['b', 'before'],
          ]);
          const sessions = await Promise.all(changes.map(() => visitor.load()));
          for (const [index, { key, value }] of changes.entries()) {
            if (value === null) {
              sessions[index]?.delete(key);
              expected.delete(key);
            } else {
              sessions[index]?.set(key, value);
              expected.set(key, value);
            }
          }
          const turn = sessions.length === 0 ? 0 : seed % sessions.length;
          const order = [...sessions.slice(turn), ...sessions.slice(0, turn)];
          await Promise.all(order.map((session) => visitor.commit(session)));
          const kept = await visitor.load();
          expect(new Map(kept.keys().map((key) => [key, kept.get(key)]))).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a message that was read does not take a newer one with it', async () => {
    const { visitor } = setUp();
    await visitor.request((session) => stateOf(session).set('_flash/notice', 'First.'));
    const reader = await visitor.load();
    const writer = await visitor.load();
    stateOf(reader).delete('_flash/notice');
    stateOf(writer).set('_flash/notice', 'Second.');
    await visitor.commit(writer);
    await visitor.commit(reader);
    expect(stateOf(await visitor.load()).get('_flash/notice')).toBe('Second.');
  });

  test('do not undo a logout: neither a change nor a refresh brings the session back', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => (session.userId = '7'));
    visitor.now += 3 * DAY;
    const late = await visitor.load();
    const idle = await visitor.load();
    const elevated = await visitor.load();
    late.set('a', 1);
    elevated.regenerate();
    await visitor.request((session) => session.destroy());
    for (const session of [late, idle, elevated]) {
      expect(await visitor.commit(session)).toBeUndefined();
      expect(await visitor.commit(session)).toBeUndefined();
    }
    expect(store.size).toBe(0);
  });

  test('a login stands when its old session was ended meanwhile, without the old data', async () => {
    const { visitor } = setUp();
    await visitor.request((session) => session.set('old', 1));
    const login = await visitor.load();
    login.userId = '7';
    login.set('fresh', 1);
    await visitor.request((session) => session.destroy());
    await visitor.commit(login);
    const session = await visitor.load();
    expect(session.userId).toBe('7');
    expect(session.keys()).toEqual(['fresh']);
  });

  test('a login keeps what others wrote before it', async () => {
    const { visitor } = setUp();
    await visitor.request((session) => session.set('cart', ['a']));
    const login = await visitor.load();
    login.userId = '7';
    await visitor.request((session) => session.set('cart', ['a', 'b']));
    await visitor.commit(login);
    expect((await visitor.load()).get('cart')).toEqual(['a', 'b']);
  });

  test('a refresh that was done by another request is not written again', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => session.set('a', 1));
    visitor.now += 3 * DAY;
    const [first, second] = [await visitor.load(), await visitor.load()];
    await visitor.commit(first);
    await visitor.commit(second);
    expect((await store.read(hashedToken(visitor.cookie ?? '')))?.version).toBe(2);
    expect(visitor.change?.options.maxAge).toBe((14 * DAY) / 1000);
  });

  test('give up with 503 when the store lets nobody win', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => session.set('a', 1));
    const session = await visitor.load();
    session.set('a', 2);
    store.write = async () => false;
    store.calls.length = 0;
    await expect(visitor.commit(session)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('too many requests at once') as string,
    });
    expect(store.calls.length).toBeLessThan(50);
  });
});

describe('a lost store', () => {
  test('reading: 503 with the cause, and nobody becomes anonymous', async () => {
    const { visitor, store } = setUp();
    await visitor.request((session) => (session.userId = '7'));
    store.failing = true;
    await expect(visitor.load()).rejects.toMatchObject({
      ...UNREACHABLE,
      cause: { message: 'ECONNREFUSED' },
    });
    store.failing = false;
    expect((await visitor.load()).userId).toBe('7');
  });

  test.each<[string, (session: Awaited<ReturnType<Visitor['load']>>) => void]>([
    ['a change', (session) => session.set('a', 1)],
    ['a login', (session) => (session.userId = '8')],
    ['a logout', (session) => session.destroy()],
  ])('saving %s: 503 and no cookie', async (_name, work) => {
    const { visitor, store } = setUp();
    await visitor.request((session) => (session.userId = '7'));
    const session = await visitor.load();
    work(session);
    const before = visitor.cookie;
    store.failing = true;
    await expect(visitor.commit(session)).rejects.toMatchObject(UNREACHABLE);
    expect(visitor.cookie).toBe(before);
  });

  test('a store that throws at once counts as lost too', async () => {
    const visitor = new Visitor({
      store: {
        read: () => {
          throw new Error('not connected');
        },
        write: async () => true,
        destroy: async () => undefined,
      },
    });
    visitor.cookie = 'A'.repeat(43);
    await expect(visitor.load()).rejects.toMatchObject(UNREACHABLE);
  });
});

describe('a new id in a store that moves records', () => {
  function moving(): { visitor: Visitor; store: Required<SessionStore> } {
    const store = createMemorySessionStore(() => START) as Required<SessionStore>;
    return { visitor: new Visitor({ store }), store };
  }

  test('does not bring back a session that ends at that very moment', async () => {
    const { visitor, store } = moving();
    await visitor.request((session) => (session.userId = '7'));
    const session = await visitor.load();
    session.regenerate();
    const move = vi.spyOn(store, 'move').mockImplementationOnce(async (key) => {
      await store.destroy(key);
      return false;
    });
    expect(await visitor.commit(session)).toBeUndefined();
    expect(move).toHaveBeenCalledTimes(1);
    expect((await visitor.load()).userId).toBeUndefined();
  });

  test('keeps what another request writes at that very moment', async () => {
    const { visitor, store } = moving();
    await visitor.request((session) => (session.userId = '7'));
    const session = await visitor.load();
    session.regenerate();
    const other = await visitor.load();
    other.set('b', 2);
    const real = store.move.bind(store);
    vi.spyOn(store, 'move').mockImplementationOnce(async (...values) => {
      await visitor.sessions.commit(other, START, true);
      return real(...values);
    });
    await visitor.commit(session);
    expect((await visitor.load()).get('b')).toBe(2);
  });
});

test('a record that a careless store returns after its end is none', async () => {
  const record: SessionRecord = { data: {}, version: 1, createdAt: START, expiresAt: START + 1, userId: '7' };
  const visitor = new Visitor({
    store: { read: async () => record, write: async () => true, destroy: async () => undefined },
  });
  visitor.cookie = 'A'.repeat(43);
  expect((await visitor.load()).userId).toBe('7');
  visitor.now = START + 1;
  expect((await visitor.load()).userId).toBeUndefined();
});
