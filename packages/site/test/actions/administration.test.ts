import { expect, test } from 'vitest';
import type { User } from '../../src/users/user.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';
import { told } from '../support/told.ts';

interface Row {
  readonly action: string;
  /** The permissions that are enough. */
  readonly role: readonly string[];
  /** The same but for the one that counts. */
  readonly tooLittle: readonly string[];
  readonly before: Partial<User>;
  readonly after: Partial<User>;
  readonly message: string;
  readonly failure: string;
  readonly endsSessions: boolean;
}

const ROWS: readonly Row[] = [
  {
    action: 'users/activate-user',
    role: ROLES.administrator,
    tooLittle: ROLES.moderator,
    before: { status: 'pending', verified: false, approved: false },
    after: { status: 'active', verified: true, approved: true },
    message: 'User activated.',
    failure: 'Couldn’t activate user.',
    endsSessions: false,
  },
  {
    action: 'users/deactivate-user',
    role: ROLES.administrator,
    tooLittle: ROLES.moderator,
    before: { unverifiedEmail: 'other@example.com' },
    after: { status: 'inactive', approved: false, unverifiedEmail: null },
    message: 'User deactivated.',
    failure: 'Couldn’t deactivate user.',
    endsSessions: true,
  },
  {
    action: 'users/suspend-user',
    role: ROLES.moderator,
    tooLittle: ROLES.administrator,
    before: {},
    after: { suspended: true, status: 'active' },
    message: 'User suspended.',
    failure: 'Couldn’t suspend user.',
    endsSessions: true,
  },
  {
    action: 'users/unsuspend-user',
    role: ROLES.moderator,
    tooLittle: ROLES.administrator,
    before: { suspended: true },
    after: { suspended: false },
    message: 'User unsuspended.',
    failure: 'Couldn’t unsuspend user.',
    endsSessions: false,
  },
  {
    action: 'users/unlock-user',
    role: ROLES.moderator,
    tooLittle: ROLES.administrator,
    before: { lockedAt: 1, invalidLoginCount: 4, invalidLoginWindowStart: 1 },
    after: { lockedAt: null, invalidLoginCount: 0, invalidLoginWindowStart: null },
    message: 'User unlocked.',
    failure: 'Couldn’t unlock user.',
    endsSessions: false,
  },
  {
    action: 'users/require-password-reset',
    role: ROLES.administrator,
    tooLittle: ROLES.moderator,
    before: {},
    after: { passwordResetRequired: true },
    message: 'User must reset the password at the next login.',
    failure: 'Couldn’t require a password reset.',
    endsSessions: true,
  },
  {
    action: 'users/remove-password-reset-requirement',
    role: ROLES.administrator,
    tooLittle: ROLES.moderator,
    before: { passwordResetRequired: true },
    after: { passwordResetRequired: false },
    message: 'User need not reset the password any more.',
    failure: 'Couldn’t remove the password reset requirement.',
    endsSessions: false,
  },
];

const stored = (site: TestSite, { id }: { id: number }): Promise<User | undefined> =>
  site.site.services.database.users.find(id);

