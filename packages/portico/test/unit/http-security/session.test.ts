import { describe, expect, test } from 'vitest';
import { createMemorySessionStore } from '../../../src/http/session/memory-session-store.ts';
import { Session, stateOf } from '../../../src/http/session/session.ts';
import { DAY, START, Visitor } from './session-harness.ts';

// What holds wherever a session lives.
describe.each([
  ['in a cookie', () => new Visitor()],
  ['in a store', () => visitorWithStore()],
])('a session %s', (_where, createVisitor) => {
  test('keeps what was set, from request to request', async () => {
    const visitor = createVisitor();
    const cart = { items: [{ sku: 'a', qty: 2 }], note: null, ok: true };
    await visitor.request((session) => session.set('cart', cart));
    await visitor.request((session) => {
      expect(session.get('cart')).toEqual(cart);
      expect(session.isNew).toBe(false);
      expect(session.keys()).toEqual(['cart']);
      expect(session.delete('cart')).toBe(true);
    });
    await visitor.request((session) => expect(session.has('cart')).toBe(false));
  });

  test('is not made by reading', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => {
      expect(session.isNew).toBe(true);
      session.get('a');
      session.has('a');
      session.keys();
      session.delete('a');
      expect(session.id).toMatch(/^[\w-]{43}$/);
    });
    expect(visitor.change).toBeUndefined();
  });

  test('is not made by what was set and used up in one request', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => {
      session.set('a', 1);
      session.delete('a');
    });
    expect(visitor.change).toBeUndefined();
  });

  test('is made empty for what is bound to its id', async () => {
    const visitor = createVisitor();
    const id = await visitor.request((session) => session.ensure());
    expect(await visitor.request((session) => session.id)).toBe(id);
  });

  test('is not written when nothing changed', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => session.set('a', 1));
    await visitor.request((session) => {
      session.get('a');
      session.set('a', 1);
      session.delete('b');
    });
    expect(visitor.change).toBeUndefined();
  });

  test('notices an object that was changed in place', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => session.set('list', ['a']));
    await visitor.request((session) => session.get<string[]>('list')?.push('b'));
    expect(await visitor.request((session) => session.get('list'))).toEqual(['a', 'b']);
  });

  test('refuses an object that was changed in place into what JSON would change', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => session.set('list', ['a']));
    const change = visitor.request((session) => session.get<unknown[]>('list')?.push(new Date(0)));
    await expect(change).rejects.toThrow(/"list" at 1.*Date/);
  });

  test('may be saved twice in one request', async () => {
    const visitor = createVisitor();
    const session = await visitor.load();
    session.set('a', 1);
    await visitor.commit(session);
    expect(await visitor.commit(session)).toBeUndefined();
    session.set('b', 2);
    await visitor.commit(session);
    expect(await visitor.request((later) => [later.get('a'), later.get('b')])).toEqual([1, 2]);
  });

  test('fixation: a new id at login, with the data kept', async () => {
    const visitor = createVisitor();
    const before = await visitor.request((session) => {
      session.set('cart', ['a']);
      return session.id;
    });
    const after = await visitor.request((session) => {
      expect(stateOf(session).renewed).toBe(false);
      session.userId = '1';
      expect(stateOf(session).renewed).toBe(true);
      return session.id;
    });
    expect(after).not.toBe(before);
    await visitor.request((session) => {
      expect(session.id).toBe(after);
      expect(session.userId).toBe('1');
      expect(session.get('cart')).toEqual(['a']);
    });
  });

  test('fixation: regenerate gives a new id, for an empty session too', async () => {
    const visitor = createVisitor();
    const before = await visitor.request((session) => session.ensure());
    const after = await visitor.request((session) => {
      session.regenerate();
      return session.id;
    });
    expect(after).not.toBe(before);
    expect(await visitor.request((session) => session.id)).toBe(after);
  });

  test('fixation: a cookie that nobody handed out opens nothing and lends no id', async () => {
    const visitor = createVisitor();
    for (const planted of ['A'.repeat(43), 'x', '', '__proto__', 'A'.repeat(5000)]) {
      visitor.cookie = planted;
      await visitor.request((session) => {
        expect(session.isNew).toBe(true);
        session.set('a', 1);
        expect(session.id).not.toBe(planted);
      });
    }
  });

  test('destroy ends it and clears the cookie', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => (session.userId = '1'));
    await visitor.request((session) => {
      session.destroy();
      expect(session.userId).toBeUndefined();
      expect(session.isNew).toBe(true);
    });
    expect(visitor.change).toMatchObject({
      name: '__Host-portico',
      value: '',
      options: { maxAge: 0, path: '/' },
    });
  });

  test('what is set after destroy begins another session', async () => {
    const visitor = createVisitor();
    const before = await visitor.request((session) => {
      session.userId = '1';
      session.set('secret', 'x');
      return session.id;
    });
    await visitor.request((session) => {
      session.destroy();
      session.set('message', 'Bye');
    });
    await visitor.request((session) => {
      expect(session.id).not.toBe(before);
      expect(session.userId).toBeUndefined();
      expect(session.keys()).toEqual(['message']);
    });
  });

  test('ends when idle for maxAge', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => session.set('a', 1));
    visitor.now = START + 14 * DAY - 1;
    expect((await visitor.load()).get('a')).toBe(1);
    visitor.now = START + 14 * DAY;
    expect((await visitor.load()).isNew).toBe(true);
  });

  test('rolls on only when a tenth of maxAge has passed, and never beyond the absolute end', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => session.set('a', 1));
    expect(visitor.change?.options.maxAge).toBe((14 * DAY) / 1000);
    visitor.now = START + 1.3 * DAY;
    await visitor.request(() => undefined);
    expect(visitor.change).toBeUndefined();
    for (let day = 2; day < 90; day += 2) {
      visitor.now = START + day * DAY;
      await visitor.request((session) => expect(session.get('a')).toBe(1));
      if (day <= 76) expect(visitor.change?.options.maxAge).toBe((14 * DAY) / 1000);
      // Nothing is gained any more near the absolute end, so nothing is written.
      else expect(visitor.change).toBeUndefined();
    }
    visitor.now = START + 90 * DAY;
    expect((await visitor.load()).isNew).toBe(true);
  });

  test('data that changes often does not keep the cookie from being refreshed', async () => {
    const visitor = createVisitor();
    let refreshed = 0;
    for (let hour = 0; hour < 24 * 20; hour++) {
      visitor.now = START + (hour * DAY) / 24;
      await visitor.request((session) => session.set('hour', hour));
      if (visitor.change !== undefined) refreshed = visitor.now;
      expect(visitor.now - refreshed).toBeLessThan(2 * DAY);
    }
  });

  test("Portico's own entries are out of the app's reach", async () => {
    const visitor = createVisitor();
    await visitor.request((session) => stateOf(session).set('_flash/notice', 'Saved.'));
    await visitor.request((session) => {
      expect(session.keys()).toEqual([]);
      expect(session.has('_flash/notice')).toBe(false);
      expect(session.get('_flash/notice')).toBeUndefined();
      expect(() => session.set('_x', 1)).toThrow(/"_x" starts with "_".*use another name/);
      expect(() => session.delete('_flash/notice')).toThrow(/starts with "_"/);
      expect(stateOf(session).get('_flash/notice')).toBe('Saved.');
    });
  });

  test('prototype pollution by key', async () => {
    const visitor = createVisitor();
    await visitor.request((session) => {
      for (const key of ['constructor', 'toString']) session.set(key, { polluted: true });
      session.set('nested', JSON.parse('{"__proto__": {"polluted": true}}'));
    });
    await visitor.request((session) => {
      expect(session.get('constructor')).toEqual({ polluted: true });
      expect(session.get('hasOwnProperty')).toBeUndefined();
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    });
  });
});

