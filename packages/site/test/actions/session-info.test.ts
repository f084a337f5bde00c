import { describe, expect, test } from 'vitest';
import { describeSites, PASSWORD } from '../support/site.ts';

const INFO = 'users/session-info';
const MINUTE = 60;

describeSites('users/session-info', (open) => {
  test('a guest: no time, a token, and nothing of a user', async () => {
    const app = await open();
    const answer = await app.visitor().read(INFO);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      isGuest: true,
      timeout: 0,
      csrfTokenName: 'PORTICO_CSRF_TOKEN',
      csrfTokenValue: expect.any(String),
    });
  });

  test('a user: the seconds left, and who it is', async () => {
    const app = await open();
    const user = await app.user({ firstName: 'Ada' });
    const visitor = await app.login(user, { elevated: true });
    const info = (await visitor.read(INFO)).json;
    expect(info).toEqual({
      isGuest: false,
      timeout: expect.any(Number),
      csrfTokenName: 'PORTICO_CSRF_TOKEN',
      csrfTokenValue: expect.any(String),
      id: user.id,
      uid: user.uid,
      username: user.username,
      email: user.email,
    });
    expect(info.timeout).toBeGreaterThan(60 * MINUTE - 10);
    expect(info.timeout).toBeLessThanOrEqual(60 * MINUTE);
  });

  test('the name of the token is the app’s', async () => {
    const app = await open({ portico: { csrfTokenName: 'SITE_TOKEN' } });
    expect((await app.visitor().read(INFO)).json.csrfTokenName).toBe('SITE_TOKEN');
  });

  test('the token is good for a form, and looks different at each reading', async () => {
    const app = await open();
    const visitor = app.visitor();
    const [one, two] = [await visitor.token(), await visitor.token()];
    expect(one).not.toBe(two);
    const user = await app.user();
    const fields = { loginName: user.email, password: PASSWORD };
    const headers = { 'x-csrf-token': one };
    expect((await visitor.json('users/login', fields, { csrf: false, headers })).status).toBe(200);
  });

  test('is never cached', async () => {
    const app = await open();
    const answer = await app.visitor().read(INFO);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  test('400 where it is not asked for as JSON', async () => {
    const app = await open();
    for (const accept of ['text/html', '*/*', 'application/json;q=0']) {
      const answer = await app.visitor().send(`/actions/${INFO}`, { headers: { accept } });
      expect([accept, answer.status]).toEqual([accept, 400]);
      expect(answer.text).toContain('Request must accept JSON in response');
    }
  });

  test('400 for a POST', async () => {
    const app = await open();
    const answer = await app.visitor().json(INFO);
    expect([answer.status, answer.headers.get('allow')]).toEqual([400, 'GET, HEAD']);
  });

  test('also by `?action=` on any page', async () => {
    const app = await open();
    const user = await app.user();
    const visitor = await app.login(user);
    const headers = { accept: 'application/json' };
    const answer = await visitor.send(`/page?action=${INFO}`, { headers });
    expect(answer.json).toMatchObject({ isGuest: false, id: user.id });
  });

  test('asking a guest leaves no session behind but the one the token is bound to', async () => {
    const app = await open();
    const visitor = app.visitor();
    const answer = await visitor.read(INFO);
    expect(answer.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(['portico']);
    expect((await visitor.read(INFO)).headers.getSetCookie()).toEqual([]);
  });

  describe('the time that is left', () => {
    test('asking is use: it begins anew', async () => {
      const app = await open();
      const visitor = await app.login(await app.user(), { elevated: true });
      app.clock.advance(50 * MINUTE);
      expect((await visitor.read(INFO)).json.timeout).toBeGreaterThan(59 * MINUTE);
      app.clock.advance(50 * MINUTE);
      expect((await visitor.read(INFO)).json.isGuest).toBe(false);
    });

    test('asking with dontExtendSession is none', async () => {
      const app = await open();
      const visitor = await app.login(await app.user(), { elevated: true });
      for (const left of [40, 20]) {
        app.clock.advance(20 * MINUTE);
        const { timeout } = (await visitor.read(INFO, { dontExtendSession: '1' })).json as {
          timeout: number;
        };
        expect(Math.abs(timeout - left * MINUTE)).toBeLessThan(10);
      }
      app.clock.advance(21 * MINUTE);
      const info = (await visitor.read(INFO, { dontExtendSession: '1' })).json;
      expect([info.isGuest, info.timeout]).toEqual([true, 0]);
    });

    test('is −1 where the login ends with the browser', async () => {
      const app = await open({ userSessionDuration: 0 });
      const visitor = await app.login(await app.user());
      expect((await visitor.read(INFO)).json.timeout).toBe(-1);
    });

    test('is that of a remembered login even then', async () => {
      const app = await open({ userSessionDuration: 0 });
      const visitor = await app.login(await app.user(), { rememberMe: true, elevated: true });
      const { timeout } = (await visitor.read(INFO)).json as { timeout: number };
      expect(timeout).toBeGreaterThan(1_209_600 - 10);
    });

    test('is never more than the absolute duration leaves', async () => {
      const app = await open({ absoluteUserSessionDuration: 90 * MINUTE });
      const visitor = await app.login(await app.user(), { elevated: true });
      app.clock.advance(50 * MINUTE);
      const { timeout } = (await visitor.read(INFO)).json as { timeout: number };
      expect(timeout).toBeLessThanOrEqual(40 * MINUTE);
    });
  });
});
