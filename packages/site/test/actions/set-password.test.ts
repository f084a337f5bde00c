import { describe, expect, test } from 'vitest';
import type { CodePurpose } from '../../src/users/codes/verification-code-store.ts';
import { issueCode } from '../../src/users/codes/verification.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import {
  describeSites,
  pageOf,
  PASSWORD,
  type Answer,
  type TestSite,
  type TestSiteOptions,
  type Visitor,
} from '../support/site.ts';

const SET = 'users/set-password';
const INVALID = 'InvalidVerificationCode';
const NEW = 'a rather different password';

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

describeSites('users/set-password', (open) => {
  type UserOptions = Parameters<TestSite['user']>[0];

  /** A site with a user to whom a code was mailed. */
  async function setUp(
    options: TestSiteOptions = {},
    { purpose = 'reset-password', ...given }: UserOptions & { purpose?: CodePurpose } = {},
  ) {
    const app = await open(options);
    app.transcript.secret(NEW);
    const user = await app.user(given);
    const issue = (): Promise<string> =>
      issueCode(app.site.services, app.site.services.database, user as { id: number }, purpose);
    const code = await issue();
    const link = { code, id: user.uid };
    const stored = () => app.site.services.database.users.find(user.id);
    const set = (fields: Record<string, unknown> = {}, visitor = app.visitor()): Promise<Answer> =>
      visitor.json(SET, { ...link, newPassword: NEW, ...fields });
    const login = (password: string): Promise<Answer> =>
      app.visitor().json('users/login', { loginName: user.email, password });
    return { app, user, code, link, issue, stored, set, login };
  }
  const pending = { status: 'pending', verified: false, password: null, purpose: 'activate' } as const;

  describe('GET', () => {
    test('shows the page with the code, as often as one likes', async () => {
      const { app, link, set } = await setUp();
      for (let time = 0; time < 3; time++) {
        const page = await app.visitor().get(`/setpassword?${new URLSearchParams(link).toString()}`);
        expect(page.status).toBe(200);
        expect(page.text).toContain(`value="${link.code}"`);
        expect(page.text).toContain(`value="${link.id}"`);
        expect(page.headers.get('cache-control')).toContain('no-store');
        expect(page.headers.get('referrer-policy')).toMatch(/^(?:same-origin|no-referrer)$/);
      }
      expect((await set()).status).toBe(200);
    });

    test('gives scripts the variables', async () => {
      const { app, link } = await setUp();
      expect((await app.visitor().read(SET, link)).json).toEqual({ ...link, newUser: false });
      const other = await app.user({ status: 'pending', verified: false, password: null });
      const code = await issueCode(
        app.site.services,
        app.site.services.database,
        other as { id: number },
        'activate',
      );
      expect((await app.visitor().read(SET, { code, id: other.uid })).json).toMatchObject({ newUser: true });
    });

    test('hands the variables to the app’s own page', async () => {
      const { app, link } = await setUp({ setPasswordPath: 'page/password' });
      const answer = await app.visitor().get(`/page/password?${new URLSearchParams(link).toString()}`);
      expect(answer.status).toBe(200);
      expect(pageOf(answer).variables).toMatchObject({ ...link, newUser: false });
    });

    test.each([
      ['code', 'Request missing required param: code'],
      ['id', 'Request missing required param: id'],
    ])('without %s is refused', async (name, message) => {
      const { app, link } = await setUp();
      for (const value of [undefined, '']) {
        const query = Object.fromEntries(
          Object.entries({ ...link, [name]: value }).filter(([, each]) => each !== undefined),
        ) as Record<string, string>;
        const answer = await app.visitor().read(SET, query);
        expect(answer.status).toBe(400);
        expect(answer.json.errors).toEqual({ [name]: [message] });
        const page = await app.visitor().get(`/setpassword?${new URLSearchParams(query).toString()}`);
        expect(page.status).toBe(400);
        expect(page.text).toContain('no longer good');
        expect((await app.visitor().json(SET, { ...query, newPassword: NEW })).json.errors).toEqual({
          [name]: [message],
        });
      }
    });

    test('signs somebody else out who is signed in, but not for an image or a prefetch', async () => {
      const { app, link } = await setUp();
      const visitor = await app.login(await app.user());
      const path = `/setpassword?${new URLSearchParams(link).toString()}`;
      for (const headers of [{ 'sec-fetch-dest': 'image' }, { 'sec-purpose': 'prefetch' }] as Array<
        Record<string, string>
      >) {
        await visitor.get(path, { headers });
        expect(await isGuest(visitor)).toBe(false);
      }
      await visitor.get(path, { headers: { 'sec-fetch-dest': 'document' } });
      expect(await isGuest(visitor)).toBe(true);
    });

    test('leaves the user signed in whose code it is', async () => {
      const { app, user, link } = await setUp();
      const visitor = await app.login(user);
      await visitor.get(`/setpassword?${new URLSearchParams(link).toString()}`);
      expect(await isGuest(visitor)).toBe(false);
    });
  });

  describe('a code that is no good', () => {
    test('is answered alike, whatever is wrong with it', async () => {
      const { app, link, issue } = await setUp();
      const other = await app.user();
      const expired = await issue();
      const texts = new Set<string>();
      const look = async (query: Record<string, string>): Promise<void> => {
        const { status, text } = await app.visitor().read(SET, query);
        expect(status).toBe(400);
        texts.add(text);
        const posted = await app.visitor().json(SET, { ...query, newPassword: NEW });
        expect(posted.status).toBe(400);
        texts.add(posted.text);
      };
      await look({ ...link, code: 'x' });
      await look(link);
      await look({ code: expired, id: other.uid });
      await look({ code: expired, id: 'nobody' });
      await look({ code: expired, id: '00000000-0000-4000-8000-000000000000' });
      app.clock.advance(86_400);
      await look({ code: expired, id: link.id });
      expect([...texts].map((text) => JSON.parse(text))).toEqual([
        { message: INVALID, error: INVALID, code: 'BAD_REQUEST', errors: {}, errorCode: INVALID },
      ]);
    });

    test('leads people to a page that says so', async () => {
      const { app, link } = await setUp();
      const path = `/setpassword?${new URLSearchParams({ ...link, code: 'x' }).toString()}`;
      const page = await app.visitor().get(path);
      expect([page.status, page.text.includes('newPassword')]).toEqual([400, false]);
      expect(page.text).toContain('This link is no longer good');
      const posted = await app.visitor().form(path, SET, { ...link, code: 'x', newPassword: NEW });
      expect([posted.status, posted.text.includes('newPassword')]).toEqual([400, false]);
      expect(posted.text).toContain('This link is no longer good');
    });

    test('leads people to invalidUserTokenPath where there is one', async () => {
      const { app, link } = await setUp({ invalidUserTokenPath: 'page/expired' });
      const visitor = app.visitor();
      const read = await visitor.get(
        `/setpassword?${new URLSearchParams({ ...link, code: 'x' }).toString()}`,
      );
      expect([read.status, read.location]).toEqual([303, '/page/expired']);
      expect(pageOf(await visitor.get('/page/expired')).flashes).toHaveProperty('error');
      const posted = await visitor.form('/setpassword', SET, { ...link, code: 'x', newPassword: NEW });
      expect([posted.status, posted.location]).toEqual([303, '/page/expired']);
      expect((await visitor.read(SET, { ...link, code: 'x' })).status).toBe(400);
    });

    test('may be one that was mailed to a new address: it sets no password', async () => {
      const { set, login } = await setUp(
        {},
        { purpose: 'verify-email', unverifiedEmail: 'typo@example.com' },
      );
      expect((await set()).json.message).toBe(INVALID);
      expect((await login(PASSWORD)).status).toBe(200);
    });

    test('may be one of an account that was closed since', async () => {
      const { app, user, set } = await setUp();
      await app.site.services.database.users.update(user.id, { status: 'inactive', approved: false }, 0);
      expect((await set()).json.message).toBe(INVALID);
    });
  });

  describe('POST', () => {
    test('sets the password, once', async () => {
      const { set, login, stored } = await setUp();
      const before = await stored();
      const answer = await set();
      expect(answer.status).toBe(200);
      expect((await stored())?.credentialsVersion).toBeGreaterThan(before?.credentialsVersion ?? Infinity);
      expect(answer.json).toEqual({
        status: 'active',
        message: 'Password updated.',
        redirect: '/',
        csrfTokenName: 'PORTICO_CSRF_TOKEN',
        csrfTokenValue: expect.any(String),
      });
      expect((await set({ newPassword: 'somebody else was here' })).json.message).toBe(INVALID);
      expect([(await login(PASSWORD)).status, (await login(NEW)).status]).toEqual([400, 200]);
    });

    test('gives a token that is good afterwards', async () => {
      const { app, set, user } = await setUp();
      const visitor = app.visitor();
      const headers = { 'x-csrf-token': (await set({}, visitor)).json.csrfTokenValue as string };
      const login = await visitor.json(
        'users/login',
        { loginName: user.email, password: NEW },
        { csrf: false, headers },
      );
      expect(login.status).toBe(200);
    });

    test('ends all sessions of the user, also the one it is sent from, and tells by mail', async () => {
      const { app, user, set } = await setUp();
      const sessions = [await app.login(user), await app.login(user)];
      await set({}, sessions[0]);
      expect(await Promise.all(sessions.map(isGuest))).toEqual([true, true]);
      expect((await app.post.to(user.email)).subject).toBe('Your password was changed');
    });

    test('opens a locked account, and forgets that another password was due', async () => {
      const { app, user, set, stored } = await setUp();
      await app.site.services.database.users.update(
        user.id,
        { lockedAt: app.site.services.now(), passwordResetRequired: true, invalidLoginCount: 2 },
        0,
      );
      expect((await set({ newPassword: PASSWORD })).json.errors).toEqual({
        newPassword: ['New Password must be set to a new password.'],
      });
      await set();
      expect(await stored()).toMatchObject({
        lockedAt: null,
        passwordResetRequired: false,
        invalidLoginCount: 0,
      });
    });

    test('the login form knows the name from then on', async () => {
      const { app, user, set } = await setUp();
      const visitor = app.visitor();
      await set({}, visitor);
      expect((await visitor.get('/login')).text).toContain(`value="${user.username}"`);
    });

    test('with rememberUsernameDuration 0 it does not', async () => {
      const { app, set } = await setUp({ rememberUsernameDuration: 0 });
      const visitor = app.visitor();
      await set({}, visitor);
      expect(visitor.cookies.has('portico_username')).toBe(false);
    });

    test('takes a signed redirect before setPasswordSuccessPath, and signed messages', async () => {
      const { app, link } = await setUp({ ...SIGNING, setPasswordSuccessPath: 'page/done' });
      const visitor = app.visitor();
      const { redirect } = await signedBy(visitor, '/page/next');
      const { successMessage, failMessage } = await signedBy(visitor, 'As you like it');
      const signed = { ...link, redirect, successMessage, failMessage };
      const bad = await visitor.form('/page', SET, { ...signed, newPassword: 'short' });
      expect(pageOf(bad).flashes).toEqual({ error: 'As you like it' });
      const good = await visitor.form('/page', SET, { ...signed, newPassword: NEW });
      expect([good.status, good.location]).toEqual([303, '/page/next']);
      expect(pageOf(await visitor.get('/page/next')).flashes).toEqual({ notice: 'As you like it' });
    });

    test('needs a token, and other verbs there are none', async () => {
      const { app, link, stored } = await setUp();
      const before = await stored();
      const fields = { ...link, newPassword: NEW };
      const forged = await app.visitor().json(SET, fields, { csrf: false });
      expect([forged.status, forged.json.code]).toEqual([400, 'CSRF_FAILED']);
      const headers = { accept: 'application/json', 'x-csrf-token': await app.visitor().token() };
      const put = await app.visitor().send(`/actions/${SET}`, { method: 'PUT', headers });
      expect([put.status, put.headers.get('allow')]).toEqual([400, 'GET, HEAD, POST']);
      expect(await stored()).toEqual(before);
    });

    test('signs nobody in after a reset, whatever the settings', async () => {
      const { app, set } = await setUp({ autoLoginAfterAccountActivation: true });
      const visitor = app.visitor();
      await set({}, visitor);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('signs whoever else was signed in out', async () => {
      const { app, set } = await setUp();
      const visitor = await app.login(await app.user());
      await set({}, visitor);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('with a password that will not do keeps the code, for scripts', async () => {
      const { set, login } = await setUp();
      for (const newPassword of [undefined, '', 'short']) {
        const answer = await set({ newPassword });
        expect(answer.status).toBe(400);
        expect(answer.json).toMatchObject({
          message: 'Couldn’t update password.',
          errors: { newPassword: ['New Password should contain at least 8 characters.'] },
        });
      }
      expect((await set()).status).toBe(200);
      expect((await login(NEW)).status).toBe(200);
    });

    test('with a password that will not do shows the page again, with its variables', async () => {
      const { app, link } = await setUp({ setPasswordPath: 'page/password' });
      const answer = await app.visitor().form('/page/password', SET, { ...link, newPassword: 'short' });
      expect(answer.status).toBe(422);
      expect(pageOf(answer).variables).toMatchObject({
        ...link,
        newUser: false,
        errors: { newPassword: ['New Password should contain at least 8 characters.'] },
        message: 'Couldn’t update password.',
      });
    });

    test('with a password that will not do shows the built-in page again', async () => {
      const { app, link } = await setUp();
      const path = `/setpassword?${new URLSearchParams(link).toString()}`;
      const visitor = app.visitor();
      for (const target of [path, '/setpassword']) {
        const answer = await visitor.form(target, SET, { ...link, newPassword: 'short' });
        expect(answer.status).toBe(422);
        expect(answer.text).toContain('New Password should contain at least 8 characters.');
        expect(answer.text).toContain(`value="${link.code}"`);
      }
    });

    test('posted to the path itself without naming an action', async () => {
      const { app, link, login } = await setUp();
      const visitor = app.visitor();
      const body = new URLSearchParams({
        PORTICO_CSRF_TOKEN: await visitor.token(),
        ...link,
        newPassword: NEW,
      });
      const answer = await visitor.send('/setpassword', {
        method: 'POST',
        body,
        headers: { accept: 'text/html' },
      });
      expect(answer.status).toBe(303);
      expect((await login(NEW)).status).toBe(200);
    });

    test('a reset code used twice at once succeeds once', async () => {
      const { app, link, login } = await setUp();
      const visitors = Array.from({ length: 6 }, () => app.visitor());
      const tokens = await Promise.all(visitors.map((visitor) => visitor.token()));
      const answers = await Promise.all(
        visitors.map((visitor, at) =>
          visitor.json(
            SET,
            { ...link, newPassword: `${NEW} ${at}` },
            { csrf: false, headers: { 'x-csrf-token': tokens[at] ?? '' } },
          ),
        ),
      );
      const winners = answers.flatMap(({ status }, at) => (status === 200 ? [at] : []));
      expect(winners).toHaveLength(1);
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused.map(({ json }) => json.message)).toEqual(refused.map(() => INVALID));
      expect((await login(`${NEW} ${winners[0]}`)).status).toBe(200);
    });
  });

  describe('activation', () => {
    test('of a pending account', async () => {
      const { set, stored } = await setUp({}, pending);
      expect((await set()).json).toMatchObject({ status: 'active' });
      expect(await stored()).toMatchObject({ status: 'active', verified: true });
    });

    test('also by a reset: the mail proves the address', async () => {
      const { set, stored } = await setUp({}, { status: 'pending', verified: false });
      await set();
      expect(await stored()).toMatchObject({ status: 'active', verified: true });
    });

    test('does not override a missing approval (craftcms/cms#17982)', async () => {
      const { set, stored, login } = await setUp({}, { ...pending, approved: false });
      expect((await set()).json).toMatchObject({ status: 'pending' });
      expect(await stored()).toMatchObject({ status: 'pending', verified: true, approved: false });
      expect((await login(NEW)).status).toBe(400);
    });

    test.each([
      [true, false],
      [false, true],
    ])(
      'with autoLoginAfterAccountActivation %s leaves a guest: %s',
      async (autoLoginAfterAccountActivation, guest) => {
        const { app, set } = await setUp({ autoLoginAfterAccountActivation }, pending);
        const visitor = app.visitor();
        await set({}, visitor);
        expect(await isGuest(visitor)).toBe(guest);
      },
    );

    test('sends no notice of a first password', async () => {
      const { app, set } = await setUp({}, pending);
      await set();
      await app.site.housekeep();
      expect(app.post.mails).toEqual([]);
    });

    test('leads to activateAccountSuccessPath, a reset to setPasswordSuccessPath', async () => {
      const paths = { activateAccountSuccessPath: 'page/welcome', setPasswordSuccessPath: 'page/done' };
      const { app, link } = await setUp(paths, pending);
      const activated = await app.visitor().form('/setpassword', SET, { ...link, newPassword: NEW });
      expect([activated.status, activated.location]).toEqual([303, '/page/welcome']);
      const other = await app.user();
      const code = await issueCode(
        app.site.services,
        app.site.services.database,
        other as { id: number },
        'reset-password',
      );
      const visitor = app.visitor();
      const reset = await visitor.form('/setpassword', SET, { code, id: other.uid, newPassword: NEW });
      expect([reset.status, reset.location]).toEqual([303, '/page/done']);
      expect(pageOf(await visitor.get('/page/done')).flashes).toEqual({ notice: 'Password updated.' });
    });
  });

  test('guessing codes is limited', async () => {
    const { app, link } = await setUp({ limits: { verification: { points: 2, seconds: 60 } } });
    const statuses = [];
    for (const code of ['a', 'b', 'c'])
      statuses.push((await app.visitor().read(SET, { ...link, code })).status);
    expect(statuses).toEqual([400, 400, 429]);
  });
});
