import { describe, expect, test } from 'vitest';
import { describeSites, PASSWORD } from '../support/site.ts';

const VERIFY = 'users/verify-password';
const TIMEOUT = 'users/get-elevated-session-timeout';
const WRONG = 'not the password at all';

describeSites('users/verify-password', (open) => {
  test('elevates the session for a while, under another id', async () => {
    const app = await open();
    const visitor = await app.login(await app.user());
    expect((await visitor.read(TIMEOUT)).json).toEqual({ timeout: 0 });
    const before = visitor.cookies.get('portico');
    const answer = await visitor.json(VERIFY, { password: PASSWORD });
    expect([answer.status, answer.json]).toEqual([200, { timeout: 300, csrfTokenValue: expect.any(String) }]);
    expect(visitor.cookies.get('portico')).not.toBe(before);
    app.clock.advance(200);
    const { timeout } = (await visitor.read(TIMEOUT)).json as { timeout: number };
    expect(timeout).toBeGreaterThan(90);
    expect(timeout).toBeLessThanOrEqual(100);
    app.clock.advance(101);
    expect((await visitor.read(TIMEOUT)).json).toEqual({ timeout: 0 });
  });

  test('session fixation: the id from before the elevation opens nothing', async () => {
    const app = await open();
    const visitor = await app.login(await app.user());
    const before = visitor.cookies.get('portico') ?? '';
    await visitor.json(VERIFY, { password: PASSWORD });
    const thief = app.visitor();
    thief.cookies.set('portico', before);
    expect((await thief.read('users/session-info')).json.isGuest).toBe(true);
  });

  test('a login is an elevation', async () => {
    const app = await open();
    const visitor = await app.login(await app.user(), { elevated: true });
    expect((await visitor.read(TIMEOUT)).json.timeout).toBeGreaterThan(290);
  });

  test('with elevatedSessionDuration 0 there is nothing to elevate', async () => {
    const app = await open({ elevatedSessionDuration: 0 });
    const visitor = await app.login(await app.user());
    expect((await visitor.read(TIMEOUT)).json).toEqual({ timeout: -1 });
    expect((await visitor.json(VERIFY, { password: PASSWORD })).json.timeout).toBe(-1);
  });

  const refusals: ReadonlyArray<[string, Record<string, unknown>, string]> = [
    ['a wrong password', { password: WRONG }, 'Incorrect current password.'],
    ['a blank one', { password: '' }, 'Password is required.'],
    ['none', {}, 'Password is required.'],
  ];
  test.each(refusals)('%s is an error at its field, and elevates nothing', async (_what, fields, message) => {
    const app = await open();
    const visitor = await app.login(await app.user());
    const answer = await visitor.json(VERIFY, fields);
    expect([answer.status, answer.json.errors]).toEqual([400, { password: [message] }]);
    expect(answer.text).not.toContain(WRONG);
    expect((await visitor.read(TIMEOUT)).json.timeout).toBe(0);
  });

  test('a form without JavaScript shows its page again with the error', async () => {
    const app = await open();
    const visitor = await app.login(await app.user());
    const answer = await visitor.form('/page', VERIFY, { password: WRONG });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Incorrect current password.');
    const right = await visitor.form('/page', VERIFY, { password: PASSWORD });
    expect([right.status, right.location]).toEqual([303, '/page']);
  });

  test('wrong passwords lock the account, and then the right one is refused, too', async () => {
    const app = await open({ maxInvalidLogins: 3 });
    const user = await app.user();
    const visitor = await app.login(user);
    for (let time = 0; time < 3; time++) await visitor.json(VERIFY, { password: WRONG });
    const locked = await visitor.json(VERIFY, { password: PASSWORD });
    expect(locked.json.errors).toEqual({ password: ['Account locked. Try again in 5 minutes.'] });
    const elsewhere = await app.visitor().json('users/login', { loginName: user.email, password: PASSWORD });
    expect(elsewhere.status).toBe(400);
    app.clock.advance(301);
    expect((await visitor.json(VERIFY, { password: PASSWORD })).status).toBe(200);
    const found = await app.site.services.database.users.find(user.id);
    expect([found?.lockedAt, found?.invalidLoginCount]).toEqual([null, 0]);
  });

  test('the right password clears the count', async () => {
    const app = await open({ maxInvalidLogins: 3 });
    const user = await app.user();
    const visitor = await app.login(user);
    await visitor.json(VERIFY, { password: WRONG });
    await visitor.json(VERIFY, { password: PASSWORD });
    expect((await app.site.services.database.users.find(user.id))?.invalidLoginCount).toBe(0);
  });

  test('as many tries as the limit of an account allows, where nothing locks', async () => {
    const app = await open({ maxInvalidLogins: false, limits: { loginAccount: { points: 2, seconds: 60 } } });
    const visitor = await app.login(await app.user());
    for (let time = 0; time < 2; time++) {
      expect((await visitor.json(VERIFY, { password: WRONG })).status).toBe(400);
    }
    expect((await visitor.json(VERIFY, { password: PASSWORD })).status).toBe(429);
  });

  test('not while somebody else is impersonated, whoever’s password it is', async () => {
    const app = await open();
    const admin = await app.user({ admin: true });
    const user = await app.user({ password: 'the other one has this' });
    const visitor = await app.login(admin, { elevated: true });
    expect((await visitor.json('users/impersonate', { userId: user.id })).status).toBe(200);
    for (const password of [PASSWORD, 'the other one has this']) {
      const answer = await visitor.json(VERIFY, { password });
      expect([answer.status, answer.json.reason]).toEqual([403, 'impersonating']);
    }
    expect((await visitor.read(TIMEOUT)).json.timeout).toBe(0);
  });

  describe('a guest', () => {
    test('is told to sign in', async () => {
      const app = await open();
      expect((await app.visitor().json(VERIFY, { password: PASSWORD })).status).toBe(401);
      expect((await app.visitor().read(TIMEOUT)).status).toBe(401);
    });
  });

  test('needs a token and POST', async () => {
    const app = await open();
    const visitor = await app.login(await app.user());
    expect((await visitor.json(VERIFY, { password: PASSWORD }, { csrf: false })).status).toBe(400);
    expect((await visitor.read(VERIFY, { password: PASSWORD })).status).toBe(400);
    expect((await visitor.read(TIMEOUT)).json.timeout).toBe(0);
  });
});
