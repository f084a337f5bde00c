import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../src/http/session/session.ts';
import { altered } from './keyring.ts';
import { START, Visitor } from './session-harness.ts';

/** How long the whole Set-Cookie header is, at its longest. */
function headerBytes(visitor: Visitor): number {
  const { name, value } = visitor.change ?? { name: '', value: '' };
  return `${name}=${value}; Max-Age=1209600; Domain=; Path=/; HttpOnly; Secure; SameSite=Strict`.length;
}

describe('a session in a cookie', () => {
  test('needs no promise', () => {
    const { sessions } = new Visitor();
    const session = sessions.load(undefined, START);
    expect(session).not.toBeInstanceOf(Promise);
    if (session instanceof Promise) return;
    session.set('a', 1);
    expect(sessions.commit(session, START, true)).toMatchObject({ name: '__Host-portico' });
  });

  test('reading the cookie: nothing in it is legible', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => {
      session.set('card', '4111-1111');
      session.userId = 'ann@example.com';
    });
    const bytes = Buffer.from(visitor.cookie ?? '', 'base64url').toString('latin1');
    expect(bytes).not.toMatch(/4111|ann|card|userId/);
  });

  test('tampering with any one character', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => (session.userId = '1'));
    const { cookie = '' } = visitor;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (at, by) => {
        const session = await visitor.sessions.load(altered(cookie, at, by), START);
        expect(session.userId).toBeUndefined();
        expect(session.isNew).toBe(true);
      }),
    );
  });

  test('replay of an expired cookie', async () => {
    const visitor = new Visitor({ maxAge: 60 });
    await visitor.request((session) => (session.userId = '1'));
    visitor.now += 60_000;
    expect((await visitor.load()).userId).toBeUndefined();
  });
});

describe('the budget of a cookie', () => {
  const text = (bytes: number) => 'x'.repeat(bytes);

  test('whatever fits stays whole', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => {
      session.set('a', text(1000));
      stateOf(session).set('_kept/form', { name: text(1000) });
    });
    expect(visitor.log).toEqual([]);
    expect((await visitor.load().then(stateOf)).get('_kept/form')).toEqual({ name: text(1000) });
  });

  test('kept input goes first, the oldest of it before the others', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => {
      const state = stateOf(session);
      state.set('_results/a', { ok: true, value: text(900) });
      state.set('_kept/old', text(900));
      state.set('_kept/new', text(900));
      state.set('_flash/notice', 'Saved.');
    });
    expect(visitor.log).toEqual([{ event: 'session-input-dropped', key: '_kept/old', bytes: 902 }]);
    const state = stateOf(await visitor.load());
    expect(state.keys()).toEqual(['_results/a', '_kept/new', '_flash/notice']);
  });

  test('then the values of results; never their marks, the flash or the data of the app', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => {
      const state = stateOf(session);
      state.set('_flash/notice', text(500));
      session.set('user', text(1500));
      state.set('_results/a', { action: 'a', at: 1, value: { list: text(1000) } });
      state.set('_results/b', { action: 'b', at: 2, value: text(200) });
      state.set('_kept/form', text(3000));
    });
    expect(visitor.log.map(({ event, key }) => [event, key])).toEqual([
      ['session-input-dropped', '_kept/form'],
      ['session-result-dropped', '_results/a'],
    ]);
    const state = stateOf(await visitor.load());
    expect(state.get('_flash/notice')).toBe(text(500));
    expect(state.get('user')).toBe(text(1500));
    expect(state.get('_results/a')).toEqual({ action: 'a', at: 1 });
    expect(state.get('_results/b')).toEqual({ action: 'b', at: 2, value: text(200) });
  });

  test('results under one key lose their values too', async () => {
    const visitor = new Visitor();
    await visitor.request((session) => {
      stateOf(session).set('_results', { a: { at: 1, value: text(3000) }, b: { at: 2, value: 1 } });
    });
    expect(stateOf(await visitor.load()).get('_results')).toEqual({ a: { at: 1 }, b: { at: 2 } });
  });

  test.each(['app', '_flash/notice'])(
    'what must stay and does not fit is an error that says what to do: %s',
    async (key) => {
      const visitor = new Visitor();
      const attempt = visitor.request((session) => stateOf(session).set(key, text(4000)));
      await expect(attempt).rejects.toThrow(/4002 bytes.*3\.5 KB.*with 4002.*`session\.store`/);
      await expect(attempt).rejects.toThrow(key);
      expect(visitor.cookie).toBeUndefined();
    },
  );

  test('the header stays within 3584 bytes, whatever is in the session', async () => {
    const size = fc.integer({ min: 0, max: 1500 });
    const filling = fc.constantFrom('x', 'ä', '"', '\u0001', '😀');
    await fc.assert(
      fc.asyncProperty(size, size, size, filling, async (app, kept, result, char) => {
        fc.pre(JSON.stringify(char.repeat(app)).length < 500);
        const visitor = new Visitor();
        await visitor.request((session) => {
          session.set('app', char.repeat(app));
          stateOf(session).set('_kept/form', char.repeat(kept));
          stateOf(session).set('_results/a', { mark: 1, value: char.repeat(result) });
          stateOf(session).set('_flash/notice', 'Saved.');
        });
        expect(headerBytes(visitor)).toBeLessThanOrEqual(3584);
        const state = stateOf(await visitor.load());
        expect(state.get('app')).toBe(char.repeat(app));
        expect(state.get('_flash/notice')).toBe('Saved.');
        expect(state.get('_results/a')).toMatchObject({ mark: 1 });
      }),
    );
  });
});
