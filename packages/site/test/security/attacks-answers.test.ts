/** See attacks-users.test.ts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { jpeg } from '../files/pictures.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, PASSWORD, type Answer } from '../support/site.ts';
import { actionPaths, GROUPS, keysIn, stored, whoIs } from './attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

const OPEN = { users: { allowPublicRegistration: true }, limits: { loginAccount: false as const } };

describeSites('attacks on files, texts and secrets', (open) => {
  test('CVE-2025-32432, CVE-2023-41892: keys that make objects elsewhere reach nothing, in every action', async () => {
    const site = await open(OPEN);
    const user = await site.user();
    const before = await stored(site, user);
    const evil = '{"admin":true,"class":"Evil","as evil":{"class":"Evil"},"on bar":"system"}';
    const nested = `{"__proto__":${evil},"constructor":{"prototype":${evil}},"class":"Evil","as foo":${evil},"on bar":"system"}`;
    const json = `{"__proto__":${evil},"constructor":{"prototype":${evil}},"prototype":${evil},"class":"Evil","as foo":${evil},"on bar":"system","fields":${nested},"photo":${nested},"userId":${nested},"groups":${nested},"email":${nested}}`;
    const form = new URLSearchParams([
      ['class', 'Evil'],
      ['as foo[class]', 'Evil'],
      ['on bar', 'system'],
      ['fields[as foo][class]', 'Evil'],
      ['fields[on bar]', 'system'],
      ['fields[toString]', 'x'],
      ['fields[valueOf][class]', 'Evil'],
      ['photo[class]', 'Evil'],
    ]).toString();
    const forms = [form, `${form}&__proto__[admin]=1`, `${form}&fields[constructor][prototype][admin]=1`];
    let visitor = await site.login(user, { elevated: true });
    for (const path of actionPaths(site.site.actions)) {
      // Slow on purpose, and the same reading of parameters as at the login.
      if (path === 'users/send-password-reset-email' || path === 'users/send-activation-email') continue;
      if ((await whoIs(visitor)) !== user.id) visitor = await site.login(user, { elevated: true });
      const token = await visitor.token();
      const headers = { accept: 'application/json', 'x-csrf-token': token };
      const bodies: Array<[type: string, body: string]> = [
        ['application/json', json],
        ...forms.map((body): [string, string] => ['application/x-www-form-urlencoded', body]),
      ];
      for (const [type, body] of bodies) {
        const init = { method: 'POST', body, headers: { ...headers, 'content-type': type } };
        expect((await visitor.send(`/actions/${path}`, init)).status, `${path} ${body}`).toBeLessThan(500);
      }
      for (const body of forms)
        expect((await visitor.send(`/actions/${path}?${body}`, { headers })).status, path).toBeLessThan(500);
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(site.logs.filter((line) => line.startsWith('error'))).toEqual([]);
    const { admin, groups, permissions, email, fields } = before;
    expect(await stored(site, user)).toMatchObject({ admin, groups, permissions, email, fields });
  }, 60_000);

  test('CVE-2025-68436: a photo is what one uploads, and no one else’s file', async () => {
    const site = await open();
    const photo = {
      id: 'a'.repeat(32),
      storageKey: 'photos/aa/hers.webp',
      mediaType: 'image/webp',
      width: 1,
      height: 1,
      bytes: 1,
    };
    const ada = await site.user({ photo });
    const eve = await site.user();
    const visitor = await site.login(eve, { elevated: true });
    const attempts: Array<Record<string, unknown>> = [
      { photoId: photo.id },
      { photo: photo.id },
      { photo: photo.storageKey },
      { photo: { ...photo } },
      { photo: { data: photo.storageKey, filename: 'x.webp' } },
      { photo: { data: `file:///${photo.storageKey}`, filename: 'x.webp' } },
      { photoUrl: `/_portico/photos/${photo.id}.webp` },
    ];
    for (const attempt of attempts) {
      for (const action of ['users/save-user', 'users/upload-user-photo']) {
        const fields = { userId: eve.id, ...attempt };
        const answers = [await visitor.json(action, fields), await visitor.form('/page', action, fields)];
        for (const answer of answers) expect(answer.status).toBeLessThan(500);
      }
      expect((await stored(site, eve)).photo, JSON.stringify(attempt)).toBeNull();
    }
    expect((await stored(site, ada)).photo).toEqual(photo);
    expect(await site.site.services.database.discardedFiles.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('CVE-2022-37783: no answer holds a secret or anything made of one', async () => {
    const site = await open();
    const user = await site.user({ admin: true });
    const visitor = await site.login(user, { elevated: true });
    await site.visitor().json('users/send-password-reset-email', { loginName: user.email });
    const { passwordHash } = await stored(site, user);
    const { key } = (await site.site.services.database.sessions.listOf(user.id, Date.now()))[0] ?? {};
    const answers = [
      await visitor.read('users/get-users'),
      await visitor.read('users/session-info'),
      await visitor.read('users/get-sessions'),
      await visitor.json('users/save-user', { userId: user.id, fullName: 'Ada', newPassword: 'short' }),
      await visitor.json('users/save-user', { userId: user.id, fullName: 'Ada' }),
      await visitor.json('users/unlock-user', { userId: (await site.user({ lockedAt: 1 })).id }),
      await site.visitor().json('users/login', { loginName: user.email, password: PASSWORD }),
      await site.visitor().json('users/login', { loginName: user.email, password: `${PASSWORD}!` }),
      await visitor.get('/page'),
    ];
    const harmless = [
      'hasPassword',
      'passwordResetRequired',
      'lastPasswordChangeDate',
      'newPassword',
      'password',
    ];
    const { code } = await site.post.to(user.email);
    for (const { text } of answers) {
      for (const secret of [passwordHash, key, code, PASSWORD]) expect(text).not.toContain(secret);
      if (!text.startsWith('{')) continue;
      const suspicious = keysIn(JSON.parse(text)).filter((name) =>
        /hash|password|secret|stamp|credential|storageKey|verification/i.test(name),
      );
      expect(suspicious.filter((name) => !harmless.includes(name))).toEqual([]);
    }
  });

  test('CVE-2026-92591: while the database is gone everything is 503, and nobody becomes anonymous', async () => {
    const site = await open(OPEN);
    const user = await site.user();
    const visitor = await site.login(user, { elevated: true });
    const token = await visitor.token();
    const cookies = new Map(visitor.cookies);
    const guest = site.visitor();
    const guestToken = await guest.token();
    await site.site.close();
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'x-csrf-token': token };
    for (const path of actionPaths(site.site.actions)) {
      if (path === 'addresses/format' || path === 'users/user-photo') continue;
      const posted = await visitor.send(`/actions/${path}`, {
        method: 'POST',
        body: '{"userId":1}',
        headers,
      });
      expect(posted.status, path).toBe(503);
      expect(posted.text, path).not.toMatch(/sqlite|postgres|ECONN|SELECT/i);
    }
    expect((await visitor.get('/page')).status).toBe(503);
    expect((await guest.send('/actions/app/health-check')).status).toBe(503);
    const registers = {
      method: 'POST',
      body: JSON.stringify({ email: 'a@example.com', password: PASSWORD }),
    };
    const posted = await guest.send('/actions/users/save-user', {
      ...registers,
      headers: { ...headers, 'x-csrf-token': guestToken },
    });
    expect(posted.status).toBe(503);
    expect(visitor.cookies).toEqual(cookies);
  });

  test('CVE-2026-92594: others see a user’s public face only', async () => {
    const site = await open();
    const target = await site.user({ password: null, username: 'ada', fields: {}, lastLoginIp: '192.0.2.9' });
    const editor = await site.login(await site.user({ permissions: ROLES.editor }));
    const answer = await editor.upload('users/upload-user-photo', {
      userId: target.id,
      photo: new File([await jpeg()], 'a.jpg', { type: 'image/jpeg' }),
    });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json.user).sort()).toEqual(
      ['firstName', 'friendlyName', 'fullName', 'id', 'lastName', 'photoUrl', 'uid', 'username'].sort(),
    );
    expect(answer.text).not.toContain(target.email);
    expect(answer.text).not.toContain('192.0.2.9');
  });

  test('CVE-2026-55791, CVE-2025-68437: the server fetches nothing a client names', async () => {
    const site = await open(OPEN);
    let hits = 0;
    const inner = createServer((_request, response) => {
      hits += 1;
      response.end();
    });
    await new Promise<void>((listening) => inner.listen(0, '127.0.0.1', listening));
    const { port } = inner.address() as AddressInfo;
    const user = await site.user();
    const visitor = await site.login(user);
    const forms = [
      `http://127.0.0.1:${port}/a.jpg`,
      `http://2130706433:${port}/a.jpg`,
      `http://[::ffff:127.0.0.1]:${port}/a.jpg`,
    ];
    for (const url of forms) {
      for (const photo of [
        url,
        { url },
        { data: url, filename: 'a.jpg' },
        { data: `data:image/svg+xml,<image href="${url}"/>`, filename: 'a.svg' },
      ]) {
        await visitor.json('users/save-user', { userId: user.id, photo, photoUrl: url });
        await visitor.json('users/upload-user-photo', { userId: user.id, photo });
      }
      const svg = new File(
        [`<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`],
        'a.svg',
        { type: 'image/svg+xml' },
      );
      expect((await visitor.upload('users/upload-user-photo', { userId: user.id, photo: svg })).status).toBe(
        400,
      );
    }
    await new Promise((closed) => inner.close(closed));
    expect(hits).toBe(0);
    expect((await stored(site, user)).photo).toBeNull();
  });

  test('CVE-2026-25495: texts and ids are no SQL', async () => {
    const site = await open({ users: GROUPS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user();
    const evil = [
      "' OR '1'='1",
      "'; DROP TABLE users; --",
      '1 OR 1=1',
      '") OR 1=1 --',
      '_',
      '\\',
      "1' UNION SELECT password_hash FROM users --",
    ];
    for (const text of evil) {
      const list = await admin.read('users/get-users', {
        search: text,
        group: text,
        orderBy: text,
        sort: text,
      });
      expect(list.json.users, text).toEqual([]);
      for (const name of ['limit', 'offset'] as const)
        expect((await admin.read('users/get-users', { [name]: text })).status, text).toBe(400);
      expect((await admin.json('users/suspend-user', { userId: text })).status, text).toBe(400);
      const login = await site.visitor().json('users/login', { loginName: text, password: text });
      expect([login.status, login.json.errorCode], text).toEqual([400, 'invalid_credentials']);
      expect(
        (await site.visitor().json('users/set-password', { code: text, id: text, newPassword: PASSWORD }))
          .status,
      ).toBe(400);
      expect((await admin.json('users/save-permissions', { userId: target.id, groups: [text] })).status).toBe(
        400,
      );
    }
    expect(site.logs.filter((line) => line.startsWith('error'))).toEqual([]);
    await site.login(target);
  });

  test('CVE-2026-92590, CVE-2023-33196: what a visitor wrote is text on every page and in every message', async () => {
    const site = await open({ users: { ...GROUPS, allowPublicRegistration: true } });
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const visitor = site.visitor();
    const query = new URLSearchParams({
      loginName: evil,
      code: evil,
      id: evil,
      token: evil,
      message: evil,
      error: evil,
    });
    const pages = [
      '/login',
      '/setpassword',
      '/verifyemail',
      '/logout',
      '/actions/users/impersonate-with-token',
    ];
    const answers: Answer[] = [];
    for (const page of pages) answers.push(await visitor.get(`${page}?${query.toString()}`));
    answers.push(
      await visitor.form('/login', 'users/login', { loginName: evil, password: evil, rememberMe: evil }),
    );
    answers.push(
      await visitor.form('/setpassword', 'users/set-password', { code: evil, id: evil, newPassword: evil }),
    );
    answers.push(await visitor.form('/verifyemail', 'users/verify-email', { code: evil, id: evil }));
    answers.push(await visitor.form('/login', 'users/none', { loginName: evil }));
    answers.push(await visitor.form('/login', evil, { loginName: evil }));
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({ password: null, username: evil, fullName: evil, firstName: evil });
    const groups = { userId: target.id, groups: [evil] };
    answers.push(await admin.form('/page', 'users/save-permissions', groups));
    answers.push(await admin.form('/page/x', 'users/get-password-reset-url', { userId: target.id }));
    for (const { text, headers } of answers) {
      expect(text).not.toMatch(/<script>alert|<img src=x/i);
      expect(headers.get('content-type') ?? 'text/html').toMatch(/^text\/html|application\/json/);
    }
    const photo = await admin.upload('users/upload-user-photo', {
      userId: target.id,
      photo: new File([await jpeg()], `${evil}.jpg`, { type: 'image/jpeg' }),
    });
    expect(photo.json.html).not.toMatch(/<script|<img src=x/i);
    for (const field of ['fullName', 'username', 'firstName'])
      expect(
        (await admin.json('users/save-user', { userId: target.id, [field]: `javascript://${evil}` })).status,
        field,
      ).toBe(400);
  });

  test('CVE-2026-84800, CVE-2026-50282…50284: an upload changes nobody else’s file', async () => {
    const site = await open();
    const [ada, eve] = [await site.user(), await site.user()];
    const owner = await site.login(ada);
    const file = async (): Promise<File> => new File([await jpeg()], 'a.jpg', { type: 'image/jpeg' });
    const hers = await owner.upload('users/upload-user-photo', { userId: ada.id, photo: await file() });
    const { photo } = await stored(site, ada);
    const { storage } = site.site.services;
    const bytes = async (): Promise<number | undefined> => {
      const found = await storage.read(photo?.storageKey ?? '');
      await found?.stream.cancel();
      return found?.bytes;
    };
    const size = await bytes();
    expect(size).toBeGreaterThan(0);
    const thief = await site.login(eve);
    expect((await thief.json('users/delete-user-photo', { userId: ada.id })).status).toBe(403);
    for (const action of ['users/upload-user-photo', 'users/save-user'])
      expect(
        (await thief.upload(action, { userId: ada.id, photo: await file(), deletePhoto: '1' })).status,
        action,
      ).toBe(403);
    const named = new File([await jpeg(80, 40)], `../../${photo?.storageKey}`, { type: 'image/jpeg' });
    const own = await thief.upload('users/upload-user-photo', {
      userId: eve.id,
      photo: named,
      photoId: hers.json.photoId,
      storageKey: photo?.storageKey,
    });
    expect(own.status).toBe(200);
    expect(own.json.photoId).not.toBe(hers.json.photoId);
    await site.site.housekeep();
    expect(await bytes()).toBe(size);
    expect((await stored(site, ada)).photo).toEqual(photo);
  });
});
