import { expect, test } from 'vitest';
import { changeAdmin } from '../../src/cli/change-admin.ts';
import { createAccount } from '../../src/cli/create-account.ts';
import { issueLink } from '../../src/cli/issue-link.ts';
import { describeSites, type TestSite, type TestSiteOptions, type Visitor } from '../support/site.ts';

const PASSWORD = 'four quite different words';

describeSites('accounts made on the command line', (open) => {
  /** Somebody who has followed the link that was printed and set a password. */
  async function opened(
    options: TestSiteOptions,
    link: (app: TestSite) => Promise<string | undefined>,
  ): Promise<{ app: TestSite; visitor: Visitor; location: string | null }> {
    const app = await open({ activateAccountSuccessPath: 'page/welcome', ...options });
    app.transcript.secret(PASSWORD);
    const { pathname, search } = new URL((await link(app)) ?? '');
    app.transcript.code(new URLSearchParams(search).get('code') ?? '');
    const visitor = app.visitor();
    expect((await visitor.get(pathname + search)).text).toContain('Choose a password');
    const set = await visitor.form(pathname + search, 'users/set-password', { newPassword: PASSWORD });
    expect(set.status).toBe(303);
    return { app, visitor, location: set.location };
  }

  const account = { email: 'ann@example.com', username: 'ann', admin: true, password: undefined };

  test.each([true, false])(
    'are opened by their link, which signs in where autoLoginAfterAccountActivation is %s',
    async (autoLoginAfterAccountActivation) => {
      const { app, visitor, location } = await opened(
        { autoLoginAfterAccountActivation },
        async ({ site: { services } }) => (await createAccount(services, account)).link,
      );
      expect(location).toBe('/page/welcome');
      const { json } = await visitor.read('users/session-info');
      expect(json.isGuest).toBe(!autoLoginAfterAccountActivation);
      const user = await app.site.queries.users.findByLoginName('ann');
      expect(user).toMatchObject({ status: 'active', verified: true, approved: true, admin: true });
      const login = await app.visitor().json('users/login', { loginName: 'ann', password: PASSWORD });
      expect(login.status).toBe(200);
    },
  );

  test('are opened by a link that was asked for later, too', async () => {
    const { location } = await opened({}, async ({ site: { services } }) => {
      await createAccount(services, account);
      return (await issueLink(services, 'ann@example.com')).link;
    });
    expect(location).toBe('/page/welcome');
  });

  test('cannot be signed in to before', async () => {
    const app = await open();
    await createAccount(app.site.services, account);
    const login = await app.visitor().json('users/login', { loginName: 'ann', password: PASSWORD });
    expect(login.status).toBe(400);
  });

  test('of two administrators who are demoted at once, one stays', async () => {
    const app = await open();
    const { services } = app.site;
    const admins = [await app.user({ admin: true }), await app.user({ admin: true })];
    const ends = await Promise.allSettled(admins.map(({ email }) => changeAdmin(services, email, false)));
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const left = (await app.site.queries.users.list()).users.filter(({ admin }) => admin);
    expect(left).toHaveLength(1);
  });
});
