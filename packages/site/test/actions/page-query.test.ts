import { expect, test } from 'vitest';
import { describeSites, pageOf, type TestSite, type Visitor } from '../support/site.ts';

const PATHS = {
  loginPath: 'page/login',
  logoutPath: 'page/logout',
  setPasswordPath: 'page/password',
  verifyEmailPath: 'page/verify',
} as const;

// A person who comes from elsewhere: a link of this site would sign out at once.
const fromElsewhere = { headers: { 'sec-fetch-site': 'none' } };

/** The link in the mail that was asked for. */
async function linkOf(app: TestSite, visitor: Visitor, action: string): Promise<string> {
  const waits = action === 'users/send-activation-email';
  const user = await app.user(waits ? { status: 'pending', verified: false } : {});
  await visitor.json(action, { loginName: user.email });
  const { pathname, search } = new URL((await app.post.to(user.email)).link);
  return pathname + search;
}

describeSites('the pages of the account actions see the query they were asked for with', (open) => {
  test('users/login', async () => {
    const app = await open(PATHS);
    const page = await app.visitor().get('/page/login?next=%2Fshop&tab=2');
    expect([page.status, pageOf(page).search]).toEqual([200, '?next=%2Fshop&tab=2']);
  });

  test('users/logout', async () => {
    const app = await open(PATHS);
    const visitor = await app.login(await app.user());
    const page = await visitor.get('/page/logout?next=%2Fshop', fromElsewhere);
    expect([page.status, pageOf(page).search]).toEqual([200, '?next=%2Fshop']);
  });

  test.each([
    ['users/set-password', 'users/send-password-reset-email', '/page/password?'],
    ['users/verify-email', 'users/send-activation-email', '/page/verify?'],
  ])('%s', async (_action, mailing, start) => {
    const app = await open(PATHS);
    const visitor = app.visitor();
    const link = `${await linkOf(app, visitor, mailing)}&theme=dark`;
    expect(link.startsWith(start)).toBe(true);
    const page = await visitor.get(link);
    expect([page.status, pageOf(page).search]).toEqual([200, link.slice(start.length - 1)]);
    const spoilt = link.replace('code=', 'code=x');
    const refused = await visitor.get(spoilt);
    expect([refused.status, pageOf(refused).search]).toEqual([400, spoilt.slice(start.length - 1)]);
  });
});
