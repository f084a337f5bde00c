/** See attacks-users.test.ts. */
import type { RequestMiddleware } from 'portico';
import { expect, test, vi } from 'vitest';
import { describeSites, PASSWORD, type Answer } from '../support/site.ts';
import {
  actionPaths,
  rawRequest,
  sessionOf,
  SIGNED,
  signedBy,
  SIGNING,
  stored,
  whoIs,
} from './attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

describeSites('attacks by requests', (open) => {
  test('CVE-2026-92592: a string made for one parameter or purpose is refused for every other, and nothing is done', async () => {
    const site = await open(SIGNING);
    const target = await site.user();
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    await site.visitor().json('users/send-password-reset-email', { loginName: target.email });
    const link = new URL((await admin.json('users/get-impersonation-url', { userId: target.id })).json.url);
    const strings: Record<string, string> = {
      ...(await signedBy(admin)),
      csrf: await admin.token(),
      session: decodeURIComponent(sessionOf(admin)),
      mail: (await site.post.to(target.email)).code,
      link: link.searchParams.get('token') ?? '',
      plain: '/page/done',
    };
    const headers = { 'x-csrf-token': await admin.token() };
    for (const param of SIGNED) {
      for (const [source, value] of Object.entries(strings)) {
        if (source === param) continue;
        const fields = { userId: target.id, [param]: value };
        const script = await admin.json('users/suspend-user', fields, { csrf: false, headers });
        const form = await admin.form('/page', 'users/suspend-user', fields);
        expect([param, source, script.status, form.status]).toEqual([param, source, 400, 400]);
      }
    }
    expect((await stored(site, target)).suspended).toBe(false);
    const { redirect, successMessage, userVariable } = await signedBy(admin, 'account');
    const right = { userId: target.id, redirect, successMessage, userVariable };
    const answer = await admin.json('users/suspend-user', right);
    expect(answer.json).toMatchObject({ redirect: '/account', message: 'account', modelName: 'account' });
  });

  test('CVE-2026-92592: nor is any of them a session, a CSRF token or a code', async () => {
    const site = await open(SIGNING);
    const target = await site.user();
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    for (const value of Object.values(await signedBy(admin))) {
      const thief = site.visitor();
      thief.cookies.set('portico', encodeURIComponent(value));
      expect(await whoIs(thief)).toBeUndefined();
      const headers = { 'x-csrf-token': value };
      const forged = await admin.json('users/suspend-user', { userId: target.id }, { csrf: false, headers });
      expect(forged.status).toBe(400);
      const fields = { code: value, id: target.uid, newPassword: 'another long password' };
      expect((await site.visitor().json('users/set-password', fields)).status).toBe(400);
      expect((await site.visitor().json('users/impersonate-with-token', { token: value })).status).toBe(400);
    }
    expect(await stored(site, target)).toMatchObject({
      suspended: false,
      credentialsVersion: expect.any(Number),
    });
  });

  test('CVE-2026-92593: a returnUrl signature replayed as redirect is refused', async () => {
    const site = await open(SIGNING);
    const user = await site.user();
    const visitor = site.visitor();
    const { returnUrl } = await signedBy(visitor, 'https://evil.example/');
    const fields = { loginName: user.email, password: PASSWORD, redirect: returnUrl };
    for (const answer of [
      await visitor.json('users/login', fields),
      await visitor.form('/login', 'users/login', fields),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.location).toBeNull();
    }
    expect(await whoIs(visitor)).toBeUndefined();
  });

  test('CVE-2026-92593: nothing signs what a client sent', async () => {
    const site = await open(SIGNING);
    const signature = /v1\.[\w-]{4,}\.[\w-]{20,}\./;
    for (const signed of Object.values(await signedBy(site.visitor()))) expect(signed).toMatch(signature);
    const marker = 'MARK-7f3a';
    const names = [
      ...SIGNED,
      'returnUrl',
      'entryVariable',
      'loginName',
      'code',
      'id',
      'token',
      'next',
      'url',
    ];
    const query = new URLSearchParams(names.map((name) => [name, `/${marker}`])).toString();
    const encoded = Buffer.from(marker).toString('base64url').slice(0, -2);
    const paths = ['/login', '/logout', '/setpassword', '/verifyemail', '/page', '/page/members'];
    const actions = actionPaths(site.site.actions).map((path) => `/actions/${path}`);
    for (const visitor of [site.visitor(), await site.login(await site.user())]) {
      for (const path of [...paths, ...actions]) {
        const headers = { referer: `${site.origin}/${marker}` };
        const answers = [
          await visitor.get(`${path}?${query}`, { headers }),
          await visitor.get(`${path}?${query}`, { headers: { ...headers, accept: 'application/json' } }),
        ];
        for (const { text, headers: sent } of answers) {
          const all = text + JSON.stringify([...sent]);
          expect(all, path).not.toMatch(signature);
          expect(all, path).not.toContain(encoded);
          expect(text, path).not.toMatch(
            /name="(?:redirect|successMessage|failMessage|returnUrl|\w+Variable)"/,
          );
        }
      }
    }
  });

  test('CVE-2026-55794: the Referer is a place to go back to, never a template', async () => {
    const site = await open();
    const admin = await site.login(await site.user({ admin: true }));
    const target = await site.user({ password: null });
    for (const template of [
      '{email}',
      '{7*7}',
      '{{7*7}}',
      "{id|map('system')}",
      '{user.email}',
      '%7Bemail%7D',
    ]) {
      const body = new URLSearchParams({
        userId: String(target.id),
        PORTICO_CSRF_TOKEN: await admin.token(),
      });
      const answer = await admin.send('/actions/users/unlock-user', {
        method: 'POST',
        body,
        headers: { accept: 'text/html', referer: `${site.origin}/page/${template}` },
      });
      expect(answer.status).toBe(303);
      const location = decodeURIComponent(answer.location ?? '');
      expect([location, '/']).toContain(location === '/' ? '/' : `/page/${decodeURIComponent(template)}`);
      expect(location).not.toMatch(/49|example\.com/);
    }
  });

  test('CVE-2026-55794: nor is the page a guest wanted to see', async () => {
    const site = await open();
    const user = await site.user();
    const visitor = site.visitor();
    await visitor.get('/page/members?a={email}&b={7*7}&c={{7*7}}');
    const answer = await visitor.json('users/login', { loginName: user.email, password: PASSWORD });
    const said = decodeURIComponent(JSON.stringify([answer.json.returnUrl, answer.json.redirect]));
    expect(said).not.toMatch(/49/);
    expect(said).not.toContain(user.email);
  });

  test('CVE-2018-20465 … CVE-2025-23209: a signed redirect looks up what it may, and calls nothing', async () => {
    const site = await open(SIGNING);
    const admin = await site.login(await site.user({ admin: true }));
    const target = await site.user();
    const templates = [
      '{constructor}',
      '{__proto__}',
      '{toString}',
      '{constructor.name}',
      '{fields.constructor}',
      '{user.constructor}',
      '{passwordHash}',
      '{user.passwordHash}',
      '{credentialsVersion}',
      '{photo.storageKey}',
      '{email.length}',
      '{7*7}',
      '{{7*7}}',
      "{id|map('system')}",
      '{id()}',
      '{groups}',
      '{fields}',
    ];
    for (const template of templates) {
      const { redirect } = await signedBy(admin, `/page/[${template}]/{id}`);
      const answer = await admin.form('/page', 'users/unlock-user', { userId: target.id, redirect });
      const location = decodeURIComponent(answer.location ?? '');
      expect(location, template).toMatch(new RegExp(`^/page/\\[\\}?\\]/${target.id}$`));
    }
  });

  test('CVE-2022-29933: links name the configured site, whatever Host and X-Forwarded-Host say', async () => {
    const site = await open();
    const user = await site.user();
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const evil = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
      'x-original-host': 'evil.example',
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': 'Test browser',
    };
    const guest = JSON.stringify({ loginName: user.email });
    await rawRequest(site.origin, 'POST', '/actions/users/send-password-reset-email', evil, guest);
    await site
      .visitor()
      .json(
        'users/send-password-reset-email',
        { loginName: user.email },
        { headers: { 'x-forwarded-host': 'evil.example' } },
      );
    const mail = await site.post.to(user.email);
    expect(new URL(mail.link).origin).toBe(site.origin);
    expect(JSON.stringify(site.post.mails)).not.toContain('evil.example');

    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const signedIn = {
      ...evil,
      cookie,
      'x-csrf-token': await admin.token(),
      'sec-fetch-site': 'same-origin',
    };
    for (const action of ['users/get-password-reset-url', 'users/get-impersonation-url']) {
      const answer = await rawRequest(
        site.origin,
        'POST',
        `/actions/${action}`,
        signedIn,
        JSON.stringify({ userId: user.id }),
      );
      expect(answer.text).not.toContain('evil.example');
      if (answer.status === 200) expect(answer.text).toContain(site.origin);
    }
  });

  test('CVE-2025-35939: a guest puts no text of his own into a session', async () => {
    const site = await open();
    const user = await site.user();
    const paths = [
      '/page/members?<?php system($_GET[1]) ?>',
      '/page/members?x=<script>alert(1)</script>',
      `/page/members?x=${'a'.repeat(5000)}`,
      '/page/members?x=%0d%0aSet-Cookie:%20evil=1',
      '//evil.example/page/members',
      '/\\evil.example/page/members',
      '/page/members//evil.example',
    ];
    for (const path of paths) {
      const guest = site.visitor();
      const headers = { accept: 'text/html', 'user-agent': 'Test browser' };
      const page = await rawRequest(site.origin, 'GET', path.replaceAll(' ', '%20'), headers);
      expect(new URL(page.location ?? '/', site.origin).origin, path).toBe(site.origin);
      for (const cookie of page.cookies) guest.cookies.set('portico', /=([^;]*)/.exec(cookie)?.[1] ?? '');
      const { json } = await guest.json('users/login', { loginName: user.email, password: PASSWORD });
      const back = String(json.redirect ?? json.returnUrl);
      expect(new URL(back, site.origin).origin, path).toBe(site.origin);
      expect(back, path).not.toMatch(/[<>\r\n\\]|^\/\//);
      expect(back.length, path).toBeLessThan(2100);
    }
    const reader = site.visitor();
    for (const query of ['?returnUrl=/evil', '?redirect=/evil', '?next=//evil.example']) {
      await reader.get(`/page${query}`);
      await reader.get(`/page/members${query}`, { headers: { accept: 'application/json' } });
      await reader.get(`/page/members${query}`, { headers: { 'sec-purpose': 'prefetch' } });
      await reader.get(`/page/members${query}`, { headers: { 'sec-fetch-dest': 'image' } });
    }
    expect(sessionOf(reader)).toBe('');
  });

  test('open redirect: only a path of this site, or what the site itself signed', async () => {
    const site = await open(SIGNING);
    const user = await site.user();
    const evil = [
      '//evil.example',
      '/\\evil.example',
      'https:evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/%0d%0aX: 1',
      ' //evil.example',
    ];
    for (const url of evil) {
      const visitor = site.visitor();
      const fields = { loginName: user.email, password: PASSWORD };
      const unsigned = await visitor.form('/login', 'users/login', { ...fields, redirect: url });
      expect([unsigned.status, unsigned.location], url).toEqual([400, null]);
      for (const name of ['returnUrl', 'next', 'return_to']) {
        const query = new URLSearchParams({ [name]: url }).toString();
        const answer = await visitor.form(`/login?${query}`, 'users/login', { ...fields, [name]: url });
        const to = new URL(answer.location ?? '/', site.origin);
        expect(to.origin, `${name} ${url}`).toBe(site.origin);
        await visitor.json('users/logout');
      }
      const body = new URLSearchParams({ ...fields, PORTICO_CSRF_TOKEN: await visitor.token() });
      if (/[\t ]/.test(url)) continue;
      const referred = await visitor.send('/actions/users/login', {
        method: 'POST',
        body,
        headers: { accept: 'text/html', referer: url },
      });
      expect(new URL(referred.location ?? '/', site.origin).origin, `Referer ${url}`).toBe(site.origin);
    }
  });

  test('open redirect: nor is a path that begins like a host the page to go to after the login', async () => {
    const closed: RequestMiddleware = (ctx, next) => {
      if (!ctx.url.pathname.endsWith('/members')) return next();
      try {
        ctx.requireLogin();
        return next();
      } catch {
        return new Response('For members.', { status: 401 });
      }
    };
    const site = await open({ portico: { use: [closed] } });
    const user = await site.user();
    const goneTo = async (path: string): Promise<string> => {
      const visitor = site.visitor();
      await visitor.get(site.origin + path);
      const fields = { loginName: user.email, password: PASSWORD };
      return (await visitor.form('/login', 'users/login', fields)).location ?? '';
    };
    expect(await goneTo('/club/members')).toBe('/club/members');
    for (const path of ['//evil.example/members', '/\\evil.example/members', '///evil.example/members'])
      expect(new URL(await goneTo(path), site.origin).origin, path).toBe(site.origin);
  });

  test('session fixation: a session known before is worth nothing after a login, logout, new password, elevation or impersonation', async () => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const visitor = site.visitor();
    await visitor.token();
    const steps: Array<[name: string, step: () => Promise<Answer>]> = [
      ['login', () => visitor.json('users/login', { loginName: admin.email, password: PASSWORD })],
      ['elevation', () => visitor.json('users/verify-password', { password: PASSWORD })],
      [
        'new password',
        () =>
          visitor.json('users/save-user', {
            userId: admin.id,
            newPassword: 'another long password',
            currentPassword: PASSWORD,
          }),
      ],
      ['impersonation', () => visitor.json('users/impersonate', { userId: target.id })],
      ['its end', () => visitor.json('users/stop-impersonating')],
      ['logout', () => visitor.json('users/logout')],
    ];
    for (const [name, step] of steps) {
      const before = sessionOf(visitor);
      const token = await visitor.token();
      expect((await step()).status, name).toBe(200);
      expect(sessionOf(visitor), name).not.toBe(before);
      const thief = site.visitor();
      thief.cookies.set('portico', before);
      expect(await whoIs(thief), name).toBeUndefined();
      const headers = { 'x-csrf-token': token };
      const forged = await visitor.json('users/logout', {}, { csrf: false, headers });
      expect([name, forged.status]).toEqual([name, name === 'logout' ? forged.status : 400]);
    }
  });

  test('logout CSRF: another site’s link, image, frame or form logs nobody out', async () => {
    const site = await open();
    const user = await site.user();
    const visitor = await site.login(user);
    const foreign = [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' },
      { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'image' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' },
    ];
    for (const headers of foreign) {
      for (const path of ['/logout', '/actions/users/logout', '/page?action=users/logout']) {
        await visitor.get(path, { headers });
        expect(await whoIs(visitor), `${path} ${JSON.stringify(headers)}`).toBe(user.id);
      }
    }
    const posted = await visitor.form(
      '/page',
      'users/logout',
      {},
      {
        csrf: false,
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      },
    );
    expect(posted.status).toBe(400);
    expect(await whoIs(visitor)).toBe(user.id);
  });

  test('CSRF: no action that changes something runs for another site, or without a token', async () => {
    const site = await open();
    const user = await site.user({ admin: true });
    const visitor = await site.login(user, { elevated: true });
    const target = await site.user({ password: null });
    const before = await stored(site, target);
    const token = await visitor.token();
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    for (const path of actionPaths(site.site.actions)) {
      if (path === 'app/health-check' || path === 'users/login') continue;
      const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded'];
      for (const type of types) {
        const body =
          type === 'application/x-www-form-urlencoded'
            ? `userId=${target.id}`
            : JSON.stringify({ userId: target.id });
        for (const headers of [foreign, {}, { 'x-http-method-override': 'GET' }]) {
          const init = {
            method: 'POST',
            body,
            headers: { accept: 'application/json', 'content-type': type, ...headers },
          };
          const answers = [
            await visitor.send(`/actions/${path}`, init),
            await visitor.send(
              `/actions/${path}?PORTICO_CSRF_TOKEN=${encodeURIComponent(token)}&_method=GET`,
              init,
            ),
          ];
          for (const answer of answers)
            expect(answer.status, `${path} ${type} ${JSON.stringify(headers)}`).toBeGreaterThanOrEqual(400);
        }
      }
    }
    expect(await stored(site, target)).toEqual(before);
    expect(await whoIs(visitor)).toBe(user.id);
  }, 60_000);
});
