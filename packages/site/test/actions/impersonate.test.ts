import { expect, test } from 'vitest';
import { ROLES } from '../support/roles.ts';
import { describeSites, pageOf, type TestSite, type Visitor } from '../support/site.ts';
import { told } from '../support/told.ts';

async function whoIs(visitor: Visitor): Promise<{ id: number | undefined; isGuest: boolean }> {
  const { id, isGuest } = (await visitor.read('users/session-info')).json;
  return { id, isGuest };
}

const session = (visitor: Visitor): string =>
  [...visitor.cookies].find(([name]) => name.includes('portico') && !name.includes('username'))?.[1] ?? '';

async function linkOf(site: TestSite, visitor: Visitor, userId: number): Promise<string> {
  const { json } = await visitor.json('users/get-impersonation-url', { userId });
  const url = new URL(json.url);
  expect(url.origin).toBe(site.origin);
  return url.pathname + url.search;
}

const tokenOf = (link: string): string => new URLSearchParams(link.split('?')[1]).get('token') ?? '';

describeSites('users/impersonate and users/stop-impersonating', (open) => {
  test('there and back, each time under a new session id', async () => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const visitor = await site.login(admin, { elevated: true });
    const ids = [session(visitor)];
    const token = await visitor.token();

    const answer = await visitor.json('users/impersonate', { userId: target.id });
    ids.push(session(visitor));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ modelName: 'user', modelId: target.id });
    expect(answer.json.csrfTokenValue).not.toBe(token);
    expect(await whoIs(visitor)).toEqual({ id: target.id, isGuest: false });
    expect(pageOf(await visitor.get('/page')).user).toMatchObject({
      id: target.id,
      impersonated: true,
      impersonator: { id: admin.id, friendlyName: admin.username },
    });

    const back = await visitor.json('users/stop-impersonating');
    ids.push(session(visitor));
    expect(back.json).toMatchObject({ message: 'You are yourself again.', modelId: admin.id });
    expect(await whoIs(visitor)).toEqual({ id: admin.id, isGuest: false });
    expect(pageOf(await visitor.get('/page')).user).toMatchObject({
      id: admin.id,
      impersonated: false,
      impersonator: null,
    });
    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => id !== '')).toBe(true);
  });

  test('by forms', async () => {
    const site = await open({ postLoginRedirect: 'page/members' });
    const visitor = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({ password: null });
    const there = await visitor.form('/page/users', 'users/impersonate', { userId: target.id });
    expect([there.status, there.location]).toEqual([303, '/page/members']);
    expect(pageOf(await visitor.get('/page/members')).user).toMatchObject({ id: target.id });
    const back = await visitor.form('/page/users', 'users/stop-impersonating');
    expect([back.status, back.location]).toEqual([303, '/page/users']);
    expect(pageOf(await visitor.get('/page/users')).flashes).toMatchObject({
      notice: 'You are yourself again.',
    });
  });

  test('does not touch the last login, nor the other’s sessions', async () => {
    const site = await open();
    const target = await site.user();
    const theirs = await site.login(target);
    const before = await site.site.services.database.users.find(target.id);
    site.clock.advance(60);
    const visitor = await site.login(await site.user({ admin: true }), { elevated: true });
    await visitor.json('users/impersonate', { userId: target.id });
    expect(await site.site.services.database.users.find(target.id)).toEqual(before);
    expect(await whoIs(theirs)).toEqual({ id: target.id, isGuest: false });
  });

  test('needs an elevated session', async () => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const visitor = await site.login(admin);
    for (const action of [
      'users/impersonate',
      'users/get-impersonation-url',
      'users/get-password-reset-url',
    ]) {
      const answer = await visitor.json(action, { userId: target.id });
      expect([answer.status, answer.json.code], action).toEqual([403, 'ELEVATION_REQUIRED']);
    }
    expect(await whoIs(visitor)).toMatchObject({ id: admin.id });
  });

  test.each(['users/impersonate', 'users/get-impersonation-url'])(
    '%s: for whom and of whom',
    async (action) => {
      const site = await open();
      const plain = await site.user({ password: null });
      const admin = await site.user({ password: null, admin: true });
      const stronger = await site.user({ password: null, permissions: ROLES.deleter });
      const suspended = await site.user({ password: null, suspended: true });
      const pending = await site.user({ password: null, status: 'pending' });
      expect((await site.visitor().json(action, { userId: plain.id })).status).toBe(401);

      const little = await site.login(await site.user({ permissions: ROLES.administrator }), {
        elevated: true,
      });
      const forbidden = await little.json(action, { userId: plain.id });
      const nobody = await little.json(action, { userId: 999_999 });
      expect([forbidden.status, nobody.status]).toEqual([403, 403]);
      expect(told(nobody)).toEqual(told(forbidden));

      const self = await site.user({ permissions: ROLES.impersonator });
      const actor = await site.login(self, { elevated: true });
      const answered = async (userId: unknown): Promise<unknown> => {
        const { status, json } = await actor.json(action, { userId });
        return [status, json.reason ?? json.errors?.userId?.length];
      };
      expect(await answered(999_999)).toEqual([404, 'not-found']);
      expect(await answered(admin.id)).toEqual([403, 'admin-target']);
      expect(await answered(stronger.id)).toEqual([403, 'exceeds']);
      expect(await answered(self.id)).toEqual([403, 'self']);
      expect(await answered(suspended.id)).toEqual([409, 'not-active']);
      expect(await answered(pending.id)).toEqual([409, 'not-active']);
      expect(await answered(undefined)).toEqual([400, 1]);
      expect(await whoIs(actor)).toMatchObject({ id: self.id });
      expect((await actor.json(action, { userId: plain.id })).status).toBe(200);
    },
  );

  test('what takes the password is closed meanwhile', async () => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ admin: true });
    const other = await site.user({ password: null });
    const visitor = await site.login(admin, { elevated: true });
    await visitor.json('users/impersonate', { userId: target.id });
    const attempts: Array<[action: string, fields: Record<string, unknown>]> = [
      ['users/impersonate', { userId: other.id }],
      ['users/get-impersonation-url', { userId: other.id }],
      ['users/get-password-reset-url', { userId: other.id }],
      ['users/save-permissions', { userId: other.id, admin: true }],
      ['users/delete-user', { userId: target.id }],
      ['users/deactivate-user', { userId: target.id }],
    ];
    for (const [action, fields] of attempts) {
      const answer = await visitor.json(action, fields);
      expect([answer.status, answer.json.reason], action).toEqual([403, 'impersonating']);
    }
    expect((await visitor.json('users/suspend-user', { userId: other.id })).status).toBe(200);
    await visitor.json('users/stop-impersonating');
    const again = await visitor.json('users/impersonate', { userId: other.id });
    expect([again.status, again.json.code]).toEqual([403, 'ELEVATION_REQUIRED']);
  });

  test('nor where elevated sessions are turned off', async () => {
    const site = await open({ elevatedSessionDuration: 0 });
    const target = await site.user({ password: null });
    const visitor = await site.login(await site.user({ admin: true }));
    await visitor.json('users/impersonate', { userId: target.id });
    const answer = await visitor.json('users/delete-user', { userId: target.id });
    expect([answer.status, answer.json.reason]).toEqual([403, 'impersonating']);
  });

  test('a locked administrator does not unlock himself in another’s name', async () => {
    const site = await open();
    const { users } = site.site.services.database;
    const locked = await site.user({ admin: true });
    const target = await site.user({ admin: true });
    const visitor = await site.login(locked, { elevated: true });
    await visitor.json('users/impersonate', { userId: target.id });
    await users.update(locked.id, { lockedAt: Date.now() }, Date.now());
    const answer = await visitor.json('users/unlock-user', { userId: locked.id });
    expect([answer.status, answer.json.reason]).toEqual([403, 'self']);
    expect((await users.find(locked.id))?.lockedAt).not.toBeNull();
  });

  test.each([
    ['is suspended', { suspended: true, endSessions: true }],
    ['has another password', { passwordHash: 'x', endSessions: true }],
    ['is no administrator any more', { admin: false }],
    ['is deactivated', { status: 'inactive', endSessions: true }],
  ] as const)('it ends when the impersonator %s', async (_what, changes) => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const visitor = await site.login(admin, { elevated: true });
    await visitor.json('users/impersonate', { userId: target.id });
    await site.site.services.database.users.update(admin.id, changes, Date.now());
    expect((await whoIs(visitor)).isGuest).toBe(true);
    expect((await visitor.json('users/stop-impersonating')).status).toBe(401);
  });

  test.each([
    ['a permission', { permissions: ROLES.deleter }],
    ['one by a group', { groups: ['keepers'] }],
    ['the administrator’s flag', { admin: true }],
  ] as const)('it ends when the target gains %s that the impersonator lacks', async (_what, gained) => {
    const groups = { keepers: { name: 'Keepers', permissions: ROLES.deleter } };
    const site = await open({ users: { groups } });
    const { users } = site.site.services.database;
    const impersonator = await site.user({ permissions: ROLES.impersonator });
    const target = await site.user({ password: null });
    const visitor = await site.login(impersonator, { elevated: true });
    await visitor.json('users/impersonate', { userId: target.id });
    await users.update(target.id, { permissions: ROLES.editor }, Date.now());
    expect(await whoIs(visitor)).toEqual({ id: target.id, isGuest: false });
    await users.update(target.id, gained, Date.now());
    expect((await whoIs(visitor)).isGuest).toBe(true);
    // It has ended for good.
    await users.update(target.id, { permissions: [], groups: [], admin: false }, Date.now());
    expect((await whoIs(visitor)).isGuest).toBe(true);
  });

  test('whoever impersonates nobody cannot stop', async () => {
    const site = await open();
    expect((await site.visitor().json('users/stop-impersonating')).status).toBe(401);
    const visitor = await site.login(await site.user());
    expect((await visitor.json('users/stop-impersonating')).status).toBe(400);
  });
});

