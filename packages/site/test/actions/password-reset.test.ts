import { describe, expect, test, vi } from 'vitest';
import { steadyTime } from '../../src/lib/steady-time.ts';
import type { User } from '../../src/users/user.ts';
import { signedBy, SIGNING } from '../security/attack-tools.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, pageOf, PASSWORD, type Answer, type Visitor } from '../support/site.ts';

vi.mock('../../src/lib/steady-time.ts', { spy: true });

const SEND = 'users/send-password-reset-email';
const SENT = 'Password reset email sent.';
const telling = { preventUserEnumeration: false } as const;

/** An answer as a stranger can compare it: what was sent in is taken out. */
function shape(answer: Answer, loginName: string): unknown {
  const headers = [...answer.headers].filter(([name]) => !/^(?:date|set-cookie|content-length)$/.test(name));
  return { status: answer.status, headers, text: answer.text.replaceAll(loginName, '…') };
}

describeSites('users/send-password-reset-email', (open) => {
  const ask = (visitor: Visitor, loginName: string): Promise<Answer> => visitor.json(SEND, { loginName });

  test('mails a link to set a new password, by username or e-mail address, in whatever case', async () => {
    const app = await open();
    const user = await app.user({ email: 'Ada@example.com', username: 'ada' });
    for (const loginName of ['ada', 'ADA', 'ada@EXAMPLE.com', ' ada ']) {
      const answer = await ask(app.visitor(), loginName);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({ message: SENT });
    }
    await app.site.housekeep();
    expect(app.post.mails.map(({ to }) => to)).toEqual(Array(4).fill('Ada@example.com'));
    const mail = await app.post.to(user.email);
    expect(mail.subject).toBe('Reset your password');
    expect(mail.link).toMatch(new RegExp(`^${app.origin}/setpassword\\?code=[\\w-]{43}&id=${user.uid}$`));
  });

  test('as a form goes back to its page with a notice', async () => {
    const app = await open();
    const user = await app.user();
    const visitor = app.visitor();
    const answer = await visitor.form('/page/forgot', SEND, { loginName: user.email });
    expect([answer.status, answer.location]).toEqual([303, '/page/forgot']);
    expect(pageOf(await visitor.get('/page/forgot')).flashes).toEqual({ notice: SENT });
  });

  test('takes a signed redirect, relative to the site, and signed messages', async () => {
    const app = await open(SIGNING);
    const user = await app.user();
    const visitor = app.visitor();
    const { redirect } = await signedBy(visitor, 'page/account-recovery');
    const { successMessage, failMessage } = await signedBy(visitor, 'As you like it');
    const good = { loginName: user.email, redirect, successMessage };
    const form = await visitor.form('/page/forgot', SEND, good);
    expect([form.status, form.location]).toEqual([303, '/page/account-recovery']);
    expect(pageOf(await visitor.get('/page/forgot')).flashes).toEqual({ notice: 'As you like it' });
    expect((await visitor.json(SEND, good)).json).toEqual({
      message: 'As you like it',
      redirect: '/page/account-recovery',
    });
    const bad = await visitor.json(SEND, { loginName: '', failMessage });
    expect(bad.json).toMatchObject({
      message: 'As you like it',
      errors: ['Username or email is required.'],
      loginName: '',
    });
    const page = pageOf(await visitor.form('/page', SEND, { loginName: '', failMessage }));
    expect(page.flashes).toEqual({ error: 'As you like it' });
  });

  test('is sent by POST, with a token, only', async () => {
    const app = await open();
    const { email } = await app.user();
    const visitor = app.visitor();
    const read = await visitor.read(SEND, { loginName: email });
    expect([read.status, read.headers.get('allow')]).toEqual([400, 'POST']);
    const forged = await visitor.json(SEND, { loginName: email }, { csrf: false });
    expect([forged.status, forged.json.code]).toEqual([400, 'CSRF_FAILED']);
    await app.site.housekeep();
    expect(app.post.mails).toEqual([]);
  });

  test.each([
    [false, 'Username or email is required.'],
    [true, 'Email is required.'],
  ])('with useEmailAsUsername %s a blank name is refused: %s', async (useEmailAsUsername, message) => {
    const app = await open({ useEmailAsUsername });
    for (const loginName of ['', ' ']) {
      const answer = await ask(app.visitor(), loginName);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ message, error: message, errors: [message], loginName: '' });
    }
    const form = await app.visitor().form('/page', SEND, {});
    expect(pageOf(form)).toMatchObject({
      flashes: { error: message },
      variables: { loginName: '', message, errors: [message] },
    });
  });

  describe('where it may be told who has an account', () => {
    test.each([
      [false, 'Invalid username or email.'],
      [true, 'Invalid email.'],
    ])(
      'with useEmailAsUsername %s a name that nobody has is refused: %s',
      async (useEmailAsUsername, message) => {
        const app = await open({ ...telling, useEmailAsUsername });
        const answer = await ask(app.visitor(), 'nobody@example.com');
        expect(answer.status).toBe(400);
        expect(answer.json).toMatchObject({ message, errors: [message], loginName: 'nobody@example.com' });
        const form = await app.visitor().form('/page', SEND, { loginName: 'nobody@example.com' });
        expect(pageOf(form).variables).toMatchObject({
          loginName: 'nobody@example.com',
          message,
          errors: [message],
        });
      },
    );

    test.each<[string, Partial<User>]>([
      ['closed', { status: 'inactive', approved: false }],
      ['suspended', { suspended: true }],
    ])('an account that is %s gets none', async (_what, changes) => {
      const app = await open(telling);
      const user = await app.user(changes);
      expect((await ask(app.visitor(), user.email)).status).toBe(400);
      expect(app.post.mails).toEqual([]);
    });
  });

  test.each<[string, Partial<User> & { password?: null }, string]>([
    ['pending', { status: 'pending', verified: false }, 'Reset your password'],
    [
      'pending and without a password',
      { status: 'pending', verified: false, password: null },
      'Activate your account',
    ],
    ['active and without a password', { password: null }, 'Reset your password'],
  ])('an account that is %s gets a mail to set one by', async (_what, changes, subject) => {
    const app = await open();
    const user = await app.user(changes);
    await ask(app.visitor(), user.email);
    const mail = await app.post.to(user.email);
    expect(mail.subject).toBe(subject);
    expect(mail.link).toContain('/setpassword?');
  });

  test('enumeration: a name that nobody has is answered as any other, to scripts and forms', async () => {
    const app = await open();
    const user = await app.user({ email: 'known@example.com' });
    const closed = await app.user({ email: 'shut@example.com', status: 'inactive' });
    const shapes = [];
    for (const name of [user.email, closed.email, 'nobody@example.com']) {
      const visitor = app.visitor();
      const answers = [await ask(visitor, name), await visitor.form('/page', SEND, { loginName: name })];
      shapes.push([...answers, await visitor.get('/page')].map((answer) => shape(answer, name)));
    }
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
    await app.site.housekeep();
    expect(new Set(app.post.mails.map(({ to }) => to))).toEqual(new Set([user.email]));
  });

  test('enumeration: an answer takes as long for a name that nobody has', async () => {
    const app = await open();
    for (const loginName of [(await app.user()).email, 'nobody@example.com']) {
      vi.mocked(steadyTime).mockClear();
      await ask(app.visitor(), loginName);
      expect(vi.mocked(steadyTime).mock.calls.map(([milliseconds]) => milliseconds)).toEqual([400]);
    }
  });

  test('a newer mail makes the link of an older one worthless', async () => {
    const app = await open();
    const user = await app.user();
    await ask(app.visitor(), user.email);
    const first = await app.post.to(user.email);
    await ask(app.visitor(), user.email);
    await app.site.housekeep();
    const second = await app.post.to(user.email);
    expect(second.code).not.toBe(first.code);
    const statuses = [];
    for (const { code } of [first, second]) {
      statuses.push((await app.visitor().read('users/set-password', { code, id: user.uid })).status);
    }
    expect(statuses).toEqual([400, 200]);
  });

  test('CVE-2022-29933: the link leads to the site, whatever Host and X-Forwarded-Host say', async () => {
    const app = await open({ portico: { trustedProxies: ['loopback'] } });
    const user = await app.user();
    const visitor = app.visitor();
    Object.assign(visitor.headers, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    expect((await ask(visitor, user.email)).status).toBe(200);
    const mail = await app.post.to(user.email);
    expect(mail.link.startsWith(`${app.origin}/setpassword?`)).toBe(true);
    expect(mail.html + mail.text).not.toContain('evil');
  });

  describe('by userId', () => {
    test('takes editUsers; from all others the id is ignored', async () => {
      const app = await open();
      const user = await app.user();
      for (const visitor of [app.visitor(), await app.login(await app.user())]) {
        const answer = await visitor.json(SEND, { userId: user.id });
        expect(answer.json).toMatchObject({ message: 'Username or email is required.' });
      }
      expect(app.post.mails).toEqual([]);
      const editor = await app.login(await app.user({ permissions: ROLES.editor }));
      expect((await editor.json(SEND, { userId: user.id })).status).toBe(200);
      expect((await app.post.to(user.email)).subject).toBe('Reset your password');
      expect((await editor.json(SEND, { userId: 999_999 })).status).toBe(404);
    });

    test('says why a closed account gets none', async () => {
      const app = await open();
      const user = await app.user({ status: 'inactive' });
      const editor = await app.login(await app.user({ permissions: ROLES.editor }));
      const answer = await editor.json(SEND, { userId: user.id });
      expect(answer.status).toBe(400);
      const message = 'Password reset emails can only be sent to active or pending users.';
      expect(answer.json).toMatchObject({ message, errors: [message] });
      const form = await editor.form('/page', SEND, { userId: user.id });
      expect(pageOf(form).variables).toMatchObject({ message, errors: [message] });
    });
  });

  describe('is limited', () => {
    test('by the visitor’s address', async () => {
      const app = await open({ limits: { passwordReset: { points: 2, seconds: 60 } } });
      const statuses = [];
      for (const name of ['a', 'b', 'c']) statuses.push((await ask(app.visitor(), name)).status);
      expect(statuses).toEqual([200, 200, 429]);
    });

    test('by the account, whether there is one or not, in whatever spelling', async () => {
      const app = await open({ limits: { passwordResetAccount: { points: 2, seconds: 60 } } });
      await app.user({ email: 'known@example.com' });
      for (const name of ['known@example.com', 'nobody@example.com']) {
        const statuses = [];
        for (const spelling of [name, name.toUpperCase(), ` ${name}`])
          statuses.push((await ask(app.visitor(), spelling)).status);
        expect(statuses).toEqual([200, 200, 429]);
      }
    });
  });

  test('the whole way: forgotten, mailed, set, signed in', async () => {
    const app = await open();
    const user = await app.user();
    app.transcript.secret('a new long password');
    const visitor = app.visitor();
    await visitor.form('/page', SEND, { loginName: user.email });
    const { link } = await app.post.to(user.email);
    const { pathname, search, searchParams } = new URL(link);
    const page = await visitor.get(pathname + search);
    expect([page.status, page.text.includes('name="newPassword"')]).toEqual([200, true]);
    const set = await visitor.form(pathname + search, 'users/set-password', {
      code: searchParams.get('code'),
      id: searchParams.get('id'),
      newPassword: 'a new long password',
    });
    expect([set.status, set.location]).toEqual([303, '/']);
    const login = (password: string): Promise<Answer> =>
      app.visitor().json('users/login', { loginName: user.email, password });
    expect([(await login(PASSWORD)).status, (await login('a new long password')).status]).toEqual([400, 200]);
  });
});