function visitorWithStore(): Visitor {
  let visitor: Visitor | undefined = undefined as Visitor | undefined;
  const store = createMemorySessionStore(() => visitor?.now ?? START);
  visitor = new Visitor({ store });
  return visitor;
}

describe('Session.set', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  class Money {
    amount = 1;
  }

  test.each<[string, unknown, RegExp]>([
    ['a Date', new Date(0), /"k": it is a value of class Date/],
    ['a Map', new Map(), /class Map/],
    ['a Set', { a: [new Set()] }, /"k" at a\.0: it is a value of class Set/],
    ['a class instance', new Money(), /class Money/],
    ['a function', () => 1, /a function/],
    ['a bigint', 1n, /a bigint/],
    ['a symbol', Symbol('s'), /a symbol/],
    ['undefined', undefined, /undefined.*session\.delete/],
    ['a nested undefined', { a: { b: undefined } }, /"k" at a\.b: it is undefined/],
    ['NaN', Number.NaN, /NaN/],
    ['Infinity', [Infinity], /at 0: it is Infinity/],
    ['an array with holes', [1, , 2], /holes/],
    ['an array with properties', Object.assign([1], { extra: 1 }), /at extra: it is a property of an array/],
    [
      'a getter',
      {
        get a() {
          return 1;
        },
      },
      /at a: it is a getter/,
    ],
    ['a symbol key', { [Symbol('s')]: 1 }, /symbol as key/],
    ['a cycle', cyclic, /cycle/],
    ['toJSON', { toJSON: () => 'x' }, /at toJSON: it is a function/],
  ])('refuses %s, which JSON would change', (_name, value, message) => {
    const session = new Session();
    expect(() => session.set('k', value)).toThrow(TypeError);
    expect(() => session.set('k', value)).toThrow(message);
    expect(session.has('k')).toBe(false);
  });

  test.each([
    [null],
    ['x'],
    [0],
    [false],
    [[]],
    [{}],
    [Object.create(null) as object],
    [{ a: [{ b: [null, 'x', 1.5] }] }],
  ])('keeps %j', (value) => {
    const session = new Session();
    session.set('k', value);
    expect(session.get('k')).toEqual(value);
  });
});

