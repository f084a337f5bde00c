import { createMemorySessionStore, type PorticoUser, type SessionStore } from 'portico';
import { describe, expect, it } from 'vitest';
import { bodyFor, DOORS } from './doors.ts';
import { setCookies, site } from './session-site.ts';

describe('a lost session store', () => {
  async function lost(fails: 'read' | 'write' | 'user') {
    const memory = createMemorySessionStore();
    const down = { is: false };
    const check = (operation: string): void => {
      if (down.is && operation === fails) throw new Error('ECONNREFUSED store.internal:6379');
    };
    const store: SessionStore = {
      read: async (key) => (check('read'), memory.read(key)),
      write: async (key, record, version) => (check('write'), memory.write(key, record, version)),
      destroy: (key) => memory.destroy(key),
    };
    const all = await site({
      session: { store },
      dev: false,
      secrets: ['a secret of at least thirty-two letters'],
      user: (ctx) => {
        const id = ctx.session.get('userId');
        check('user');
        return id === undefined ? null : ({ id: 7 } as unknown as PorticoUser);
      },
    });
    const visitor = all.agent();
    await visitor.post('/_actions/login', {});
    expect((await all.home(visitor))['signedIn']).toBe(true);
    down.is = true;
    return { ...all, visitor };
  }

  it.each(['read', 'user'] as const)(
    'answers 503 at every door and page where it fails to %s, and nobody becomes a guest',
    async (fails) => {
      const { visitor, calls } = await lost(fails);
      for (const accept of ['application/json', 'text/html']) {
        for (const door of DOORS) {
          const { body, type } = bodyFor(door, { title: 'Hello' });
          const response = await visitor.post(door.path, body, { headers: { accept, 'content-type': type } });
          expect([door.name, response.status]).toEqual([door.name, 503]);
          expect(await response.text()).not.toContain('ECONNREFUSED');
        }
        for (const path of ['/', '/token', '/any/page']) {
          const response = await visitor.get(path, { headers: { accept } });
          expect([path, response.status, setCookies(response)]).toEqual([path, 503, []]);
        }
      }
      const unknown = await visitor.post('/?_action=nope', new URLSearchParams());
      expect([unknown.status, setCookies(unknown)]).toEqual([503, []]);
      expect(calls).toEqual([]);
    },
  );

  it.each(DOORS.filter(({ isController }) => isController))(
    'says so in the JSON of the door $name: with an error key',
    async (door) => {
      const { visitor } = await lost('read');
      const { body, type } = bodyFor(door, { title: 'Hello' });
      const headers = { accept: 'application/json', 'content-type': type };
      const answer = (await (await visitor.post(door.path, body, { headers })).json()) as Record<
        string,
        unknown
      >;
      expect(answer).toMatchObject({ code: 'SERVICE_UNAVAILABLE', error: expect.any(String) });
      expect(answer['message']).toBe(answer['error']);
    },
  );

  it('answers 503 where it fails to write', async () => {
    const { visitor } = await lost('write');
    const response = await visitor.post('/_actions/remember', { key: 'a', value: 'x' });
    expect([response.status, setCookies(response)]).toEqual([503, []]);
    expect(await response.json()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('goes on for visitors who have no session', async () => {
    const { agent, visitor, home } = await lost('read');
    visitor.cookies.clear();
    expect((await home(visitor))['signedIn']).toBe(false);
    expect((await agent().get('/')).status).toBe(200);
  });
});

describe('parallel requests with a store', () => {
  it('do not undo each other', async () => {
    const { agent, home } = await site({ session: { store: createMemorySessionStore() } });
    const visitor = agent();
    await visitor.get('/token');
    await Promise.all([
      visitor.post('/_actions/remember', { key: 'a', value: 'first', wait: true }),
      visitor.post('/_actions/remember', { key: 'b', value: 'second', wait: true }),
    ]);
    expect(await home(visitor)).toMatchObject({ a: 'first', b: 'second' });
  });

  it('do not bring back a session that one of them ended', async () => {
    const store = createMemorySessionStore();
    const { agent, home } = await site({ session: { store } });
    const visitor = agent();
    await visitor.post('/_actions/login', {});
    const cookie = `portico=${visitor.cookies.get('portico')}`;
    await Promise.all([
      visitor.post('/_actions/remember', { key: 'a', value: 'x', wait: true }, { headers: { cookie } }),
      visitor.post('/_actions/leave', {}, { headers: { cookie } }),
    ]);
    visitor.cookies.set('portico', cookie.slice('portico='.length));
    expect((await home(visitor))['signedIn']).toBe(false);
  });

  it('all get their entry, even twenty at once', async () => {
    const store = createMemorySessionStore();
    const { agent, portico } = await site({ session: { store } });
    const visitor = agent();
    await visitor.get('/token');
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((key) => visitor.post('/_actions/remember', { key, value: key })));
    const read = portico.wrap((request) =>
      Response.json(keys.map((key) => portico.context(request).session.get(key))),
    );
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect(await (await read(new Request('http://localhost/', { headers: { cookie } }))).json()).toEqual(
      keys,
    );
  });
});
