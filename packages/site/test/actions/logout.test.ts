import { describe, expect, test, vi } from 'vitest';
import { ActionError } from 'portico';
import { describeSites, PASSWORD, type Visitor } from '../support/site.ts';

const LOGOUT = 'users/logout';

async function isGuest(visitor: Visitor): Promise<boolean> {
  return (await visitor.read('users/session-info')).json.isGuest as boolean;
}

/** What a browser sends when a person clicks a link of the site. */
const CLICK = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describeSites('users/logout', (open) => {
  describe('POST', () => {
    test('as JSON answers with a token for the guest, ends the session and its row', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      const cookie = visitor.cookies.get('portico');
      const answer = await visitor.json(LOGOUT);
      expect([answer.status, answer.json]).toEqual([
        200,
        { redirect: '/', csrfTokenValue: expect.any(String) },
      ]);
      expect(await app.site.services.database.sessions.listOf(user.id, Date.now())).toEqual([]);
      const thief = app.visitor();
      thief.cookies.set('portico', cookie ?? '');
      expect(await isGuest(thief)).toBe(true);
    });

    test('the token it answers with is good for what the guest does next', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      const { csrfTokenValue } = (await visitor.json(LOGOUT)).json as { csrfTokenValue: string };
      const headers = { 'x-csrf-token': csrfTokenValue };
      const fields = { loginName: user.email, password: PASSWORD };
      expect((await visitor.json('users/login', fields, { csrf: false, headers })).status).toBe(200);
    });

    test('as a form leads to postLogoutRedirect, never back to the page it came from', async () => {
      const app = await open({ postLogoutRedirect: 'page/goodbye' });
      const visitor = await app.login(await app.user());
      const headers = { referer: `${app.origin}/page/account` };
      const answer = await visitor.form('/page/account', LOGOUT, {}, { headers });
      expect([answer.status, answer.location]).toEqual([303, '/page/goodbye']);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('as a guest changes nothing', async () => {
      const app = await open();
      const visitor = app.visitor();
      await visitor.token();
      const cookie = visitor.cookies.get('portico');
      expect((await visitor.json(LOGOUT)).status).toBe(200);
      expect(visitor.cookies.get('portico')).toBe(cookie);
    });

    test('by a page from before a sign-out in another tab is no mistake', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const stale = { csrf: false, headers: { 'x-csrf-token': await visitor.token() } };
      await visitor.json(LOGOUT);
      expect((await visitor.json(LOGOUT, {}, stale)).status).toBe(200);
    });

    test('forgets the page the visitor wanted, and is none itself', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = app.visitor();
      await visitor.get('/page/members');
      await visitor.json(LOGOUT);
      await visitor.get('/logout');
      const answer = await visitor.json('users/login', { loginName: user.email, password: PASSWORD });
      expect(answer.json.returnUrl).not.toContain('logout');
    });

    test('the other sessions of the user go on', async () => {
      const app = await open();
      const user = await app.user();
      const [one, two] = [await app.login(user), await app.login(user)];
      await one.json(LOGOUT);
      expect([await isGuest(one), await isGuest(two)]).toEqual([true, false]);
    });

    test('session fixation: the guest afterwards has another id', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const before = visitor.cookies.get('portico');
      await visitor.json(LOGOUT);
      expect(visitor.cookies.get('portico')).not.toBe(before);
    });

    test('the username stays for the login form', async () => {
      const app = await open();
      const user = await app.user();
      const visitor = await app.login(user);
      await visitor.json(LOGOUT);
      expect(visitor.cookies.get('portico_username')).toBe(user.username);
    });

    test('logout CSRF: without a token, and from another site, it logs nobody out', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      expect((await visitor.form('/page', LOGOUT, {}, { csrf: false })).status).toBe(400);
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
      expect((await visitor.form('/page', LOGOUT, {}, { csrf: false, headers })).status).toBe(400);
      expect(await isGuest(visitor)).toBe(false);
    });

    test('an outage answers 503 and leaves the session as it is', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const token = await visitor.token();
      const outage = new ActionError({ code: 'SERVICE_UNAVAILABLE', message: 'Out of reach.' });
      const spy = vi.spyOn(app.site.services.database.users, 'find').mockRejectedValue(outage);
      const headers = { 'x-csrf-token': token };
      expect((await visitor.json(LOGOUT, {}, { csrf: false, headers })).status).toBe(503);
      spy.mockRestore();
      expect(await isGuest(visitor)).toBe(false);
    });
  });

  describe('GET', () => {
    test.each(['/logout', '/actions/users/logout'])(
      'a click on a link of the site to %s logs out',
      async (path) => {
        const app = await open({ postLogoutRedirect: 'page/goodbye' });
        const visitor = await app.login(await app.user());
        const answer = await visitor.get(path, { headers: CLICK });
        expect([answer.status, answer.location]).toEqual([303, '/page/goodbye']);
        expect(await isGuest(visitor)).toBe(true);
      },
    );

    const others: ReadonlyArray<[string, Record<string, string>]> = [
      ['a link of another site', { ...CLICK, 'sec-fetch-site': 'cross-site' }],
      ['a link of a subdomain', { ...CLICK, 'sec-fetch-site': 'same-site' }],
      ['an address that was typed or opened from a mail', { ...CLICK, 'sec-fetch-site': 'none' }],
      ['an image of this very site', { ...CLICK, 'sec-fetch-dest': 'image' }],
      ['a frame of this very site', { ...CLICK, 'sec-fetch-dest': 'iframe' }],
      ['a script', { ...CLICK, 'sec-fetch-dest': 'empty' }],
      ['a prefetch', { ...CLICK, 'sec-purpose': 'prefetch' }],
      ['a prerendering', { ...CLICK, 'sec-purpose': 'prefetch;prerender' }],
      ['a prefetch of an older browser', { ...CLICK, purpose: 'prefetch' }],
      ['a prefetch of an older Firefox', { ...CLICK, 'x-moz': 'prefetch' }],
      ['a browser that says nothing', { 'sec-fetch-site': '', 'sec-fetch-dest': '' }],
    ];
    test.each(others)('logout CSRF: %s gets a page with a button', async (_what, headers) => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const answer = await visitor.get('/actions/users/logout', { headers });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('value="users/logout"');
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(await isGuest(visitor)).toBe(false);
    });

    test('the button of that page logs out', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      const page = await visitor.get('/logout');
      const token = /name="PORTICO_CSRF_TOKEN"[^>]*value="([^"]+)"/.exec(page.text)?.[1] ?? '';
      const body = new URLSearchParams({ action: 'users/logout', PORTICO_CSRF_TOKEN: token });
      const answer = await visitor.send('/logout', {
        method: 'POST',
        body,
        headers: { accept: 'text/html' },
      });
      expect([answer.status, answer.location]).toEqual([303, '/']);
      expect(await isGuest(visitor)).toBe(true);
    });

    test('HEAD logs nobody out', async () => {
      const app = await open();
      const visitor = await app.login(await app.user());
      await visitor.send('/actions/users/logout', {
        method: 'HEAD',
        headers: { accept: 'text/html', ...CLICK },
      });
      expect(await isGuest(visitor)).toBe(false);
    });

    test('as JSON, or without a page to show, it is told to post', async () => {
      const app = await open({ logoutPath: false });
      const visitor = await app.login(await app.user());
      const json = await visitor.read(LOGOUT);
      expect([json.status, json.json.message, json.headers.get('allow')]).toEqual([
        400,
        'Post request required',
        'POST',
      ]);
      const headers = { 'sec-fetch-site': 'cross-site' };
      expect((await visitor.get('/actions/users/logout', { headers })).status).toBe(400);
      expect(await isGuest(visitor)).toBe(false);
    });

    test('a guest goes on', async () => {
      const app = await open({ postLogoutRedirect: 'page/goodbye' });
      const answer = await app.visitor().get('/logout');
      expect([answer.status, answer.location]).toEqual([303, '/page/goodbye']);
    });
  });
});