describeSites('users/get-impersonation-url and users/impersonate-with-token', (open) => {
  test('a link signs in once, in a session that does not lead back', async () => {
    const site = await open({ postLoginRedirect: 'page/members' });
    const target = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const link = await linkOf(site, admin, target.id);

    const guest = site.visitor();
    for (let times = 0; times < 2; times++) {
      const page = await guest.get(link);
      expect(page.status).toBe(200);
      expect(page.text).toContain('<button>Sign in as this user</button>');
      expect(page.text).not.toContain(target.email);
      expect(page.headers.get('cache-control')).toContain('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    }
    const fields = { token: tokenOf(link) };
    const done = await guest.form(
      '/actions/users/impersonate-with-token',
      'users/impersonate-with-token',
      fields,
    );
    expect([done.status, done.location]).toEqual([303, '/page/members']);
    expect(pageOf(await guest.get('/page/members')).user).toMatchObject({
      id: target.id,
      impersonated: true,
    });

    const again = await site.visitor().json('users/impersonate-with-token', fields);
    expect([again.status, again.json.reason]).toEqual([400, 'invalid-link']);
    const usedUp = await site.visitor().get(link);
    expect(usedUp.status).toBe(400);
    expect(usedUp.text).toContain('This link is no longer good');

    const back = await guest.json('users/stop-impersonating');
    expect(back.json.user).toBeNull();
    expect((await whoIs(guest)).isGuest).toBe(true);
  });

  test('the session of a link is not elevated', async () => {
    const site = await open();
    const target = await site.user({ password: null, admin: true });
    const other = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const guest = site.visitor();
    await guest.json('users/impersonate-with-token', {
      token: tokenOf(await linkOf(site, admin, target.id)),
    });
    expect(await whoIs(guest)).toMatchObject({ id: target.id });
    for (const action of ['users/impersonate', 'users/get-password-reset-url', 'users/save-permissions'])
      expect((await guest.json(action, { userId: other.id })).status).toBe(403);
    expect((await guest.json('users/delete-user', { userId: target.id })).status).toBe(403);
  });

  test('whoever was signed in before is signed out', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const token = tokenOf(await linkOf(site, admin, target.id));
    const visitor = await site.login(await site.user());
    const former = new Map(visitor.cookies);
    await visitor.json('users/impersonate-with-token', { token });
    expect(await whoIs(visitor)).toMatchObject({ id: target.id });
    const stale = site.visitor();
    for (const [name, value] of former) stale.cookies.set(name, value);
    expect((await whoIs(stale)).isGuest).toBe(true);
  });

  test('of two who follow it at once one comes in', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const token = tokenOf(await linkOf(site, admin, target.id));
    const visitors = [site.visitor(), site.visitor(), site.visitor()];
    for (const visitor of visitors) await visitor.token();
    const answers = await Promise.all(
      visitors.map((visitor) => visitor.json('users/impersonate-with-token', { token })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  test('it is good for an hour', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const links = [await linkOf(site, admin, target.id), await linkOf(site, admin, target.id)];
    site.clock.advance(3590);
    expect((await site.visitor().get(links[0] ?? '')).status).toBe(200);
    site.clock.advance(11);
    expect((await site.visitor().get(links[0] ?? '')).status).toBe(400);
    const late = await site
      .visitor()
      .json('users/impersonate-with-token', { token: tokenOf(links[1] ?? '') });
    expect(late.status).toBe(400);
    await site.site.housekeep();
    expect(await site.site.services.database.impersonationTokens.purge(Number.MAX_SAFE_INTEGER)).toBe(0);
  });

  test.each([
    ['its maker was suspended', { suspended: true, endSessions: true }, {}],
    ['its maker has another password', { passwordHash: 'x', endSessions: true }, {}],
    ['its maker is no administrator any more', { admin: false }, {}],
    ['its user was suspended', {}, { suspended: true }],
  ])('it is worth nothing once %s', async (_what, ofMaker, ofTarget) => {
    const site = await open();
    const { users } = site.site.services.database;
    const maker = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const token = tokenOf(await linkOf(site, await site.login(maker, { elevated: true }), target.id));
    await users.update(maker.id, ofMaker, Date.now());
    await users.update(target.id, ofTarget, Date.now());
    const visitor = site.visitor();
    const answer = await visitor.json('users/impersonate-with-token', { token });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await whoIs(visitor)).isGuest).toBe(true);
  });

  test('a token is random, stored hashed, and asked for by JSON too', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const token = tokenOf(await linkOf(site, admin, target.id));
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    expect(await site.site.services.database.impersonationTokens.find(token)).toBeUndefined();
    const visitor = site.visitor();
    expect((await visitor.read('users/impersonate-with-token', { token })).status).toBe(200);
    expect((await visitor.read('users/impersonate-with-token', { token: 'x' })).status).toBe(400);
    expect((await visitor.read('users/impersonate-with-token', {})).status).toBe(400);
    expect((await whoIs(visitor)).isGuest).toBe(true);
  });
});

