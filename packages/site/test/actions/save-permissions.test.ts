import { expect, test } from 'vitest';
import type { User } from '../../src/users/user.ts';
import { ROLES } from '../support/roles.ts';
import { describeSites, pageOf, type TestSite } from '../support/site.ts';
import { told } from '../support/told.ts';

const ACTION = 'users/save-permissions';

const USERS = {
  groups: {
    members: { name: 'Members', permissions: [] },
    staff: { name: 'Staff', permissions: ['viewUsers', 'editUsers'] },
    chiefs: { name: 'Chiefs', permissions: ['viewUsers', 'deleteUsers'] },
  },
};

const stored = async (site: TestSite, { id }: { id: number }): Promise<User> => {
  const user = await site.site.services.database.users.find(id);
  if (user === undefined) throw new Error(`There is no user ${id}.`);
  return user;
};

describeSites(ACTION, (open) => {
  test('an administrator sets groups, permissions and the flag', async () => {
    const site = await open({ users: USERS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({ password: null });
    const answer = await admin.json(ACTION, {
      userId: target.id,
      groups: ['staff', 'members', 'staff'],
      permissions: ['deleteUsers', 'VIEWUSERS'],
      admin: true,
    });
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      message: 'Permissions saved.',
      modelName: 'user',
      modelId: target.id,
    });
    expect(answer.json.user.admin).toBe(true);
    const user = await stored(site, target);
    expect(user.admin).toBe(true);
    expect([...user.groups].sort()).toEqual(['members', 'staff']);
    expect([...user.permissions].sort()).toEqual(['deleteusers', 'viewusers']);
  });

  test('it counts from the next request on, and ends no session', async () => {
    const site = await open({ users: USERS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user();
    const visitor = await site.login(target, { elevated: true });
    expect((await visitor.read('users/get-users')).status).toBe(403);
    await admin.json(ACTION, { userId: target.id, groups: ['staff'] });
    expect((await visitor.read('users/get-users')).status).toBe(200);
    await admin.json(ACTION, { userId: target.id, groups: [] });
    expect((await visitor.read('users/get-users')).status).toBe(403);
  });

  test('by a form: a lone blank field empties a list, what is not there stays', async () => {
    const site = await open({ users: USERS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({ password: null, groups: ['staff'], permissions: ['viewusers'] });
    const answer = await admin.form('/page/users', ACTION, { userId: target.id, groups: [''] });
    expect([answer.status, answer.location]).toEqual([303, '/page/users']);
    expect(pageOf(await admin.get('/page/users')).flashes).toEqual({ notice: 'Permissions saved.' });
    expect(await stored(site, target)).toMatchObject({
      groups: [],
      permissions: ['viewusers'],
      admin: false,
    });

    const refused = await admin.form('/page/users', ACTION, { userId: target.id, groups: ['nobody'] });
    expect(refused.status).toBe(422);
    expect(pageOf(refused).flashes).toEqual({ error: 'Couldn’t save permissions.' });
    expect(pageOf(refused).variables['errors']).toEqual({ groups: ['There is no group “nobody”.'] });
  });

  test('names nobody knows are errors, and change nothing', async () => {
    const site = await open({ users: USERS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({ password: null, permissions: ['viewusers'] });
    const bad = [
      { groups: ['constructor'] },
      { groups: ['__proto__'] },
      { groups: ['Staff'] },
      { groups: 'staff' },
      { groups: [1] },
      { permissions: ['fly'] },
      { permissions: ['assignUserGroup:nobody'] },
      { permissions: { 0: 'viewUsers' } },
      { admin: 'maybe' },
    ];
    for (const fields of bad) {
      const answer = await admin.json(ACTION, { userId: target.id, ...fields });
      expect(answer.status, JSON.stringify(fields)).toBe(400);
      expect(Object.keys(answer.json.errors)[0]).toMatch(new RegExp(`^${Object.keys(fields)[0]}`));
    }
    expect(await stored(site, target)).toMatchObject({ permissions: ['viewusers'], groups: [] });
  });

  test('groups and permissions that have left the configuration stay as they are', async () => {
    const site = await open({ users: USERS });
    const admin = await site.login(await site.user({ admin: true }), { elevated: true });
    const target = await site.user({
      password: null,
      groups: ['gone'],
      permissions: ['assignusergroup:gone'],
    });
    const permissions = ['assignUserGroup:gone', 'viewUsers'];
    const answer = await admin.json(ACTION, { userId: target.id, groups: ['staff'], permissions });
    expect(answer.status).toBe(200);
    const user = await stored(site, target);
    expect([...user.groups].sort()).toEqual(['gone', 'staff']);
    expect([...user.permissions].sort()).toEqual(['assignusergroup:gone', 'viewusers']);
  });

  test('needs an elevated session', async () => {
    const site = await open({ users: USERS });
    const target = await site.user({ password: null });
    expect((await site.visitor().json(ACTION, { userId: target.id, groups: ['staff'] })).status).toBe(401);
    const admin = await site.login(await site.user({ admin: true }));
    const answer = await admin.json(ACTION, { userId: target.id, groups: ['staff'] });
    expect([answer.status, answer.json.code]).toEqual([403, 'ELEVATION_REQUIRED']);
    expect((await stored(site, target)).groups).toEqual([]);
  });

  test('who may assign nothing learns nothing', async () => {
    const site = await open({ users: USERS });
    const target = await site.user({ password: null });
    const editor = await site.login(await site.user({ permissions: ROLES.editor }), { elevated: true });
    const forbidden = await editor.json(ACTION, { userId: target.id, groups: [] });
    const nobody = await editor.json(ACTION, { userId: 999_999, groups: [] });
    expect([forbidden.status, nobody.status]).toEqual([403, 403]);
    expect(told(nobody)).toEqual(told(forbidden));
    const assigner = await site.login(await site.user({ permissions: ROLES.assigner }), { elevated: true });
    expect((await assigner.json(ACTION, { userId: 999_999 })).status).toBe(404);
    expect((await assigner.json(ACTION, {})).json.errors).toHaveProperty('userId');
  });

  const grouper = [...ROLES.editor, 'assignusergroup:members', 'assignusergroup:staff'];
  const rows: Array<{
    name: string;
    actor: readonly string[];
    target?: Partial<User>;
    fields: Record<string, unknown>;
    status: number;
  }> = [
    { name: 'a group one may assign', actor: grouper, fields: { groups: ['members', 'staff'] }, status: 200 },
    { name: 'a group one may not assign', actor: grouper, fields: { groups: ['chiefs'] }, status: 403 },
    {
      name: 'a group with permissions one lacks',
      actor: [...ROLES.editor, 'assignusergroup:chiefs'],
      fields: { groups: ['chiefs'] },
      status: 403,
    },
    {
      name: 'a group with permissions the target has anyhow',
      actor: [...ROLES.editor, 'assignusergroup:chiefs'],
      target: { permissions: ['viewusers', 'deleteusers'] },
      fields: { groups: ['chiefs'] },
      status: 200,
    },
    {
      name: 'taking away a group one may not assign, by an empty list',
      actor: grouper,
      target: { groups: ['chiefs'] },
      fields: { groups: [] },
      status: 403,
    },
    {
      name: 'taking away a group one may assign',
      actor: grouper,
      target: { groups: ['staff'] },
      fields: { groups: [] },
      status: 200,
    },
    {
      name: 'permissions with a right to groups only',
      actor: grouper,
      fields: { permissions: ['viewUsers'] },
      status: 403,
    },
    {
      name: 'the permissions the target has, with a right to groups only',
      actor: grouper,
      target: { permissions: ['viewusers'] },
      fields: { permissions: ['viewUsers'], groups: ['members'] },
      status: 200,
    },
    {
      name: 'permissions one has',
      actor: ROLES.assigner,
      fields: { permissions: ['viewUsers'] },
      status: 200,
    },
    {
      name: 'permissions one lacks',
      actor: ROLES.assigner,
      fields: { permissions: ['viewUsers', 'deleteUsers'] },
      status: 403,
    },
    {
      name: 'taking away permissions one lacks',
      actor: ROLES.assigner,
      target: { permissions: ['viewusers', 'deleteusers'] },
      fields: { permissions: ['viewUsers'] },
      status: 403,
    },
    {
      name: 'the parent that makes a nested permission count which one lacks',
      actor: ROLES.assigner,
      target: { permissions: ['editusers', 'administrateusers'] },
      fields: { permissions: ['viewUsers', 'editUsers', 'administrateUsers'] },
      status: 403,
    },
    {
      name: 'a right to assign, to groups one may not assign',
      actor: ROLES.assigner,
      fields: { permissions: ['assignUserGroup:chiefs'] },
      status: 403,
    },
    {
      name: 'groups with a right to permissions only',
      actor: ROLES.assigner,
      fields: { groups: ['members'] },
      status: 403,
    },
    { name: 'the administrator’s flag', actor: ROLES.assigner, fields: { admin: true }, status: 403 },
    { name: 'the flag as it is', actor: ROLES.assigner, fields: { admin: false }, status: 200 },
    { name: 'nothing', actor: ROLES.assigner, fields: {}, status: 200 },
    {
      name: 'anything of an administrator',
      actor: ROLES.assigner,
      target: { admin: true },
      fields: { permissions: [] },
      status: 403,
    },
  ];
  test.each(rows)('$name: $status', async ({ actor, target = {}, fields, status }) => {
    const site = await open({ users: USERS });
    const visitor = await site.login(await site.user({ permissions: actor }), { elevated: true });
    const user = await site.user({ password: null, ...target });
    const before = await stored(site, user);
    const answer = await visitor.json(ACTION, { userId: user.id, ...fields });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(await stored(site, user)).toEqual(before);
  });

  test('nobody gives himself more', async () => {
    const site = await open({ users: USERS });
    const self = await site.user({
      permissions: [...ROLES.assigner, 'assignusergroup:chiefs', 'assignusergroup:staff'],
    });
    const visitor = await site.login(self, { elevated: true });
    const before = await stored(site, self);
    for (const fields of [
      { permissions: [...before.permissions, 'deleteUsers'] },
      { groups: ['chiefs'] },
      { admin: true },
    ])
      expect((await visitor.json(ACTION, { userId: self.id, ...fields })).status).toBe(403);
    expect(await stored(site, self)).toEqual(before);
    const less = { userId: self.id, permissions: ['viewUsers', 'editUsers', 'assignUserPermissions'] };
    expect((await visitor.json(ACTION, less)).status).toBe(200);
    const again = { ...less, permissions: [...before.permissions] };
    expect((await visitor.json(ACTION, again)).status).toBe(403);
  });

  test('the last administrator cannot step down, and can once there is another', async () => {
    const site = await open({ users: USERS });
    const last = await site.user({ admin: true });
    const visitor = await site.login(last, { elevated: true });
    const answer = await visitor.json(ACTION, { userId: last.id, admin: false });
    expect([answer.status, answer.json.reason]).toEqual([409, 'last-admin']);
    expect((await stored(site, last)).admin).toBe(true);
    await site.user({ admin: true });
    expect((await visitor.json(ACTION, { userId: last.id, admin: false })).status).toBe(200);
    expect((await stored(site, last)).admin).toBe(false);
    expect((await visitor.read('users/get-users')).status).toBe(403);
  });

  test('two administrators who demote each other at once leave one', async () => {
    const site = await open({ users: USERS });
    const users = [await site.user({ admin: true }), await site.user({ admin: true })] as const;
    const one = await site.login(users[0], { elevated: true });
    const two = await site.login(users[1], { elevated: true });
    await Promise.all([
      one.json(ACTION, { userId: users[1].id, admin: false }),
      two.json(ACTION, { userId: users[0].id, admin: false }),
    ]);
    const left = await Promise.all(users.map((user) => stored(site, user)));
    expect(left.filter(({ admin }) => admin).length).toBe(1);
  });
});
