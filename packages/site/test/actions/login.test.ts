import bcrypt from 'bcryptjs';
import { describe, expect, test, vi } from 'vitest';
import type { User } from '../../src/users/user.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import {
  describeSites,
  pageOf,
  PASSWORD,
  type Answer,
  type TestSite,
  type Visitor,
} from '../support/site.ts';

const LOGIN = 'users/login';
const WRONG = 'not the password at all';
const MINUTE = 60;
const INVALID = 'Invalid username or password.';

/** What only a table of the database knows. */
async function stored({ site }: TestSite, { id }: { readonly id: number }): Promise<User> {
  const user = await site.services.database.users.find(id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}

const sessionCookie = (visitor: Visitor): string | undefined => visitor.cookies.get('portico');

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

/** An answer as a stranger can compare it: what was sent in is taken out. */
function shape(answer: Answer, loginName: string): unknown {
  const headers = [...answer.headers].filter(([name]) => !/^(?:date|set-cookie|content-length)$/.test(name));
  return { status: answer.status, headers, text: answer.text.replaceAll(loginName, '…') };
}

describeSites('users/login', (open) => {
  const tryPassword = (visitor: Visitor, loginName: string, password: string): Promise<Answer> =>
    visitor.json(LOGIN, { loginName, password });

  async function failTimes(visitor: Visitor, loginName: string, times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      expect((await tryPassword(visitor, loginName, WRONG)).status).toBe(400);
    }
  }

  describe('as JSON', () => {
    test('answers with where to go, who it is and a token that is good from now on', async () => {
      const app = await open();
      const user = await app.user({ firstName: 'Ada', fullName: 'Ada Lovelace' });
      const visitor = app.visitor();
      const answer = await tryPassword(visitor, user.email, PASSWORD);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        returnUrl: '/',
        redirect: '/',
        csrfTokenValue: expect.any(String),
        modelName: 'user',
        modelId: user.id,
        user: expect.objectContaining({ id: user.id, email: user.email, friendlyName: 'Ada' }),
      });
      expect(answer.json).not.toHaveProperty('message');
      const token = (answer.json as { csrfTokenValue: string }).csrfTokenValue;
      const next = await visitor.json(
        'users/logout',
        {},
        { csrf: false, headers: { 'x-csrf-token': token } },
      );
      expect(next.status).toBe(200);
    });

    const names: ReadonlyArray<[string, (user: { email: string; username: string | null }) => string]> = [
      ['the username', ({ username }) => username ?? ''],
      ['the e-mail address', ({ email }) => email],
      ['either in other letters’ case', ({ email }) => email.toUpperCase()],
      ['either with spaces around it', ({ username }) => `  ${username} `],
    ];
    test.each(names)('takes %s', async (_what, nameOf) => {
      const app = await open();
      const user = await app.user();
      const answer = await tryPassword(app.visitor(), nameOf(user), PASSWORD);
      expect(answer.json).toMatchObject({ modelId: user.id });
    });

    const blanks: ReadonlyArray<[string, Record<string, unknown>, Record<string, string[]>]> = [
      ['nothing', {}, { loginName: ['Username or email is required.'], password: ['Password is required.'] }],
      ['no password', { loginName: 'x' }, { password: ['Password is required.'] }],
      ['a blank name', { loginName: ' ', password: 'x' }, { loginName: ['Username or email is required.'] }],
    ];
    test.each(blanks)('with %s says what is missing, by field', async (_what, fields, errors) => {
      const app = await open();
      const answer = await app.visitor().json(LOGIN, fields);
      expect([answer.status, answer.json.errors]).toEqual([400, errors]);
    });

    test('a wrong password answers with what was sent but the password, and why', async () => {
      const app = await open();
      const user = await app.user();
      const answer = await app
        .visitor()
        .json(LOGIN, { loginName: user.email, password: WRONG, rememberMe: true });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({
        message: INVALID,
        error: INVALID,
        loginName: user.email,
        rememberMe: true,
        errorCode: 'invalid_credentials',
        errorMessage: INVALID,
        user: { loginName: user.email },
      });
      expect(answer.text).not.toContain(WRONG);
    });

    test('where usernames are e-mail addresses it speaks of those', async () => {
      const app = await open({ useEmailAsUsername: true });
      const visitor = app.visitor();
      expect((await tryPassword(visitor, 'nobody@example.com', WRONG)).json.message).toBe(
        'Invalid email or password.',
      );
      expect((await visitor.json(LOGIN)).json.errors.loginName).toEqual(['Email is required.']);
    });

    test.each([1, '1', true])('rememberMe %j is a yes, as scripts for Craft send it', async (rememberMe) => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const answer = await visitor.json(LOGIN, { loginName: user.email, password: PASSWORD, rememberMe });
      expect(answer.headers.getSetCookie().join()).toMatch(/portico=[^;]+;[^,]*Max-Age=1209600/i);
    });

    test.each([0, '0', false])('rememberMe %j is a no', async (rememberMe) => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const answer = await visitor.json(LOGIN, { loginName: user.email, password: PASSWORD, rememberMe });
      expect(answer.headers.getSetCookie().join()).toMatch(/portico=[^;]+;[^,]*Max-Age=3600/i);
    });

    const malformed: ReadonlyArray<[string, unknown]> = [
      ['loginName', 5],
      ['loginName', null],
      ['loginName', ['a']],
      ['loginName', { $ne: '' }],
      ['loginName', 'x'.repeat(256)],
      ['password', 5],
      ['password', ['a']],
      ['password', { $ne: '' }],
      ['password', 'x'.repeat(4097)],
      ['rememberMe', 'maybe'],
      ['rememberMe', 2],
      ['rememberMe', 'constructor'],
    ];
    test.each(malformed)('%s: %j is refused, by field', async (field, value) => {
      const app = await open();
      const user = await app.user();
      const fields = { loginName: user.email, password: PASSWORD, [field]: value };
      const answer = await app.visitor().json(LOGIN, fields);
      expect([answer.status, Object.keys(answer.json.errors as object)]).toEqual([400, [field]]);
    });

    test('names and passwords of any text are answered', async () => {
      const app = await open();
      for (const text of [
        "' or 1=1 --",
        '\u0000',
        '%25',
        '_'.repeat(255),
        '\ud83e',
        '🦉',
        '__proto__',
        '*)(uid=*',
      ]) {
        const answer = await app.visitor().json(LOGIN, { loginName: text, password: text });
        expect([text, answer.status, answer.json.errorCode]).toEqual([text, 400, 'invalid_credentials']);
      }
    });

    test('a password in a query logs nobody in', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      await visitor.read(LOGIN, { loginName: user.email, password: PASSWORD });
      expect(await isGuest(visitor)).toBe(true);
    });
  });

  describe('as a form without JavaScript', () => {
    test('leads to postLoginRedirect, without a flash', async () => {
      const app = await open({ postLoginRedirect: 'page/account' });
      const user = await app.user();
      const visitor = app.visitor();
      const answer = await visitor.form('/page', LOGIN, { loginName: user.email, password: PASSWORD });
      expect([answer.status, answer.location]).toEqual([303, '/page/account']);
      const page = pageOf(await visitor.get('/page/account'));
      expect([page.flashes, page.user?.['email']]).toEqual([{}, user.email]);
    });

    test('shows its own page again, with the name and without the password', async () => {
      const app = await open();
      const visitor = app.visitor();
      const fields = { loginName: 'ada<b>', password: WRONG, rememberMe: '1' };
      const answer = await visitor.form('/page', LOGIN, fields);
      expect(answer.status).toBe(400);
      expect(pageOf(answer)).toMatchObject({
        variables: {
          loginName: 'ada<b>',
          rememberMe: true,
          errorCode: 'invalid_credentials',
          errorMessage: INVALID,
        },
        flashes: { error: INVALID },
      });
      expect(answer.text).not.toContain(WRONG);
    });

    test('on the built-in page: posts, fails in place, escapes, and succeeds', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const page = await visitor.get('/login');
      expect([page.status, page.text.includes('name="loginName"')]).toEqual([200, true]);
      const failed = await visitor.form('/login', LOGIN, { loginName: '"><i>', password: WRONG });
      expect(failed.status).toBe(400);
      expect(failed.text).toContain(INVALID);
      expect(failed.text).toContain('value="&quot;&gt;&lt;i&gt;"');
      const done = await visitor.form('/login', LOGIN, { loginName: user.email, password: PASSWORD });
      expect([done.status, done.location]).toEqual([303, '/']);
    });

    test('with a blank field shows its page again with the variables of every failure', async () => {
      const app = await open();
      const fields = { loginName: 'ada', password: '', rememberMe: '1' };
      const answer = await app.visitor().form('/page', LOGIN, fields);
      expect(answer.status).toBe(422);
      expect(pageOf(answer).variables).toMatchObject({
        errors: { password: ['Password is required.'] },
        loginName: 'ada',
        rememberMe: true,
        errorCode: 'invalid_credentials',
        errorMessage: 'Password is required.',
      });
    });

    test('on the built-in page a blank field is the one thing that is wrong', async () => {
      const app = await open();
      const answer = await app.visitor().form('/login', LOGIN, { loginName: 'ada', password: '' });
      expect([answer.status, answer.text.includes('Password is required.')]).toEqual([422, true]);
      expect(answer.text.match(/aria-invalid="true"/g)).toHaveLength(1);
      expect(answer.text).not.toContain('aria-describedby="alert"');
      expect(answer.text).not.toContain('If both are right');
    });

    test('a ticked rememberMe keeps the login for two weeks', async () => {
      const app = await open();
      const user = await app.user();
      const fields = { loginName: user.email, password: PASSWORD, rememberMe: '1' };
      const answer = await app.visitor().form('/page', LOGIN, fields);
      expect(answer.headers.getSetCookie().join()).toMatch(/portico=[^;]+;[^,]*Max-Age=1209600/i);
    });

    test('a signed redirect goes before the page the visitor wanted and postLoginRedirect', async () => {
      const app = await open({ ...SIGNING, postLoginRedirect: 'page/account' });
      const user = await app.user();
      const fields = { loginName: user.email, password: PASSWORD };
      for (const wanted of ['/page/members', '/page']) {
        const visitor = app.visitor();
        await visitor.get(wanted);
        const { redirect } = await signedBy(visitor, '/page/{username}');
        const form = await visitor.form('/page', LOGIN, { ...fields, redirect });
        expect([form.status, form.location]).toEqual([303, `/page/${user.username}`]);
        const script = await app.visitor().json(LOGIN, { ...fields, redirect });
        expect([script.status, script.json.redirect]).toEqual([200, `/page/${user.username}`]);
      }
    });

    test('a signed failMessage is what is said, and errorMessage still tells why', async () => {
      const app = await open(SIGNING);
      const visitor = app.visitor();
      const { failMessage } = await signedBy(visitor, 'No entry!');
      const fields = { loginName: 'nobody', password: WRONG, failMessage };
      const page = pageOf(await visitor.form('/page', LOGIN, fields));
      expect(page.flashes).toEqual({ error: 'No entry!' });
      expect(page.variables).toMatchObject({ message: 'No entry!', errorMessage: INVALID });
      const { json } = await visitor.json(LOGIN, fields);
      expect(json).toMatchObject({ message: 'No entry!', error: 'No entry!', errorMessage: INVALID });
    });

    test('a redirect that nobody signed is refused, and logs nobody in', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      await visitor.get('/page/members');
      const redirect = 'https://evil.example/';
      const forged = await visitor.form('/page', LOGIN, {
        loginName: user.email,
        password: PASSWORD,
        redirect,
      });
      expect(forged.status).toBe(400);
      expect(await isGuest(visitor)).toBe(true);
    });
  });

  describe('GET', () => {
    test('a guest gets the login page, with the name that was signed in with last', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      await visitor.json('users/logout');
      const page = await visitor.get('/login');
      expect(page.text).toContain(`value="${user.username}"`);
      expect((await visitor.get('/actions/users/login')).text).toContain('name="loginName"');
    });

    test('whoever is signed in goes on', async () => {
      const app = await open({ postLoginRedirect: 'page/account' });
      const user = await app.user();
      const visitor = await app.login(user);
      const page = await visitor.get('/login');
      expect([page.status, page.location]).toEqual([303, '/page/account']);
      const answer = await visitor.read(LOGIN);
      expect(answer.json).toMatchObject({ returnUrl: '/page/account', user: { id: user.id } });
    });

    test('as JSON tells a guest to post', async () => {
      const app = await open();
      const answer = await app.visitor().read(LOGIN);
      expect([answer.status, answer.json.message, answer.headers.get('allow')]).toEqual([
        400,
        'Post request required',
        'POST',
      ]);
    });

    test('and POST are all there is', async () => {
      const app = await open();
      for (const method of ['PUT', 'DELETE']) {
        const headers = { accept: 'application/json', 'x-csrf-token': await app.visitor().token() };
        const answer = await app.visitor().send(`/actions/${LOGIN}`, { method, headers });
        expect([answer.status, answer.headers.get('allow')]).toEqual([400, 'GET, HEAD, POST']);
      }
    });

    test('without a loginPath there is no page', async () => {
      const app = await open({ loginPath: false });
      const visitor = app.visitor();
      expect((await visitor.get('/actions/users/login')).status).toBe(404);
      expect((await visitor.get('/login')).status).toBe(404);
    });
  });

  describe('the page a visitor wanted', () => {
    test('is gone to after the login, once', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const refused = await visitor.get('/page/members?tab=2&q=%C3%A9');
      expect([refused.status, refused.location]).toEqual([303, '/login']);
      const fields = { loginName: user.email, password: PASSWORD };
      expect((await visitor.form('/login', LOGIN, fields)).location).toBe('/page/members?tab=2&q=%C3%A9');
      expect((await visitor.get('/page/members')).status).toBe(200);
      expect((await visitor.form('/login', LOGIN, fields)).location).toBe('/');
    });

    const notKept: ReadonlyArray<[string, string, Record<string, string>]> = [
      ['a prefetch', '/page/members', { 'sec-purpose': 'prefetch' }],
      [
        'a prerendering',
        '/page/members',
        { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-dest': 'document' },
      ],
      ['a frame', '/page/members', { 'sec-fetch-dest': 'iframe' }],
      ['a script', '/page/members', { 'x-requested-with': 'XMLHttpRequest' }],
      ['a URL of more than 2 KB', `/page/members?q=${'x'.repeat(2048)}`, {}],
      ['a logout', '/page/members?action=users/logout&x', {}],
    ];
    test.each(notKept)('%s keeps none', async (_what, path, headers) => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const guest = await visitor.get(path, { headers });
      expect(guest.status).not.toBe(200);
      const answer = await visitor.form('/page', LOGIN, { loginName: user.email, password: PASSWORD });
      expect(answer.location).toBe('/');
    });

    test('CVE-2025-35939: nothing a client made up is stored for it', async () => {
      const app = await open();
      const visitor = app.visitor();
      for (const path of [
        '/page/members?<?php system($_GET[0]);?>',
        '/page/members?{{7*7}}',
        '/page/members?a\tb',
      ]) {
        await visitor.send(path, {
          headers: { accept: 'text/html', referer: 'https://evil.example/<script>' },
        });
      }
      const kept = (await visitor.json(LOGIN, { loginName: (await app.user()).email, password: PASSWORD }))
        .json;
      expect(kept.returnUrl).toMatch(/^\/page\/members\?[!-~]*$/);
      expect(kept.returnUrl).not.toMatch(/[<>{}\s]/);
    });

    test('a script that asks for JSON is sent there as well, and nothing is kept', async () => {
      const app = await open();
      const visitor = app.visitor();
      const answer = await visitor.send('/page/members', { headers: { accept: 'application/json' } });
      expect([answer.status, answer.location, visitor.cookies.size]).toEqual([303, '/login', 0]);
    });
  });

  describe('a form of somebody whose session has ended', () => {
    const ENDED = 'Your session has ended. Log in to go on.';
    const SAVE = 'users/save-address';

    /** Somebody who was signed in on the page of members, with the token of that time. */
    async function setUp() {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      expect((await visitor.get('/page/members')).status).toBe(200);
      const token = await visitor.token();
      await app.site.services.database.sessions.revokeAll(user.id);
      const login = (): Promise<Answer> =>
        visitor.form('/login', LOGIN, { loginName: user.email, password: PASSWORD });
      return { app, visitor, token, login };
    }

    const doors: ReadonlyArray<[string, string]> = [
      ['a field', '/page/members?tab=2'],
      ['the query', '/page/members?tab=2&action=users/save-address'],
      ['the page door', '/page/members?_action=users.saveAddress&tab=2'],
    ];
    test.each(doors)('named by %s leads to the login, which says so, and back', async (_door, path) => {
      const { visitor, login } = await setUp();
      const refused = await visitor.form(path, SAVE, { title: 'Home' });
      expect([refused.status, refused.location]).toEqual([303, '/login']);
      expect((await visitor.get('/login')).text).toContain(ENDED);
      expect((await visitor.get('/login')).text).not.toContain(ENDED);
      expect((await login()).location).toBe('/page/members?tab=2');
    });

    test('is told so when the token is the one of then, too', async () => {
      const { visitor, token, login } = await setUp();
      const fields = { PORTICO_CSRF_TOKEN: token, title: 'Home' };
      const refused = await visitor.form('/page/members?tab=2', SAVE, fields, { csrf: false });
      expect([refused.status, refused.location]).toEqual([303, '/login']);
      expect((await visitor.get('/login')).text).toContain(ENDED);
      expect((await login()).location).toBe('/page/members?tab=2');
    });

    test('posted to the action is told so on the way back to its page', async () => {
      const { app, visitor, login } = await setUp();
      const headers = { referer: `${app.origin}/page/members?tab=2` };
      const refused = await visitor.form(`/actions/${SAVE}`, SAVE, { title: 'Home' }, { headers });
      expect([refused.status, refused.location]).toEqual([303, '/page/members?tab=2']);
      expect((await visitor.get('/page/members?tab=2')).location).toBe('/login');
      expect((await visitor.get('/login')).text).toContain(ENDED);
      expect((await login()).location).toBe('/page/members?tab=2');
    });

    test('where the browser says nothing of where it comes from, its Origin does', async () => {
      const { app, visitor } = await setUp();
      delete visitor.headers['sec-fetch-site'];
      const headers = { origin: app.origin };
      expect((await visitor.form('/page/members', SAVE, {}, { headers })).location).toBe('/login');
      expect((await visitor.get('/login')).text).toContain(ENDED);
    });

    test('of another site sets no cookie, which would take the place of a session', async () => {
      const { app } = await setUp();
      for (const headers of [
        { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        { 'sec-fetch-site': 'same-site', origin: app.origin },
      ]) {
        // `SameSite=Lax`: the browser leaves its cookies at home.
        const stranger = app.visitor();
        const refused = await stranger.form('/page/members', SAVE, {}, { headers, csrf: false });
        expect([refused.status, refused.location]).toEqual([303, '/login']);
        expect(refused.headers.getSetCookie()).toEqual([]);
      }
    });

    test('whoever only looks at the page is not told so', async () => {
      const { visitor } = await setUp();
      expect((await visitor.get('/page/members')).location).toBe('/login');
      expect((await visitor.get('/login')).text).not.toContain(ENDED);
    });
  });

  describe('the session', () => {
    const lifetimes: ReadonlyArray<[string, object, boolean, number | undefined]> = [
      ['lasts an hour by default', {}, false, 3600],
      ['lasts two weeks with rememberMe', {}, true, 1_209_600],
      ['lasts as userSessionDuration says', { userSessionDuration: 120 }, false, 120],
      ['ends with the browser where that is 0', { userSessionDuration: 0 }, false, undefined],
      ['is remembered even then', { userSessionDuration: 0 }, true, 1_209_600],
      ['cannot be remembered where that is off', { rememberedUserSessionDuration: 0 }, true, 3600],
      ['never outlasts the absolute duration', { absoluteUserSessionDuration: 600 }, true, 600],
    ];
    test.each(lifetimes)('%s', async (_what, settings, rememberMe, seconds) => {
      const app = await open(settings);
      const user = await app.user();
      const answer = await app
        .visitor()
        .json(LOGIN, { loginName: user.email, password: PASSWORD, rememberMe });
      const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('portico='));
      const age = /Max-Age=(\d+)/i.exec(line ?? '')?.[1];
      expect(age === undefined ? undefined : Number(age)).toBe(seconds);
      expect(line).toMatch(/HttpOnly/i);
      expect(line).toMatch(/SameSite=Lax/i);
    });

    test('ends when nothing is asked for as long, and goes on while something is', async () => {
      const app = await open();
      const visitor = await app.login(await app.user(), { elevated: true });
      for (let time = 0; time < 3; time++) {
        app.clock.advance(50 * MINUTE);
        expect(await isGuest(visitor)).toBe(false);
      }
      app.clock.advance(61 * MINUTE);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('ends after the absolute duration however busy it is, and elevating does not prolong it', async () => {
      const app = await open({ absoluteUserSessionDuration: 100 * MINUTE });
      const visitor = await app.login(await app.user(), { elevated: true });
      app.clock.advance(50 * MINUTE);
      expect((await visitor.json('users/verify-password', { password: PASSWORD })).status).toBe(200);
      app.clock.advance(49 * MINUTE);
      expect(await isGuest(visitor)).toBe(false);
      app.clock.advance(2 * MINUTE);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('session fixation: the id a guest had opens nothing after the login', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      await visitor.token();
      const planted = sessionCookie(visitor);
      expect(planted).toBeDefined();
      await tryPassword(visitor, user.email, PASSWORD);
      expect(sessionCookie(visitor)).not.toBe(planted);
      const attacker = app.visitor();
      attacker.cookies.set('portico', planted ?? '');
      expect(await isGuest(attacker)).toBe(true);
    });

    test('session fixation: an id that was made up is not taken over', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      visitor.cookies.set('portico', 'A'.repeat(43));
      await tryPassword(visitor, user.email, PASSWORD);
      expect(sessionCookie(visitor)).not.toBe('A'.repeat(43));
    });

    test('the token of a guest is worth nothing after the login', async () => {
      const app = await open();
      const visitor = app.visitor();
      const token = await visitor.token();
      await tryPassword(visitor, (await app.user()).email, PASSWORD);
      const headers = { 'x-csrf-token': token };
      expect((await visitor.json('users/logout', {}, { csrf: false, headers })).status).toBe(400);
    });

    test('a second login takes the place of the first, with an id of its own', async () => {
      const app = await open();
      const [ada, eve] = [await app.user(), await app.user()];
      const visitor = await app.login(ada);
      const before = sessionCookie(visitor);
      const answer = await tryPassword(visitor, eve.email, PASSWORD);
      expect(answer.json.modelId).toBe(eve.id);
      expect(sessionCookie(visitor)).not.toBe(before);
      expect((await visitor.read('users/session-info')).json.id).toBe(eve.id);
      expect(await app.site.services.database.sessions.listOf(ada.id, Date.now())).toEqual([]);
    });

    test('two logins that arrive together from one guest both go well', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const headers = { 'x-csrf-token': await visitor.token() };
      const fields = { loginName: user.email, password: PASSWORD };
      const answers = await Promise.all(
        [1, 2].map(() => visitor.json(LOGIN, fields, { csrf: false, headers })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(await isGuest(visitor)).toBe(false);
    });

    test('another browser with the cookie is a guest, and ends it', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const thief = app.visitor();
      thief.cookies.set('portico', sessionCookie(visitor) ?? '');
      thief.headers['user-agent'] = 'Another browser';
      expect(await isGuest(thief)).toBe(true);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('another browser is none where user agents need not match', async () => {
      const app = await open({ requireMatchingUserAgentForSession: false });
      const visitor = await app.login(await app.user());
      visitor.headers['user-agent'] = 'The same browser, updated';
      expect(await isGuest(visitor)).toBe(false);
    });

    test('a request without a user agent logs nobody in, and nothing is hashed for it', async () => {
      const app = await open();
      const user = await app.user();
      const headers = { 'user-agent': '' };
      const answer = await app
        .visitor()
        .json(LOGIN, { loginName: user.email, password: PASSWORD }, { headers });
      expect([answer.status, answer.json.message]).toEqual([
        400,
        'The request has no User-Agent header, and the setting requireUserAgentAndIpForSession asks for it.',
      ]);
      expect((await stored(app, user)).lastLoginAt).toBeNull();
    });

    const endings: ReadonlyArray<
      [string, Parameters<TestSite['site']['services']['database']['users']['update']>[1]]
    > = [
      ['another password', { passwordHash: 'x', endSessions: true }],
      ['a suspension', { suspended: true }],
      ['a deactivation', { status: 'inactive' }],
      ['a pending status', { status: 'pending' }],
    ];
    test.each(endings)('%s ends it, without a word', async (_what, changes) => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      await app.site.services.database.users.update(user.id, changes, Date.now());
      const page = await visitor.get('/page');
      expect([page.status, pageOf(page)]).toEqual([
        200,
        { search: '', variables: {}, flashes: {}, user: null },
      ]);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('the deletion of the user ends it', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      await app.site.services.database.users.delete(user.id);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('a password change while somebody logs in leaves that login worth nothing', async () => {
      const app = await open();
      const user = await app.user();
      const { database } = app.site.services;
      const visitor = app.visitor();
      const transaction = database.transaction.bind(database);
      // Right after the login's own transaction, and before its session is written.
      const spy = vi.spyOn(database, 'transaction').mockImplementationOnce(async (work) => {
        const result = await transaction(work);
        await database.users.update(user.id, { endSessions: true }, Date.now());
        return result;
      });
      expect((await tryPassword(visitor, user.email, PASSWORD)).status).toBe(200);
      expect(spy).toHaveBeenCalled();
      expect(await isGuest(visitor)).toBe(true);
    });
  });

  describe('what is kept with the user', () => {
    test('the time of the login, and no address unless storeUserIps', async () => {
      const app = await open();
      const user = await app.user();
      await app.login(user);
      const after = await stored(app, user);
      expect([typeof after.lastLoginAt, after.lastLoginIp]).toEqual(['number', null]);
    });

    test('the address with storeUserIps', async () => {
      const app = await open({ storeUserIps: true });
      const user = await app.user();
      await app.login(user);
      expect((await stored(app, user)).lastLoginIp).toBe('127.0.0.1');
    });

    test('a hash of today in the place of an imported one', async () => {
      const app = await open();
      const user = await app.user({ password: null, passwordHash: bcrypt.hashSync(PASSWORD, 4) });
      await app.login(user);
      expect((await stored(app, user)).passwordHash).toMatch(/^\$argon2id\$/);
      await app.login(user);
      expect((await tryPassword(app.visitor(), user.email, WRONG)).status).toBe(400);
    });

    test('a password that is changed while the former one is being compared lets nobody in, and stays', async () => {
      const app = await open();
      const user = await app.user({ password: null, passwordHash: bcrypt.hashSync(PASSWORD, 4) });
      const { passwords, database } = app.site.services;
      const verify = passwords.verify.bind(passwords);
      vi.spyOn(passwords, 'verify').mockImplementationOnce(async (password, hash) => {
        const isRight = await verify(password, hash);
        await database.users.update(user.id, { passwordHash: 'changed' }, Date.now());
        return isRight;
      });
      expect((await tryPassword(app.visitor(), user.email, PASSWORD)).json.errorCode).toBe(
        'invalid_credentials',
      );
      expect((await stored(app, user)).passwordHash).toBe('changed');
    });

    test('the username cookie lasts a year, and is none of the session’s', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const answer = await tryPassword(visitor, user.email, PASSWORD);
      const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('portico_username='));
      expect(line).toMatch(new RegExp(`^portico_username=${user.username};`));
      for (const part of [/Max-Age=31536000/i, /HttpOnly/i, /SameSite=Lax/i, /Path=\//i]) {
        expect(line).toMatch(part);
      }
      expect(line).not.toMatch(/Secure/i);
    });

    test('with rememberUsernameDuration 0 there is none', async () => {
      const app = await open({ rememberUsernameDuration: 0 });
      const visitor = await app.login(await app.user());
      expect(visitor.cookies.has('portico_username')).toBe(false);
    });
  });

  describe('lockout', () => {
    test('five wrong passwords lock the account for five minutes; then it opens by itself', async () => {
      const app = await open({ preventUserEnumeration: false });
      const user = await app.user();
      const visitor = app.visitor();
      await failTimes(visitor, user.email, 4);
      const fifth = await tryPassword(visitor, user.email, WRONG);
      expect([fifth.json.errorCode, fifth.json.message]).toEqual([
        'account_cooldown',
        'Account locked. Try again in 5 minutes.',
      ]);
      const right = await tryPassword(visitor, user.email, PASSWORD);
      expect([right.status, right.json.errorCode]).toEqual([400, 'account_cooldown']);
      app.clock.advance(5 * MINUTE);
      expect((await tryPassword(visitor, user.email, PASSWORD)).status).toBe(200);
      expect(await stored(app, user)).toMatchObject({
        lockedAt: null,
        invalidLoginCount: 0,
        invalidLoginWindowStart: null,
      });
    });

    test('without a cooldown only an administrator opens it', async () => {
      const app = await open({ preventUserEnumeration: false, cooldownDuration: 0, maxInvalidLogins: 2 });
      const user = await app.user();
      const visitor = app.visitor();
      await failTimes(visitor, user.email, 2);
      app.clock.advance(365 * 24 * 60 * MINUTE);
      const right = await tryPassword(visitor, user.email, PASSWORD);
      expect([right.json.errorCode, right.json.message]).toEqual(['account_locked', 'Account locked.']);
      await app.site.services.database.users.update(user.id, { lockedAt: null }, Date.now());
      expect((await tryPassword(visitor, user.email, PASSWORD)).status).toBe(200);
    });

    test('the window begins with the first wrong password, and what is older counts no more', async () => {
      const app = await open({ maxInvalidLogins: 3, invalidLoginWindowDuration: 10 * MINUTE });
      const user = await app.user();
      const visitor = app.visitor();
      await failTimes(visitor, user.email, 2);
      app.clock.advance(11 * MINUTE);
      await failTimes(visitor, user.email, 2);
      expect(await stored(app, user)).toMatchObject({ invalidLoginCount: 2, lockedAt: null });
      app.clock.advance(9 * MINUTE);
      await failTimes(visitor, user.email, 1);
      expect((await stored(app, user)).lockedAt).not.toBeNull();
    });

    test('the right password clears the count', async () => {
      const app = await open({ maxInvalidLogins: 3 });
      const user = await app.user();
      const visitor = app.visitor();
      for (let round = 0; round < 2; round++) {
        await failTimes(visitor, user.email, 2);
        expect((await tryPassword(visitor, user.email, PASSWORD)).status).toBe(200);
      }
    });

    test('#19283: one wrong password is counted once', async () => {
      const app = await open();
      const user = await app.user();
      await failTimes(app.visitor(), user.email, 3);
      expect((await stored(app, user)).invalidLoginCount).toBe(3);
    });

    test('wrong passwords that arrive together are all counted', async () => {
      const app = await open({ maxInvalidLogins: 20 });
      const user = await app.user();
      const visitors = await Promise.all(Array.from({ length: 6 }, async () => app.visitor()));
      await Promise.all(visitors.map((visitor) => tryPassword(visitor, user.email, WRONG)));
      expect((await stored(app, user)).invalidLoginCount).toBe(6);
    });

    test('maxInvalidLogins false locks nobody', async () => {
      const app = await open({ maxInvalidLogins: false, limits: { loginAccount: false } });
      const user = await app.user();
      await failTimes(app.visitor(), user.email, 7);
      expect((await tryPassword(app.visitor(), user.email, PASSWORD)).status).toBe(200);
    });
  });

  describe('accounts that cannot come in', () => {
    const closed: ReadonlyArray<[string, Partial<User>, string, string]> = [
      [
        'pending',
        { status: 'pending', verified: false },
        'pending_verification',
        'Account has not been activated.',
      ],
      ['suspended', { suspended: true }, 'account_suspended', 'Account suspended.'],
      [
        'pending, suspended and to have another password',
        { status: 'pending', verified: false, suspended: true, passwordResetRequired: true },
        'pending_verification',
        'Account has not been activated.',
      ],
      [
        'suspended, locked and to have another password',
        { suspended: true, lockedAt: Date.now(), passwordResetRequired: true },
        'account_suspended',
        'Account suspended.',
      ],
      [
        'locked and to have another password',
        { lockedAt: Date.now(), passwordResetRequired: true },
        'account_cooldown',
        'Account locked. Try again in ',
      ],
      ['inactive', { status: 'inactive' }, 'invalid_credentials', INVALID],
      ['locked', { lockedAt: Date.now() }, 'account_cooldown', 'Account locked. Try again in '],
      [
        'to have another password',
        { passwordResetRequired: true },
        'password_reset_required',
        'You need to reset your password. Check your email for instructions.',
      ],
    ];

    test.each(closed)(
      '%s: told with the right password, and with no wrong one',
      async (_what, state, errorCode, message) => {
        const app = await open({ preventUserEnumeration: false });
        const user = await app.user(state);
        const visitor = app.visitor();
        const right = await tryPassword(visitor, user.email, PASSWORD);
        expect([right.status, right.json.errorCode]).toEqual([400, errorCode]);
        expect(right.json.message).toContain(message);
        expect(right.json.errorMessage).toBe(right.json.message);
        if (state.lockedAt === undefined) {
          expect((await tryPassword(visitor, user.email, WRONG)).json.errorCode).toBe('invalid_credentials');
        }
        expect(await isGuest(visitor)).toBe(true);
      },
    );

    test.each(closed)(
      '%s: with preventUserEnumeration as if there were no such account',
      async (_what, state) => {
        const app = await open();
        const user = await app.user(state);
        const visitor = app.visitor();
        const nobody = await tryPassword(visitor, 'nobody@example.com', PASSWORD);
        const right = await tryPassword(visitor, user.email, PASSWORD);
        const wrong = await tryPassword(visitor, user.email, WRONG);
        expect(shape(right, user.email)).toEqual(shape(nobody, 'nobody@example.com'));
        expect(shape(wrong, user.email)).toEqual(shape(nobody, 'nobody@example.com'));
      },
    );

    test('whoever must have another password gets the mail for it, whatever the answer says', async () => {
      const app = await open();
      const user = await app.user({ passwordResetRequired: true });
      await tryPassword(app.visitor(), user.email, PASSWORD);
      expect((await app.post.to(user.email)).link).toContain('/setpassword?code=');
    });

    test('whoever is pending gets another activation mail where the answer may not say so', async () => {
      const app = await open();
      const user = await app.user({ status: 'pending', verified: false });
      await tryPassword(app.visitor(), user.email, PASSWORD);
      expect((await app.post.to(user.email)).link).toContain('/verifyemail?code=');
    });

    test('a wrong password sends no mail', async () => {
      const app = await open();
      const user = await app.user({ passwordResetRequired: true });
      await tryPassword(app.visitor(), user.email, WRONG);
      await app.site.housekeep();
      expect(app.post.mails).toEqual([]);
    });

    test('an account without a password takes none', async () => {
      const app = await open();
      const user = await app.user({ password: null });
      expect((await tryPassword(app.visitor(), user.email, WRONG)).json.errorCode).toBe(
        'invalid_credentials',
      );
    });

    test('#19265: an account that was closed stays out, though its password is right', async () => {
      const app = await open({ preventUserEnumeration: false });
      const user = await app.user({ status: 'inactive' });
      expect((await tryPassword(app.visitor(), user.email, PASSWORD)).json.errorCode).toBe(
        'invalid_credentials',
      );
    });
  });

  describe('user enumeration', () => {
    test('a name that nobody has and a wrong password are one and the same answer', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const nobody = await tryPassword(visitor, 'nobody@example.com', WRONG);
      expect(shape(nobody, 'nobody@example.com')).toEqual(
        shape(await tryPassword(visitor, user.email, WRONG), user.email),
      );
    });

    test('the same hashing and one transaction for a name that nobody has', async () => {
      const app = await open();
      const user = await app.user();
      const { passwords, database } = app.site.services;
      const verify = vi.spyOn(passwords, 'verify');
      const transaction = vi.spyOn(database, 'transaction');
      for (const loginName of ['nobody@example.com', user.email]) {
        await tryPassword(app.visitor(), loginName, WRONG);
      }
      expect(verify.mock.calls.map(([, hash]) => hash === null)).toEqual([true, false]);
      expect(transaction).toHaveBeenCalledTimes(2);
    });
  });

  describe('limits', () => {
    test('by address: 429 with Retry-After, until the window is over', async () => {
      const app = await open({ limits: { login: { points: 2, seconds: 60 } } });
      const user = await app.user();
      const visitor = app.visitor();
      await failTimes(visitor, 'nobody@example.com', 2);
      const refused = await tryPassword(visitor, user.email, PASSWORD);
      expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
      app.clock.advance(61);
      expect((await tryPassword(visitor, user.email, PASSWORD)).status).toBe(200);
    });

    test('by account, whether there is one or not, and whatever the case', async () => {
      const app = await open({ limits: { loginAccount: { points: 2, seconds: 60 } } });
      for (const loginName of ['nobody@example.com', (await app.user()).email]) {
        const visitor = app.visitor();
        await failTimes(visitor, loginName, 2);
        expect((await tryPassword(visitor, loginName.toUpperCase(), WRONG)).status).toBe(429);
      }
    });

    // Waits for a limit that counts by address and only what is posted.
    test('looking at the login page counts for nothing', async () => {
      const app = await open({ limits: { login: { points: 2, seconds: 60 } } });
      const visitor = app.visitor();
      for (let time = 0; time < 4; time++) expect((await visitor.get('/login')).status).toBe(200);
    });
  });

  describe('login CSRF', () => {
    test('a form of another site logs nobody in', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      const body = { loginName: user.email, password: PASSWORD };
      const answer = await visitor.json(LOGIN, body, { csrf: false, headers });
      expect(answer.status).toBe(400);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('a guest’s form needs a token; the second half of a double click does not', async () => {
      const app = await open();
      const user = await app.user();
      const fields = { loginName: user.email, password: PASSWORD };
      const guest = await app.visitor().form('/page', LOGIN, fields, { csrf: false });
      expect(guest.status).toBe(400);
      const visitor = await app.login(user);
      const second = await visitor.form('/page', LOGIN, fields, { csrf: false });
      expect([second.status, second.location]).toEqual([303, '/']);
      expect(await isGuest(visitor)).toBe(false);
    });

    test('whoever is signed in is not signed in as another by a form of another site', async () => {
      const app = await open();
      const [ada, eve] = [await app.user(), await app.user()];
      const visitor = await app.login(ada);
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      const fields = { loginName: eve.email, password: PASSWORD };
      expect((await visitor.form('/page', LOGIN, fields, { csrf: false, headers })).status).toBe(400);
      expect((await visitor.read('users/session-info')).json.id).toBe(ada.id);
    });
  });

  describe('an outage of the database', () => {
    const down = (): never => {
      throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' });
    };

    test('answers 503 to a login, as JSON and as a page', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      const token = await visitor.token();
      await app.site.services.database.ping();
      const { database } = app.site.services;
      const { ActionError } = await import('portico');
      const outage = new ActionError({
        code: 'SERVICE_UNAVAILABLE',
        message: 'The database is out of reach.',
      });
      vi.spyOn(database.users, 'findByLoginName').mockRejectedValue(outage);
      const options = { csrf: false, headers: { 'x-csrf-token': token } };
      const fields = { loginName: user.email, password: PASSWORD };
      expect((await visitor.json(LOGIN, fields, options)).status).toBe(503);
      expect((await visitor.form('/page', LOGIN, fields, options)).status).toBe(503);
    });

    test('makes nobody anonymous: who is signed in gets 503 until it is over', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const spy = vi.spyOn(app.site.services.database.users, 'find').mockImplementation(async () => down());
      expect((await visitor.get('/page')).status).toBe(503);
      expect((await visitor.read('users/session-info')).status).toBe(503);
      spy.mockRestore();
      expect(await isGuest(visitor)).toBe(false);
    });
  });

  test('CVE-2022-37783: no answer, cookie or token holds anything of the password or its hash', async () => {
    const app = await open();
    const user = await app.user();
    const visitor = app.visitor();
    const { passwordHash } = await stored(app, user);
    await visitor.form('/login', LOGIN, { loginName: user.email, password: PASSWORD });
    await visitor.read('users/session-info');
    await visitor.read(LOGIN);
    app.transcript.secret(passwordHash ?? '');
    expect(app.transcript.leaks()).toEqual([]);
    expect([...visitor.cookies.values()].join()).not.toContain(passwordHash);
  });
});
