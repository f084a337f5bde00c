import { expect, test } from 'vitest';
import { jpeg } from './files/pictures.ts';
import { describeSites, pageOf, PASSWORD, type TestSite, type TestSiteOptions } from './support/site.ts';

const NEW_PASSWORD = 'four quite different words';

describeSites('a site below a path of its host', (open) => {
  const openShop = (options: TestSiteOptions = {}): Promise<TestSite> =>
    open({ base: '/shop/', portico: { base: '/shop' }, postLoginRedirect: 'account', ...options });

  test('signs in on its own page, and leads on below the path', async () => {
    const app = await openShop();
    const user = await app.user();
    const visitor = app.visitor();
    expect((await visitor.get('/login')).status).toBe(404);
    expect((await visitor.get('/shop/login?next=1')).text).toContain('name="loginName"');
    const credentials = { loginName: user.email, password: PASSWORD };
    const login = await visitor.form('/shop/login', 'users/login', credentials);
    expect([login.status, login.location]).toEqual([303, '/shop/account']);
    const again = await visitor.json('users/login', credentials);
    expect(again.json.returnUrl).toBe('/shop/account');
    const logout = await visitor.get('/shop/logout', { headers: { 'sec-fetch-site': 'none' } });
    expect(logout.text).toContain('Sign out');
  });

  test('sends guests to its login page, and back to where they were', async () => {
    const app = await openShop();
    const { email: loginName } = await app.user();
    const visitor = app.visitor();
    expect((await visitor.get('/page/members')).location).toBe('/shop/login');
    const login = await visitor.form('/shop/login', 'users/login', { loginName, password: PASSWORD });
    expect(login.location).toBe('/page/members');
  });

  test('mails links below the path, which lead on below it', async () => {
    const app = await openShop({ setPasswordRequestPath: 'forgot', invalidUserTokenPath: 'sorry' });
    app.transcript.secret(NEW_PASSWORD);
    const { email } = await app.user();
    const visitor = app.visitor();
    await visitor.json('users/send-password-reset-email', { loginName: email });
    const { link } = await app.post.to(email);
    expect(link.startsWith(`${app.origin}/shop/setpassword?`)).toBe(true);
    const path = link.slice(app.origin.length);
    expect((await visitor.get(path)).text).toContain('name="newPassword"');
    const set = await visitor.form(path, 'users/set-password', { newPassword: NEW_PASSWORD });
    expect([set.status, set.location]).toEqual([303, '/shop/']);
    expect((await visitor.get(path)).location).toBe('/shop/sorry');
    expect((await visitor.get('/shop/.well-known/change-password')).location).toBe('/shop/forgot');
  });

  test('serves photos below the path', async () => {
    const app = await openShop();
    const user = await app.user();
    const visitor = await app.login(user);
    const photo = new File([await jpeg()], 'me.jpg', { type: 'image/jpeg' });
    const { json } = await visitor.upload('users/upload-user-photo', { userId: user.id, photo });
    expect(json.photoUrl).toMatch(/^\/shop\/_portico\/photos\//);
    expect((await visitor.get(json.photoUrl)).headers.get('content-type')).toBe('image/webp');
    expect(pageOf(await visitor.get('/page')).user).toMatchObject({ photoUrl: json.photoUrl });
  });
});
