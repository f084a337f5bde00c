/**
 * The attacks of reference/craft-controller-actions.md 6.3 on accounts, each as it would be made over HTTP, named after the
 * advisory it was learned from: on rights in this file, on signatures, redirects, sessions and forgery in
 * attacks-requests.test.ts, on files, texts, secrets and outages in attacks-answers.test.ts, on entries in
 * attacks-entries-*.test.ts. Rows about what we do not have:
 *
 * | row | why it is not here |
 * |---|---|
 * | CVE-2018-20465 and its like, CVE-2025-23209: Twig | no template language; the lookups of `redirect` are attacked instead. Rotation of keys: packages/portico/test/security/signatures.test.ts |
 * | CVE-2024-41800: TOTP | no second factor; one-time codes and links are used twice instead |
 * | CVE-2023-41892, CVE-2026-32264, -56382: object construction | nothing is made of client arrays; the keys are sent to every action instead |
 * | CVE-2026-92591: the installer | there is none; what is left is the outage |
 * | CVE-2024-56145: argv as config | Node reads no arguments from a request |
 */
import { expect, test, vi } from 'vitest';
import type { CodePurpose } from '../../src/users/codes/verification-code-store.ts';
import { issueCode } from '../../src/users/codes/verification.ts';
import type { User } from '../../src/users/user.ts';
import { jpeg } from '../files/pictures.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, PASSWORD, type Answer } from '../support/site.ts';
import { actionPaths, GROUPS, STRONG, stored, whoIs } from './attack-tools.ts';

// Dozens of requests each, most with a token of their own.
vi.setConfig({ testTimeout: 60_000 });

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);