describeSites('users/get-password-reset-url', (open) => {
  test('gives a link that sets the password, once', async () => {
    const site = await open();
    const target = await site.user();
    const admin = await site.login(await site.user({ permissions: ROLES.administrator }), { elevated: true });
    const answer = await admin.json('users/get-password-reset-url', { userId: target.id });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const url = new URL(answer.json.url);
    expect(url.origin).toBe(site.origin);
    expect(url.searchParams.get('id')).toBe(target.uid);
    const fields = {
      code: url.searchParams.get('code'),
      id: target.uid,
      newPassword: 'another long password',
    };
    expect((await site.visitor().json('users/set-password', fields)).status).toBe(200);
    expect((await site.visitor().json('users/set-password', fields)).status).toBe(400);
    await site.login(target, { password: 'another long password' });
  });

  test('a form shows it in place, and no session keeps it', async () => {
    const site = await open();
    const target = await site.user();
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const answer = await admin.form('/page/users', 'users/get-password-reset-url', { userId: target.id });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const code = /code=([\w-]{43})/.exec(answer.text)?.[1] ?? '';
    expect(code).not.toBe('');
    expect((await admin.get('/page/users')).text).not.toContain(code);
  });

  test('an account without a password is activated by it', async () => {
    const site = await open();
    const target = await site.user({ password: null, status: 'pending', verified: false });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const { json } = await admin.json('users/get-password-reset-url', { userId: target.id });
    const url = new URL(json.url);
    const fields = {
      code: url.searchParams.get('code'),
      id: target.uid,
      newPassword: 'another long password',
    };
    expect((await site.visitor().json('users/set-password', fields)).status).toBe(200);
    await site.login(target, { password: 'another long password' });
  });

  test('for whom and of whom', async () => {
    const site = await open();
    const plain = await site.user({ password: null });
    const admin = await site.user({ password: null, admin: true });
    const stronger = await site.user({ password: null, permissions: ROLES.deleter });
    const closed = await site.user({ password: null, status: 'inactive' });
    expect((await site.visitor().json('users/get-password-reset-url', { userId: plain.id })).status).toBe(
      401,
    );
    const little = await site.login(await site.user({ permissions: ROLES.moderator }), { elevated: true });
    const forbidden = await little.json('users/get-password-reset-url', { userId: plain.id });
    const nobody = await little.json('users/get-password-reset-url', { userId: 999_999 });
    expect(told(nobody)).toEqual(told(forbidden));
    expect(forbidden.status).toBe(403);
    const self = await site.user({ permissions: ROLES.administrator });
    const actor = await site.login(self, { elevated: true });
    const answered = async (userId: number): Promise<unknown> => {
      const { status, json } = await actor.json('users/get-password-reset-url', { userId });
      return [status, json.reason];
    };
    expect(await answered(admin.id)).toEqual([403, 'admin-target']);
    expect(await answered(stronger.id)).toEqual([403, 'exceeds']);
    expect(await answered(self.id)).toEqual([403, 'self']);
    expect(await answered(closed.id)).toEqual([409, 'not-active']);
    expect(await answered(999_999)).toEqual([404, 'not-found']);
    expect((await actor.read('users/get-password-reset-url', { userId: String(plain.id) })).status).toBe(400);
  });
});
