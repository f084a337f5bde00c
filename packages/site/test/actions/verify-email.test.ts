import { describe, expect, test } from 'vitest';
import type { CodePurpose } from '../../src/users/codes/verification-code-store.ts';
import { issueCode } from '../../src/users/codes/verification.ts';
import {
  describeSites,
  pageOf,
  PASSWORD,
  type Answer,
  type TestSite,
  type TestSiteOptions,
  type Visitor,
} from '../support/site.ts';

const VERIFY = 'users/verify-email';
const INVALID = 'InvalidVerificationCode';
const NEW = 'new@example.com';

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

describeSites('users/verify-email', (open) => {
  type UserOptions = Parameters<TestSite['user']>[0];

  /** A site with a user to whom a code was mailed: to a new address, unless told otherwise. */
  async function setUp(
    options: TestSiteOptions = {},
    { purpose = 'verify-email', ...given }: UserOptions & { purpose?: CodePurpose } = {
      unverifiedEmail: NEW,
    },
  ) {
    const app = await open(options);
    const user = await app.user(given);
    const code = await issueCode(
      app.site.services,
      app.site.services.database,
      user as { id: number },
      purpose,
    );
    const link = { code, id: user.uid };
    const path = `/verifyemail?${new URLSearchParams(link).toString()}`;
    const stored = () => app.site.services.database.users.find(user.id);
    const verify = (visitor = app.visitor()): Promise<Answer> => visitor.json(VERIFY, link);
    return { app, user, link, path, stored, verify };
  }
  const pending = { status: 'pending', verified: false, purpose: 'activate' } as const;

  test('GET shows a page with a button, and a prefetch uses up nothing', async () => {
    const { app, user, link, path, stored, verify } = await setUp();
    for (const headers of [{}, { 'sec-purpose': 'prefetch' }, { 'user-agent': 'Mail scanner' }]) {
      const page = await app.visitor().get(path, { headers });
      expect(page.status).toBe(200);
      expect(page.text).toContain(`value="${link.code}"`);
      expect(page.headers.get('cache-control')).toContain('no-store');
      expect((await app.visitor().send(path, { method: 'HEAD' })).status).toBe(200);
    }
    expect((await app.visitor().read(VERIFY, link)).json).toEqual(link);
    expect(await stored()).toMatchObject({ email: user.email, unverifiedEmail: NEW });
    expect((await verify()).status).toBe(200);
  });

  test('the button of the page confirms', async () => {
    const { app, path, stored } = await setUp({ verifyEmailSuccessPath: 'page/confirmed' });
    const visitor = app.visitor();
    const page = await visitor.get(path);
    const fields = Object.fromEntries(
      [...page.text.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    ) as Record<string, string>;
    const answer = await visitor.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'text/html' },
    });
    expect([answer.status, answer.location]).toEqual([303, '/page/confirmed']);
    expect(pageOf(await visitor.get('/page/confirmed')).flashes).toEqual({ notice: 'Email verified' });
    expect(await stored()).toMatchObject({ email: NEW });
  });

  test('a new address takes the place of the former one, which hears of it', async () => {
    const { app, user, stored, verify } = await setUp();
    const session = await app.login(user);
    const answer = await verify();
    expect(answer.json).toEqual({ status: 'active', message: 'Email verified', redirect: '/' });
    expect(await stored()).toMatchObject({ email: NEW, unverifiedEmail: null, username: user.username });
    expect((await app.post.to(user.email)).subject).toBe('Your email address was changed');
    expect(await isGuest(session)).toBe(false);
    expect((await verify()).json.message).toBe(INVALID);
  });

  test('takes the username along where useEmailAsUsername says so', async () => {
    const { stored, verify } = await setUp({ useEmailAsUsername: true });
    await verify();
    expect(await stored()).toMatchObject({ email: NEW, username: NEW });
  });

  test('says that the address was taken meanwhile, and changes nothing', async () => {
    const { app, user, link, stored, verify } = await setUp();
    await app.user({ email: NEW.toUpperCase() });
    const answer = await verify();
    expect(answer.status).toBe(409);
    expect(answer.json.message).toBe(`Email "${NEW}" has already been taken.`);
    expect(await stored()).toMatchObject({ email: user.email, unverifiedEmail: NEW });
    const page = await app.visitor().form('/verifyemail', VERIFY, link);
    expect(page.status).toBe(409);
    expect(page.text).toContain('has already been taken.');
  });

  test('a code is worth nothing once an administrator has set another address', async () => {
    const { app, user, verify } = await setUp();
    await app.site.services.database.users.update(user.id, { unverifiedEmail: null }, 0);
    expect((await verify()).json.message).toBe(INVALID);
  });

  test('two at once succeed once', async () => {
    const { app, link } = await setUp();
    const visitors = Array.from({ length: 6 }, () => app.visitor());
    const tokens = await Promise.all(visitors.map((visitor) => visitor.token()));
    const answers = await Promise.all(
      visitors.map((visitor, at) =>
        visitor.json(VERIFY, link, { csrf: false, headers: { 'x-csrf-token': tokens[at] ?? '' } }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400, 400]);
  });

  test('needs a CSRF token', async () => {
    const { app, link, stored, user } = await setUp();
    expect((await app.visitor().json(VERIFY, link, { csrf: false })).status).toBe(400);
    expect(await stored()).toMatchObject({ email: user.email });
  });

  describe('activation', () => {
    test('opens the account, with the password it was registered with', async () => {
      const { app, user, verify } = await setUp({ activateAccountSuccessPath: 'page/welcome' }, pending);
      const visitor = app.visitor();
      const answer = await verify(visitor);
      expect(answer.json).toMatchObject({ status: 'active', redirect: '/page/welcome' });
      expect(await isGuest(visitor)).toBe(true);
      expect((await visitor.json('users/login', { loginName: user.email, password: PASSWORD })).status).toBe(
        200,
      );
    });

    test('signs in where autoLoginAfterAccountActivation says so', async () => {
      const { app, verify } = await setUp({ autoLoginAfterAccountActivation: true }, pending);
      const visitor = app.visitor();
      const answer = await verify(visitor);
      expect(answer.json.csrfTokenValue).toEqual(expect.any(String));
      expect(await isGuest(visitor)).toBe(false);
    });

    test('signs nobody in to a suspended account', async () => {
      const { app, verify } = await setUp(
        { autoLoginAfterAccountActivation: true },
        { ...pending, suspended: true },
      );
      const visitor = app.visitor();
      expect((await verify(visitor)).json).toMatchObject({ status: 'suspended' });
      expect(await isGuest(visitor)).toBe(true);
    });

    test('does not override a missing approval (craftcms/cms#17982)', async () => {
      const { app, stored, verify } = await setUp(
        { autoLoginAfterAccountActivation: true, activateAccountSuccessPath: 'page/welcome' },
        { ...pending, approved: false },
      );
      const visitor = app.visitor();
      expect((await verify(visitor)).json).toMatchObject({ status: 'pending', redirect: '/' });
      expect(await stored()).toMatchObject({ status: 'pending', verified: true });
      expect(await isGuest(visitor)).toBe(true);
    });

    test('signs whoever else was signed in out', async () => {
      const { app, verify } = await setUp({}, pending);
      const visitor = await app.login(await app.user());
      await verify(visitor);
      expect(await isGuest(visitor)).toBe(true);
    });
  });

  test('a code that sets a password confirms nothing here', async () => {
    const { stored, verify, user } = await setUp({}, { purpose: 'reset-password', unverifiedEmail: NEW });
    expect((await verify()).json.message).toBe(INVALID);
    expect(await stored()).toMatchObject({ email: user.email });
  });

  test('a code that is no good leads people to a page that says so', async () => {
    const { app, link } = await setUp();
    const page = await app.visitor().get(`/verifyemail?code=x&id=${link.id}`);
    expect(page.status).toBe(400);
    expect(page.text).toContain('This link is no longer good');
    const posted = await app.visitor().form('/verifyemail', VERIFY, { ...link, code: 'x' });
    expect(posted.status).toBe(400);
    expect(posted.text).toContain('This link is no longer good');
  });
});