describeSites('attacks on rights', (open) => {
  test('CVE-2026-32267: a token opens the one thing it was made for, whatever else is sent with it', async () => {
    const site = await open();
    const admin = await site.user({ admin: true });
    const target = await site.user({ password: null });
    const other = await site.user({ password: null });
    const actor = await site.login(admin, { elevated: true });
    const { json } = await actor.json('users/get-impersonation-url', { userId: target.id });
    const token = new URL(json.url).searchParams.get('token') ?? '';
    const path = '/actions/users/impersonate-with-token';

    const attacker = site.visitor();
    for (const action of [
      'users/impersonate',
      'users/delete-user',
      'users/get-users',
      'users/suspend-user',
    ]) {
      const query = `token=${token}&action=${action}&userId=${other.id}`;
      const page = await attacker.get(`${path}?${query}`);
      expect(page.text).toContain('Sign in as this user');
      for (const url of [`/page?${query}`, `/actions/${action}?${query}`, `/?${query}`]) {
        const read = await attacker.get(url, { headers: { accept: 'application/json' } });
        const posted = await attacker.send(url, {
          method: 'POST',
          body: JSON.stringify({ token, userId: other.id }),
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            'x-csrf-token': await attacker.token(),
          },
        });
        expect(read.text + posted.text, url).not.toContain(other.email);
        expect(posted.status, url).toBeGreaterThanOrEqual(400);
        expect(posted.status, url).toBeLessThan(500);
      }
    }
    expect(await stored(site, other)).toMatchObject({ suspended: false });

    const fields = {
      token,
      userId: admin.id,
      id: admin.id,
      user: admin.id,
      issuerId: target.id,
      action: 'users/login',
    };
    const signedIn = await attacker.send(path, {
      method: 'POST',
      body: JSON.stringify(fields),
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-csrf-token': await attacker.token(),
      },
    });
    expect(signedIn.status).toBe(200);
    expect(await whoIs(attacker)).toBe(target.id);
    await attacker.json('users/stop-impersonating');
    expect(await whoIs(attacker)).toBeUndefined();
  });

  test('CVE-2026-32267: the code of one mail is good for nothing that another mail is for', async () => {
    const site = await open();
    const unverifiedEmail = 'new@example.com';
    const user = await site.user({ unverifiedEmail });
    const { services } = site.site;
    const codeFor = (purpose: CodePurpose): Promise<string> =>
      issueCode(services, services.database, user as { id: number }, purpose);
    const use = async (action: string, code: string): Promise<Answer> =>
      site.visitor().json(action, { code, id: user.uid, newPassword: 'another long password' });
    const before = await stored(site, user);

    const attempts: ReadonlyArray<readonly [string, CodePurpose]> = [
      ['users/set-password', 'verify-email'],
      ['users/verify-email', 'reset-password'],
      ['users/verify-email', 'reclaim'],
    ];
    for (const [action, purpose] of attempts) {
      const answer = await use(action, await codeFor(purpose));
      expect([answer.status, answer.json.message], `${purpose} at ${action}`).toEqual([
        400,
        'InvalidVerificationCode',
      ]);
    }
    const token = await codeFor('reset-password');
    expect((await site.visitor().json('users/impersonate-with-token', { token })).status).toBe(400);
    expect(await stored(site, user)).toEqual(before);
    expect((await use('users/set-password', token)).status).toBe(200);
  });

  /** What is no parameter, in the spellings an attacker would try. */
  const assigned: Record<string, unknown> = {
    id: 1,
    uid: 'x',
    admin: true,
    groups: ['staff'],
    permissions: ['viewUsers', 'editUsers'],
    'permissions[]': 'viewUsers',
    effectivePermissions: ['viewUsers'],
    status: 'active',
    active: true,
    verified: true,
    approved: true,
    suspended: true,
    locked: true,
    pending: true,
    lockedAt: 1,
    locked_at: 1,
    passwordHash: 'x',
    password_hash: 'x',
    credentialsVersion: 9,
    credentials_version: 9,
    invalidLoginCount: 9,
    unverifiedEmail: 'x@evil.example',
    photoId: 'x',
    photo: { storageKey: 'photos/aa/other.webp', id: 'x' },
    lastLoginAt: 1,
    createdAt: 1,
    dateCreated: '1970-01-01',
    passwordResetRequired: true,
    user: { admin: true },
    'user[admin]': '1',
  };

  test('CVE-2026-50279: nobody makes himself more by parameters of save-user', async () => {
    const site = await open({ users: GROUPS });
    const user = await site.user();
    const visitor = await site.login(user, { elevated: true });
    const { updatedAt: _updated, ...before } = await stored(site, user);
    for (const [name, value] of Object.entries(assigned)) {
      const answer = await visitor.json('users/save-user', { userId: user.id, [name]: value });
      expect(answer.status, name).toBeLessThan(500);
      const { updatedAt: _now, ...after } = await stored(site, user);
      expect(after, name).toEqual(before);
    }
    await visitor.form('/page', 'users/save-user', {
      ...assigned,
      photo: '',
      userId: user.id,
      fullName: 'Ada',
    });
    const {
      updatedAt: _last,
      fullName: _name,
      firstName: _first,
      lastName: _surname,
      ...formed
    } = await stored(site, user);
    expect(before).toMatchObject(formed);
  });

  test('CVE-2026-50279: nor by registering', async () => {
    const site = await open({
      users: { ...GROUPS, allowPublicRegistration: true },
      preventUserEnumeration: false,
    });
    const { photo: _photo, id: _id, ...parameters } = assigned;
    const account = { email: 'eve@example.com', username: 'eve', password: PASSWORD };
    const answer = await site.visitor().json('users/save-user', { ...parameters, ...account });
    expect(answer.status).toBe(200);
    const made = await site.site.services.database.users.findByEmail(account.email);
    expect(made).toMatchObject({
      admin: false,
      groups: [],
      permissions: [],
      status: 'pending',
      verified: false,
    });
    expect(made).toMatchObject({
      suspended: false,
      lockedAt: null,
      invalidLoginCount: 0,
      photo: null,
      lastLoginAt: null,
    });
  });

  test('CVE-2026-50279: an address keeps its owner, whatever is sent', async () => {
    const site = await open();
    const [eve, ada] = [await site.user(), await site.user({ password: null })];
    const visitor = await site.login(eve);
    const home = {
      title: 'Home',
      countryCode: 'DE',
      addressLine1: 'Street 1',
      locality: 'Berlin',
      postalCode: '10115',
    };
    const made = await visitor.json('users/save-address', {
      ...home,
      ownerId: ada.id,
      primaryOwnerId: ada.id,
      fieldId: 1,
      id: 99,
    });
    expect(made.status).toBe(200);
    const { database } = site.site.services;
    const [address] = await database.addresses.listOf(eve.id);
    expect(address).toMatchObject({ ownerId: eve.id, title: 'Home' });
    const moves = {
      addressId: address?.id,
      ownerId: ada.id,
      owner_id: ada.id,
      primaryOwnerId: ada.id,
      uid: 'x',
      title: 'Work',
    };
    expect((await visitor.json('users/save-address', moves)).status).toBe(200);
    expect((await visitor.json('users/save-address', { ...moves, userId: ada.id })).status).toBe(403);
    expect(await database.addresses.listOf(ada.id)).toEqual([]);
    expect((await database.addresses.listOf(eve.id))[0]).toMatchObject({ title: 'Work', uid: address?.uid });
  });

  test('CVE-2026-28782: what belongs to another is not reached by its id', async () => {
    const site = await open();
    const [eve, ada] = [await site.user(), await site.user()];
    const owner = await site.login(ada);
    const home = {
      title: 'Secret home',
      countryCode: 'DE',
      addressLine1: 'Street 1',
      locality: 'Berlin',
      postalCode: '10115',
    };
    await owner.json('users/save-address', home);
    const { addresses } = site.site.services.database;
    const [address] = await addresses.listOf(ada.id);
    const thief = await site.login(eve, { elevated: true });
    const addressId = address?.id;
    const answers = [
      await thief.json('users/save-address', { addressId, title: 'Mine' }),
      await thief.json('users/save-address', { addressId, title: 'Mine', userId: ada.id }),
      await thief.json('users/save-address', { addressId, title: 'Mine', userId: eve.id }),
      await thief.json('users/delete-address', { addressId }),
      await thief.json('users/save-user', { userId: ada.id, fullName: 'Eve' }),
      await thief.json('users/delete-user-photo', { userId: ada.id }),
      await thief.json('users/delete-user', { userId: ada.id }),
    ];
    for (const [index, answer] of answers.entries()) {
      expect(answer.status, String(index)).toBeGreaterThanOrEqual(400);
      expect(answer.status, String(index)).toBeLessThan(500);
      expect(answer.text, String(index)).not.toContain('Secret home');
    }
    expect((await addresses.listOf(ada.id))[0]).toEqual(address);
    expect((await stored(site, ada)).fullName).toBeNull();
  });

  test('CVE-2026-84798: a right to view is no right to write', async () => {
    const site = await open();
    const target = await site.user({ password: null });
    const viewer = await site.login(await site.user({ permissions: ROLES.viewer }), { elevated: true });
    const before = await stored(site, target);
    for (const path of actionPaths(site.site.actions).filter((action) => action.startsWith('users/'))) {
      if (/logout|send-|photo/.test(path)) continue;
      await viewer.json(path, {
        userId: target.id,
        fullName: 'Eve',
        groups: [],
        permissions: [],
        admin: true,
      });
    }
    await viewer.json('users/delete-user-photo', { userId: target.id });
    expect(await stored(site, target)).toEqual(before);
  });

  test('CVE-2026-29069: no activation mail goes out by an id', async () => {
    const site = await open();
    const pending = await site.user({ password: null, status: 'pending', verified: false });
    const inactive = await site.user({ password: null, status: 'inactive', approved: false });
    const visitors = [
      site.visitor(),
      await site.login(await site.user()),
      await site.login(await site.user({ permissions: ROLES.moderator })),
    ];
    for (const visitor of visitors) {
      for (const userId of [pending.id, inactive.id, 999_999]) {
        const answer = await visitor.json('users/send-activation-email', { userId });
        expect(answer.json).toMatchObject({ message: 'Username or email is required.' });
      }
    }
    const byName = [];
    for (const loginName of [pending.email, inactive.email, 'nobody@example.com'])
      byName.push(await site.visitor().json('users/send-activation-email', { loginName }));
    expect(new Set(byName.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    await site.site.housekeep();
    expect(site.post.mails.map(({ to }) => to)).toEqual([pending.email]);
    expect(await stored(site, inactive)).toMatchObject({ status: 'inactive' });
  }, 30_000);

  test('CVE-2026-86731: the strongest who is no administrator touches no administrator, by any action', async () => {
    const site = await open({ users: GROUPS });
    const strong = await site.login(await site.user({ permissions: STRONG }), { elevated: true });
    const states: Array<Partial<User>> = [
      {},
      { status: 'inactive', approved: false },
      { status: 'pending', verified: false },
      { suspended: true },
      { lockedAt: 1, invalidLoginCount: 3 },
      { passwordResetRequired: true },
    ];
    for (const state of states) {
      const admin = await site.user({ admin: true, ...state });
      const before = await stored(site, admin);
      const everything = {
        userId: admin.id,
        email: 'eve@example.com',
        username: 'eve',
        fullName: 'Eve',
        newPassword: 'another long password',
        passwordResetRequired: !before.passwordResetRequired,
        admin: false,
        groups: ['staff'],
        permissions: ['viewUsers'],
        countryCode: 'DE',
        addressLine1: 'Street 1',
        locality: 'Berlin',
        postalCode: '10115',
      };
      for (const path of actionPaths(site.site.actions)) {
        if (/logout|send-password|revoke|health/.test(path)) continue;
        await strong.json(path, everything);
      }
      await strong.upload('users/upload-user-photo', {
        userId: admin.id,
        photo: new File([await jpeg()], 'a.jpg'),
      });
      await strong.upload('users/save-user', { userId: admin.id, photo: new File([await jpeg()], 'a.jpg') });
      expect(await stored(site, admin), JSON.stringify(state)).toEqual(before);
      expect(await site.site.services.database.addresses.listOf(admin.id)).toEqual([]);
    }
    expect(site.post.mails).toEqual([]);
  }, 60_000);

  test('CVE-2026-41128: an empty list takes away nothing that its sender could not give', async () => {
    const site = await open({ users: GROUPS });
    const target = await site.user({
      password: null,
      groups: ['staff', 'chiefs'],
      permissions: ['viewusers'],
    });
    const before = await stored(site, target);
    for (const permissions of [ROLES.viewer, ROLES.editor, [...ROLES.editor, 'assignusergroup:staff']]) {
      const visitor = await site.login(await site.user({ permissions }), { elevated: true });
      for (const action of ['users/save-permissions', 'users/save-user']) {
        await visitor.json(action, { userId: target.id, groups: [] });
        await visitor.json(action, { userId: target.id, groups: '', permissions: '' });
        await visitor.form('/page', action, { userId: target.id, groups: '', permissions: '' });
        await visitor.form('/page', action, {
          userId: target.id,
          'groups[]': '',
          fullName: before.fullName ?? '',
        });
        const { updatedAt: _now, ...after } = await stored(site, target);
        expect(before).toMatchObject(after);
      }
    }
  });

  test('CVE-2024-21622: no way round leads to more than one has', async () => {
    const site = await open({ users: GROUPS });
    const self = await site.user({
      permissions: [...ROLES.assigner, 'assignusergroup:chiefs', 'registerusers'],
    });
    const accomplice = await site.user({ password: null });
    const visitor = await site.login(self, { elevated: true });
    const before = await stored(site, self);
    const attempts = [
      { userId: self.id, admin: true },
      { userId: self.id, permissions: STRONG },
      { userId: self.id, groups: ['chiefs'] },
      { userId: accomplice.id, admin: true },
      { userId: accomplice.id, permissions: ['viewUsers', 'editUsers', 'administrateUsers'] },
      { userId: accomplice.id, permissions: ['ADMINISTRATEUSERS', ' administrateUsers '] },
      { userId: accomplice.id, groups: ['chiefs'] },
    ];
    for (const attempt of attempts)
      expect((await visitor.json('users/save-permissions', attempt)).status, JSON.stringify(attempt)).toBe(
        403,
      );
    const made = await visitor.json('users/save-user', {
      email: 'new@example.com',
      username: 'new',
      admin: true,
      groups: ['chiefs'],
      permissions: STRONG,
    });
    expect(made.status).toBe(200);
    const created = await site.site.services.database.users.findByEmail('new@example.com');
    for (const user of [await stored(site, accomplice), created])
      expect(user).toMatchObject({ admin: false, groups: [], permissions: [] });
    expect(await stored(site, self)).toEqual(before);
  });

  test('CVE-2024-41800: a code works once, also for two at once', async () => {
    const site = await open();
    const user = await site.user();
    await site.visitor().json('users/send-password-reset-email', { loginName: user.email });
    const { code } = await site.post.to(user.email);
    const visitors = [site.visitor(), site.visitor(), site.visitor()];
    const passwords = visitors.map((_visitor, index) => `another long password ${index}`);
    const answers = await Promise.all(
      visitors.map((visitor, index) =>
        visitor.json('users/set-password', { code, id: user.uid, newPassword: passwords[index] }),
      ),
    );
    expect(statuses(answers).sort()).toEqual([200, 400, 400]);
    const winner = passwords[answers.findIndex(({ status }) => status === 200)] ?? '';
    await site.login(user, { password: winner });
    const again = await site
      .visitor()
      .json('users/set-password', { code, id: user.uid, newPassword: 'yet another password' });
    expect(again.status).toBe(400);
  });

  test('#19265: who was shut out does not sign in, with the right password', async () => {
    const site = await open();
    const states: Array<Partial<User>> = [
      { status: 'inactive', approved: false },
      { status: 'pending', verified: false },
      { suspended: true },
    ];
    for (const state of states) {
      const user = await site.user(state);
      const visitor = site.visitor();
      for (const loginName of [user.email, user.username, user.email.toUpperCase()]) {
        expect((await visitor.json('users/login', { loginName, password: PASSWORD })).status).toBe(400);
        expect(await whoIs(visitor)).toBeUndefined();
      }
    }
  });

  test('#19283: one wrong password counts once, on each way in', async () => {
    const site = await open();
    const user = await site.user();
    await site.visitor().json('users/login', { loginName: user.email, password: 'wrong' });
    expect((await stored(site, user)).invalidLoginCount).toBe(1);
    const visitor = await site.login(user);
    expect((await stored(site, user)).invalidLoginCount).toBe(0);
    await visitor.json('users/verify-password', { password: 'wrong' });
    expect((await stored(site, user)).invalidLoginCount).toBe(1);
    await visitor.json('users/save-user', {
      userId: user.id,
      newPassword: 'another long password',
      currentPassword: 'wrong',
    });
    expect((await stored(site, user)).invalidLoginCount).toBe(2);
  });

  test.each([300, 0])(
    '#19274: while impersonating, no password proves anything (elevatedSessionDuration %d)',
    async (elevatedSessionDuration) => {
      const site = await open({ elevatedSessionDuration });
      const target = await site.user();
      const before = await stored(site, target);
      const visitor = await site.login(await site.user({ admin: true }), { elevated: true });
      await visitor.json('users/impersonate', { userId: target.id });
      expect(await whoIs(visitor)).toBe(target.id);
      expect((await visitor.json('users/verify-password', { password: PASSWORD })).status).toBe(403);
      const changes = [
        { newPassword: 'another long password' },
        { newPassword: 'another long password', currentPassword: PASSWORD },
        { email: 'eve@example.com' },
        { email: 'eve@example.com', currentPassword: PASSWORD },
      ];
      for (const change of changes) {
        const answer = await visitor.json('users/save-user', { userId: target.id, ...change });
        expect(answer.status, JSON.stringify(change)).toBeGreaterThanOrEqual(400);
      }
      for (const action of ['users/delete-user', 'users/deactivate-user'])
        expect((await visitor.json(action, { userId: target.id })).status, action).toBe(403);
      expect(await stored(site, target)).toEqual(before);
    },
  );

  test('CVE-2026-86731: two administrators who take the flag from each other by save-user leave one', async () => {
    const site = await open();
    const users = [await site.user({ admin: true }), await site.user({ admin: true })] as const;
    const one = await site.login(users[0], { elevated: true });
    const two = await site.login(users[1], { elevated: true });
    await Promise.all([
      one.json('users/save-user', { userId: users[1].id, admin: false }),
      two.json('users/save-user', { userId: users[0].id, admin: false }),
    ]);
    const left = await Promise.all(users.map((user) => stored(site, user)));
    expect(left.filter(({ admin }) => admin).length).toBeGreaterThanOrEqual(1);
  });
});