describe('session options', () => {
  test.each([
    ['a name with a blank', { cookieName: 'my session' }, /cookieName/],
    ['a name with a separator', { cookieName: 'a=b;c' }, /cookieName/],
    ['a name with a prefix', { cookieName: '__Host-x' }, /put in front/],
    ['a lifetime of nothing', { maxAge: 0 }, /session\.maxAge is 0/],
    ['a lifetime of NaN', { absoluteMaxAge: Number.NaN }, /session\.absoluteMaxAge is NaN/],
  ])('refuse %s', (_name, options, message) => {
    expect(() => new Visitor(options)).toThrow(message);
  });

  test.each([
    [{}, true, '__Host-portico', 'lax'],
    [{}, false, 'portico', 'lax'],
    [{ domain: 'site.example' }, true, '__Secure-portico', 'lax'],
    [{ domain: 'site.example' }, false, 'portico', 'lax'],
    [{ cookieName: 'sid', sameSite: 'strict' as const }, true, '__Host-sid', 'strict'],
    [{ sameSite: 'none' as const }, true, '__Host-portico', 'none'],
    [{ sameSite: 'none' as const }, false, 'portico', 'lax'],
  ])('%j, secure %s: cookie %s, SameSite %s', async (options, secure, name, sameSite) => {
    const { sessions } = new Visitor(options);
    const session = await sessions.load(undefined, START);
    session.set('a', 1);
    const change = await sessions.commit(session, START, secure);
    expect(change?.name).toBe(name);
    expect(sessions.cookieName(secure)).toBe(name);
    expect(change?.options).toEqual({
      path: '/',
      httpOnly: true,
      secure,
      sameSite,
      maxAge: 1_209_600,
      ...('domain' in options ? { domain: options.domain } : {}),
    });
  });
});
