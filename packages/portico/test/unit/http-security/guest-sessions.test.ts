import { beforeEach, describe, expect, test } from 'vitest';
import { observedStore, Visitor } from './session-harness.ts';

// Guests in their cookie, users in the store: `session: { store, guests: 'cookie' }`.

const STORED_ID = /^[\w-]{43}$/;

describe('sessions of guests in their cookie', () => {
  let store: ReturnType<typeof observedStore>;
  let visitor: Visitor;

  beforeEach(() => {
    store = observedStore(() => visitor.now);
    visitor = new Visitor({ store, guests: 'cookie' });
  });

  const signIn = (id: string): Promise<void> => visitor.request((session) => void (session.userId = id));

  test('cost no call of the store, whatever they hold', async () => {
    await visitor.request((session) => session.set('cart', ['cup']));
    await visitor.request((session) => session.set('seen', true));
    expect(await visitor.request((session) => [session.get('cart'), session.get('seen')])).toEqual([
      ['cup'],
      true,
    ]);
    expect(store.calls).toEqual([]);
    expect(visitor.cookie).not.toMatch(STORED_ID);
  });

  test('move to the store under a new id at the login, with all they hold', async () => {
    const before = await visitor.request((session) => (session.set('cart', ['cup']), session.id));
    await signIn('7');
    expect(store.size).toBe(1);
    expect(visitor.cookie).toMatch(STORED_ID);
    const after = await visitor.request((session) => [
      session.userId,
      session.get('cart'),
      session.id === before,
    ]);
    expect(after).toEqual(['7', ['cup'], false]);
  });

  test('a login without a session before makes one row', async () => {
    await signIn('7');
    expect(store.size).toBe(1);
    expect(await visitor.request((session) => session.userId)).toBe('7');
  });

  test('the cookie from before the login opens nothing of the user’s', async () => {
    await visitor.request((session) => session.set('cart', ['cup']));
    const old = visitor.cookie;
    await signIn('7');
    await visitor.request((session) => session.set('cart', ['plate']));
    visitor.cookie = old;
    expect(await visitor.request((session) => [session.userId, session.get('cart')])).toEqual([
      undefined,
      ['cup'],
    ]);
  });

  test('signing out removes the row, and what is said afterwards waits in a cookie', async () => {
    await signIn('7');
    const signedIn = visitor.cookie;
    await visitor.request((session) => {
      session.destroy();
      session.set('notice', 'Bye');
    });
    expect(store.size).toBe(0);
    expect(visitor.cookie).not.toMatch(STORED_ID);
    expect(await visitor.request((session) => [session.get('notice'), session.userId])).toEqual([
      'Bye',
      undefined,
    ]);
    visitor.cookie = signedIn;
    expect(await visitor.request((session) => session.userId)).toBeUndefined();
  });

  test('signing out with nothing to say clears the cookie', async () => {
    await signIn('7');
    await visitor.request((session) => session.destroy());
    expect([store.size, visitor.cookie]).toEqual([0, undefined]);
  });

  test('another user at the same browser gets a row of his own, and the first one’s is gone', async () => {
    await signIn('7');
    await visitor.request((session) => {
      session.destroy();
      session.userId = '8';
    });
    expect(store.size).toBe(1);
    expect(await visitor.request((session) => session.userId)).toBe('8');
  });

  test('a user’s session that only loses its user stays in the store under a new id', async () => {
    await signIn('7');
    const before = visitor.cookie;
    await visitor.request((session) => void (session.userId = undefined));
    expect(store.size).toBe(1);
    expect(visitor.cookie).not.toBe(before);
    expect(await visitor.request((session) => session.userId)).toBeUndefined();
  });

  test('two tabs that sign in at once from one guest session each get a session that works', async () => {
    await visitor.request((session) => session.set('cart', ['cup']));
    const cookie = visitor.cookie;
    const [first, second] = [await visitor.load(), await visitor.load()];
    first.userId = '7';
    second.userId = '7';
    await visitor.commit(first);
    const firstCookie = visitor.cookie;
    visitor.cookie = cookie;
    await visitor.commit(second);
    for (const kept of [firstCookie, visitor.cookie]) {
      visitor.cookie = kept;
      expect(await visitor.request((session) => session.userId)).toBe('7');
    }
  });

  test('an unreachable store is an outage for users, and guests do not notice', async () => {
    await signIn('7');
    const signedIn = visitor.cookie;
    store.failing = true;
    await expect(visitor.load()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    visitor.cookie = undefined;
    await visitor.request((session) => session.set('cart', ['cup']));
    store.failing = false;
    visitor.cookie = signedIn;
    expect(await visitor.request((session) => session.userId)).toBe('7');
  });

  test.each(['', 'x', 'a'.repeat(43), 'b'.repeat(200), '%00'])(
    'a forged cookie %j is nobody',
    async (forged) => {
      visitor.cookie = forged;
      expect(await visitor.request((session) => [session.isNew, session.userId])).toEqual([true, undefined]);
    },
  );
});
