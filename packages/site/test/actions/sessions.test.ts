import { describe, expect, test } from 'vitest';
import type { UserChanges } from '../../src/users/user.ts';
import { describeSites, pageOf, PASSWORD, type TestSite, type Visitor } from '../support/site.ts';

const LIST = 'users/get-sessions';
const REVOKE = 'users/revoke-session';
const REVOKE_OTHERS = 'users/revoke-other-sessions';

interface Shown {
  readonly id: string;
  readonly current: boolean;
  readonly label: string;
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
}

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

async function list(visitor: Visitor): Promise<Shown[]> {
  const answer = await visitor.read(LIST);
  expect(answer.status).toBe(200);
  return (answer.json as { sessions: Shown[] }).sessions;
}

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

async function loginFrom(
  app: TestSite,
  user: { readonly email: string },
  userAgent: string,
): Promise<Visitor> {
  const visitor = app.visitor();
  visitor.headers['user-agent'] = userAgent;
  const answer = await visitor.json('users/login', { loginName: user.email, password: PASSWORD });
  expect(answer.status).toBe(200);
  return visitor;
}

describeSites('the sessions of a user', (open) => {
  test('are listed with what they came from, last used first, and which one this is', async () => {
    const app = await open();
    const user = await app.user();
    const phone = await loginFrom(app, user, PHONE);
    app.clock.advance(60);
    await loginFrom(app, user, FIREFOX);
    const sessions = await list(phone);
    expect(sessions.map(({ label, current }) => [label, current])).toEqual([
      ['Firefox on Windows', false],
      ['Safari on iPhone', true],
    ]);
    expect(sessions[1]).toMatchObject({ userAgent: PHONE, ip: '127.0.0.1' });
    for (const { createdAt, lastSeenAt, expiresAt, id } of sessions) {
      for (const time of [createdAt, lastSeenAt, expiresAt]) expect(new Date(time).toISOString()).toBe(time);
      expect(id).not.toBe('');
    }
  });

  test('say when the login was, however often the id has changed since', async () => {
    const app = await open();
    const visitor = await app.login(await app.user());
    const [before] = await list(visitor);
    await visitor.json('users/verify-password', { password: PASSWORD });
    const after = await list(visitor);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ createdAt: before?.createdAt, current: true });
  });

  test('show no id, key or stamp of a session', async () => {
    const app = await open();
    const user = await app.user();
    const visitor = await app.login(user);
    const [row] = await app.site.services.database.sessions.listOf(user.id, Date.now());
    const { text } = await visitor.read(LIST);
    expect(text).not.toContain(row?.key);
    expect(text).not.toContain(visitor.cookies.get('portico'));
    expect(text).not.toContain('stamp');
  });

  test('are one’s own', async () => {
    const app = await open();
    const [ada, eve] = [await app.user(), await app.user()];
    const visitor = await app.login(ada);
    await app.login(eve);
    expect(await list(visitor)).toHaveLength(1);
  });

  test('a user agent of any length is cut', async () => {
    const app = await open();
    const visitor = await loginFrom(app, await app.user(), 'x'.repeat(3000));
    expect((await list(visitor))[0]?.userAgent).toHaveLength(255);
    expect(await isGuest(visitor)).toBe(false);
  });

  describe('ending one', () => {
    test('ends it and no other', async () => {
      const app = await open();
      const user = await app.user();
      const [here, there] = [await app.login(user), await app.login(user)];
      const other = (await list(here)).find(({ current }) => !current);
      const answer = await here.json(REVOKE, { sessionId: other?.id });
      expect([answer.status, answer.json]).toEqual([200, { message: 'Session ended.' }]);
      expect([await isGuest(here), await isGuest(there)]).toEqual([false, true]);
    });

    test('this one logs out', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const [own] = await list(visitor);
      const answer = await visitor.json(REVOKE, { sessionId: own?.id });
      expect(answer.json).toMatchObject({ csrfTokenValue: expect.any(String) });
      expect(await isGuest(visitor)).toBe(true);
    });

    test('another user’s is not found, and goes on', async () => {
      const app = await open();
      const [ada, eve] = [await app.user(), await app.user()];
      const [adas, eves] = [await app.login(ada), await app.login(eve)];
      const [own] = await list(adas);
      const answer = await eves.json(REVOKE, { sessionId: own?.id });
      expect([answer.status, answer.json.message]).toEqual([404, 'Session not found']);
      expect(await isGuest(adas)).toBe(false);
    });

    const malformed: ReadonlyArray<[Record<string, unknown>, number]> = [
      [{}, 400],
      [{ sessionId: '' }, 400],
      [{ sessionId: 'x'.repeat(65) }, 400],
      [{ sessionId: ['a'] }, 400],
      [{ sessionId: 'nothing' }, 404],
      [{ sessionId: "' or 1=1 --" }, 404],
    ];
    test.each(malformed)('%j answers %d', async (fields, status) => {
      const app = await open();
      const visitor = await app.login(await app.user());
      expect((await visitor.json(REVOKE, fields)).status).toBe(status);
      expect(await isGuest(visitor)).toBe(false);
    });

    test('as a form without JavaScript', async () => {
      const app = await open();
      const user = await app.user();
      const [here, there] = [await app.login(user), await app.login(user)];
      const other = (await list(here)).find(({ current }) => !current);
      const answer = await here.form('/page/account', REVOKE, { sessionId: other?.id });
      expect([answer.status, answer.location]).toEqual([303, '/page/account']);
      expect(await isGuest(there)).toBe(true);
    });
  });

  describe('ending all others', () => {
    test('leaves this one, under another id', async () => {
      const app = await open();
      const user = await app.user();
      const [here, there, elsewhere] = [await app.login(user), await app.login(user), await app.login(user)];
      const before = here.cookies.get('portico') ?? '';
      const answer = await here.json(REVOKE_OTHERS);
      expect(answer.json).toMatchObject({ revoked: 2, csrfTokenValue: expect.any(String) });
      expect([await isGuest(here), await isGuest(there), await isGuest(elsewhere)]).toEqual([
        false,
        true,
        true,
      ]);
      expect(here.cookies.get('portico')).not.toBe(before);
      const thief = app.visitor();
      thief.cookies.set('portico', before);
      expect(await isGuest(thief)).toBe(true);
    });

    test('leaves the sessions of others', async () => {
      const app = await open();
      const [ada, eve] = [await app.login(await app.user()), await app.login(await app.user())];
      expect((await ada.json(REVOKE_OTHERS)).json.revoked).toBe(0);
      expect(await isGuest(eve)).toBe(false);
    });
  });

  test('another password ends all of them but the one it was changed in, which gets another id', async () => {
    const app = await open();
    const user = await app.user();
    const [here, there] = [
      await app.login(user, { elevated: true }),
      await app.login(user, { elevated: true }),
    ];
    const before = here.cookies.get('portico') ?? '';
    const newPassword = 'quite another battery staple';
    const fields = { userId: user.id, newPassword, currentPassword: PASSWORD };
    const answer = await here.json('users/save-user', fields);
    expect([answer.status, typeof answer.json.csrfTokenValue]).toEqual([200, 'string']);
    expect([await isGuest(here), await isGuest(there)]).toEqual([false, true]);
    expect(here.cookies.get('portico')).not.toBe(before);
    const thief = app.visitor();
    thief.cookies.set('portico', before);
    expect(await isGuest(thief)).toBe(true);
    expect(await list(here)).toHaveLength(1);
  });

  describe('of an impersonator', () => {
    const ends: ReadonlyArray<[string, UserChanges]> = [
      ['suspended', { suspended: true }],
      ['deactivated', { status: 'inactive' }],
      ['no administrator any more', { admin: false }],
      ['signed out everywhere', { endSessions: true }],
    ];
    test.each(ends)('ends when that one is %s', async (_what, changes) => {
      const app = await open();
      const [admin, user] = [await app.user({ admin: true }), await app.user()];
      const visitor = await app.login(admin, { elevated: true });
      await visitor.json('users/impersonate', { userId: user.id });
      expect(pageOf(await visitor.get('/page')).user).toMatchObject({ id: user.id, impersonated: true });
      await app.site.services.database.users.update(admin.id, changes, Date.now());
      expect(await isGuest(visitor)).toBe(true);
    });

    test('ends altogether with a logout', async () => {
      const app = await open();
      const [admin, user] = [await app.user({ admin: true }), await app.user()];
      const visitor = await app.login(admin, { elevated: true });
      await visitor.json('users/impersonate', { userId: user.id });
      await visitor.json('users/logout');
      expect(await isGuest(visitor)).toBe(true);
    });
  });

  test.each([REVOKE, REVOKE_OTHERS])('%s needs a user, a token and POST', async (action) => {
    const app = await open();
    expect((await app.visitor().json(action, { sessionId: 'x' })).status).toBe(401);
    const visitor = await app.login(await app.user());
    expect((await visitor.json(action, { sessionId: 'x' }, { csrf: false })).status).toBe(400);
    expect((await visitor.read(action, { sessionId: 'x' })).status).toBe(400);
  });

  test('a guest has none to list', async () => {
    const app = await open();
    expect((await app.visitor().read(LIST)).status).toBe(401);
  });
});