describeSites('administration', (open) => {
  test.each(ROWS)('$action: JSON', async ({ action, role, before, after, message }) => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: role }));
    const target = await site.user({ password: null, ...before });
    const answer = await actor.json(action, { userId: target.id });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ message, modelName: 'user', modelId: target.id });
    expect(answer.json.user.id).toBe(target.id);
    expect(await stored(site, target)).toMatchObject(after);
  });

  test.each(ROWS)('$action: a form', async ({ action, role, before, after, message, failure }) => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: role }));
    const target = await site.user({ password: null, ...before });
    const answer = await actor.form('/page/users', action, { userId: target.id });
    expect([answer.status, answer.location]).toEqual([303, '/page/users']);
    expect(pageOf(await actor.get('/page/users')).flashes).toEqual({ notice: message });
    expect(await stored(site, target)).toMatchObject(after);

    const refused = await actor.form('/page/users', action, { userId: 'none' });
    expect(refused.status).toBe(422);
    expect(pageOf(refused).flashes).toEqual({ error: failure });
    expect(pageOf(refused).variables['errors']).toHaveProperty('userId');
    expect(pageOf(refused).variables['user']).toEqual({ userId: 'none' });
  });

  test.each(ROWS)('$action: refusals', async ({ action, role, tooLittle, before }) => {
    const site = await open();
    const target = await site.user({ password: null, ...before });
    const admin = await site.user({ password: null, admin: true, ...before });
    const untouched = await stored(site, target);

    const guest = await site.visitor().json(action, { userId: target.id });
    expect(guest.status).toBe(401);

    const little = await site.login(await site.user({ permissions: tooLittle }));
    const forbidden = await little.json(action, { userId: target.id });
    expect(forbidden.status).toBe(403);
    const nobody = await little.json(action, { userId: 999_999 });
    expect(nobody.status).toBe(403);
    expect(told(nobody)).toEqual(told(forbidden));

    const actor = await site.login(await site.user({ permissions: role }));
    expect((await actor.json(action, { userId: 999_999 })).status).toBe(404);
    const onAdmin = await actor.json(action, { userId: admin.id });
    expect(onAdmin.status).toBe(403);
    expect(onAdmin.json).toMatchObject({ code: 'FORBIDDEN', reason: 'admin-target' });
    for (const userId of [undefined, '', 'abc', 0, -1, 1.5, null, [], {}, true]) {
      const answer = await actor.json(action, { userId });
      expect(answer.status, String(userId)).toBe(400);
      expect(answer.json.errors).toHaveProperty('userId');
    }
    expect((await actor.read(action, { userId: String(target.id) })).status).toBe(400);
    expect((await actor.json(action, { userId: target.id }, { csrf: false })).status).toBe(400);
    expect(await stored(site, target)).toEqual(untouched);

    const byAdmin = await site.login(await site.user({ admin: true }));
    expect((await byAdmin.json(action, { userId: admin.id })).status).toBe(200);
  });

  test.each(ROWS)('$action: sessions end with it or go on ($endsSessions)', async (row) => {
    if (row.before.status !== undefined || row.before.suspended === true) return;
    const site = await open();
    const actor = await site.login(await site.user({ permissions: row.role }));
    const target = await site.user();
    const one = await site.login(target);
    const two = await site.login(target);
    await actor.json(row.action, { userId: target.id });
    for (const visitor of [one, two])
      expect((await visitor.read('users/session-info')).json.isGuest).toBe(row.endsSessions);
    expect((await actor.read('users/session-info')).json.isGuest).toBe(false);
    const rows = await site.site.services.database.sessions.listOf(target.id, Date.now());
    expect(rows.length).toBe(row.endsSessions ? 0 : 2);
  });

  test('doing it twice changes nothing', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ admin: true }));
    const target = await site.user({ password: null });
    for (const { action } of ROWS) {
      expect((await actor.json(action, { userId: target.id })).status, action).toBe(200);
      const once = await stored(site, target);
      expect((await actor.json(action, { userId: target.id })).status, action).toBe(200);
      expect(await stored(site, target)).toMatchObject({ status: once?.status, suspended: once?.suspended });
    }
  });

  test.each([
    'users/suspend-user',
    'users/unsuspend-user',
    'users/unlock-user',
    'users/remove-password-reset-requirement',
  ])('%s: nobody does it to himself', async (action) => {
    const site = await open();
    const self = await site.user({ admin: true });
    await site.user({ admin: true });
    const answer = await (await site.login(self)).json(action, { userId: self.id });
    expect(answer.status).toBe(403);
    expect(answer.json.reason).toBe('self');
  });

  test('a suspended user is out and cannot sign in until he is unsuspended', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: ROLES.moderator }));
    const target = await site.user();
    await actor.json('users/suspend-user', { userId: target.id });
    await expect(site.login(target)).rejects.toThrow(/failed/);
    await actor.json('users/unsuspend-user', { userId: target.id });
    const visitor = await site.login(target);
    expect((await visitor.read('users/session-info')).json.isGuest).toBe(false);
  });

  test('activating takes over the address that waited for confirmation', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: ROLES.administrator }));
    const target = await site.user({
      status: 'pending',
      verified: false,
      username: null,
      email: 'old@example.com',
      unverifiedEmail: 'new@example.com',
    });
    await actor.json('users/activate-user', { userId: target.id });
    const active = { email: 'new@example.com', unverifiedEmail: null, username: 'new@example.com' };
    expect(await stored(site, target)).toMatchObject(active);
  });

  test('an account cannot be activated whose address another one has by now', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ permissions: ROLES.administrator }));
    const target = await site.user({ status: 'inactive', username: null, email: 'ada@example.com' });
    await site.user({ email: 'ADA@example.com' });
    const answer = await actor.json('users/activate-user', { userId: target.id });
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      message: 'Couldn’t activate user.',
      errors: { email: [expect.any(String)] },
    });
    expect(await stored(site, target)).toMatchObject({ status: 'inactive' });
  });

  test('suspending and closing make mailed codes worthless', async () => {
    const site = await open();
    const actor = await site.login(await site.user({ admin: true }));
    for (const action of ['users/suspend-user', 'users/deactivate-user']) {
      const target = await site.user();
      await site.visitor().json('users/send-password-reset-email', { loginName: target.email });
      const { code } = await site.post.to(target.email);
      await actor.json(action, { userId: target.id });
      const fields = { code, id: target.uid, newPassword: 'another long password' };
      expect((await site.visitor().json('users/set-password', fields)).status, action).toBe(400);
    }
  });

  test('one’s own account is closed with an elevated session only, and signs out', async () => {
    const site = await open();
    const self = await site.user();
    const stale = await site.login(self);
    const refused = await stale.json('users/deactivate-user', { userId: self.id });
    expect([refused.status, refused.json.code]).toEqual([403, 'ELEVATION_REQUIRED']);
    expect(await stored(site, self)).toMatchObject({ status: 'active' });

    const visitor = await site.login(self, { elevated: true });
    const answer = await visitor.json('users/deactivate-user', { userId: self.id });
    expect(answer.status).toBe(200);
    expect(answer.json.user).not.toHaveProperty('effectivePermissions');
    for (const ended of [visitor, stale])
      expect((await ended.read('users/session-info')).json.isGuest).toBe(true);
    await expect(site.login(self)).rejects.toThrow(/failed/);
  });

  test('requiring a reset of oneself does not sign out', async () => {
    const site = await open();
    const self = await site.user({ permissions: ROLES.administrator });
    const visitor = await site.login(self);
    await visitor.json('users/require-password-reset', { userId: self.id });
    expect((await visitor.read('users/session-info')).json.isGuest).toBe(false);
    expect(await stored(site, self)).toMatchObject({ passwordResetRequired: true });
  });

  test('the last administrator cannot be closed, and one can once there is another', async () => {
    const site = await open();
    const last = await site.user({ admin: true });
    await site.user({ admin: true, suspended: true });
    await site.user({ admin: true, status: 'inactive' });
    const visitor = await site.login(last, { elevated: true });
    const answer = await visitor.json('users/deactivate-user', { userId: last.id });
    expect([answer.status, answer.json.reason]).toEqual([409, 'last-admin']);
    expect(answer.json.message).toContain('Make another user an administrator first.');
    expect((await visitor.read('users/session-info')).json.isGuest).toBe(false);
    await site.user({ admin: true });
    expect((await visitor.json('users/deactivate-user', { userId: last.id })).status).toBe(200);
  });

  test('two administrators who suspend each other at once leave one', async () => {
    const site = await open();
    const one = await site.user({ admin: true });
    const two = await site.user({ admin: true });
    const [first, second] = [await site.login(one), await site.login(two)];
    const answers = await Promise.all([
      first.json('users/suspend-user', { userId: two.id }),
      second.json('users/suspend-user', { userId: one.id }),
    ]);
    const left = [await stored(site, one), await stored(site, two)].filter(
      (user) => user?.suspended === false,
    );
    expect(left.length).toBe(1);
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  test('whoever lost the right since signing in has lost it', async () => {
    const site = await open();
    const moderator = await site.user({ permissions: ROLES.moderator });
    const visitor = await site.login(moderator);
    const target = await site.user({ password: null });
    await site.site.services.database.users.update(moderator.id, { permissions: [] }, Date.now());
    expect((await visitor.json('users/suspend-user', { userId: target.id })).status).toBe(403);
  });
});
