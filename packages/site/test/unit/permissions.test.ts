import { describe, expect, test } from 'vitest';
import { settingsSchema, type Settings } from '../../src/config.ts';
import {
  isKnownPermission,
  parentOf,
  permissionNames,
} from '../../src/users/permissions/permission-names.ts';
import { checkGroups, hasPermission, permissionsOf } from '../../src/users/permissions/permissions.ts';

type Groups = Record<string, { name: string; permissions?: string[] }>;

const settingsWith = (groups: Groups = {}, defaultGroup?: string): Pick<Settings, 'users'> =>
  settingsSchema.pick({ users: true }).parse({ users: { groups, ...(defaultGroup && { defaultGroup }) } });

const holder = (
  permissions: string[],
  more: { groups?: string[]; admin?: boolean } = {},
): Parameters<typeof hasPermission>[0] => ({ permissions, groups: [], admin: false, ...more });

describe('a permission counts only with what it is nested in', () => {
  const rows: Array<[held: string[], asked: string, expected: boolean]> = [
    [['viewUsers'], 'viewUsers', true],
    [['VIEWUSERS'], 'viewusers', true],
    [[], 'viewUsers', false],
    [['editUsers'], 'editUsers', false],
    [['viewUsers', 'editUsers'], 'editUsers', true],
    [['viewUsers', 'moderateUsers'], 'moderateUsers', false],
    [['editUsers', 'moderateUsers'], 'moderateUsers', false],
    [['viewUsers', 'editUsers', 'moderateUsers'], 'moderateUsers', true],
    [['viewUsers', 'deleteUsers'], 'deleteUsers', true],
    [['deleteUsers'], 'deleteUsers', false],
    [['viewUsers', 'editUsers', 'impersonateUsers'], 'impersonateUsers', false],
    [['viewUsers', 'editUsers', 'administrateUsers', 'impersonateUsers'], 'impersonateUsers', true],
    [['viewUsers', 'editUsers', 'assignUserGroup:staff'], 'assignUserGroup:STAFF', true],
    [['viewUsers', 'editUsers', 'assignUserGroup:staff'], 'assignUserGroup:members', false],
    [['assignUserGroup:staff'], 'assignUserGroup:staff', false],
    [['accessSiteWhenSystemIsOff'], 'accessSiteWhenSystemIsOff', true],
    [['performUpdates'], 'performUpdates', false],
    [['accessCp', 'accessPlugin-shop'], 'accessPlugin-shop', true],
    [['viewEntries:news', 'saveEntries:news'], 'saveEntries:news', true],
    [['viewEntries:blog', 'saveEntries:news'], 'saveEntries:news', false],
    [['viewEntries:news', 'savePeerEntries:news'], 'savePeerEntries:news', false],
    [['viewEntries:news', 'viewPeerEntries:news', 'savePeerEntries:news'], 'savePeerEntries:news', true],
    [['nonsense'], 'nonsense', true],
    [['viewUsers'], '__proto__', false],
    [['viewUsers'], '', false],
  ];
  test.each(rows)('%j → %s is %s', (held, asked, expected) => {
    expect(hasPermission(holder(held), settingsWith(), asked)).toBe(expected);
  });
});

test('administrators have every permission, whatever they hold', () => {
  expect(hasPermission(holder([], { admin: true }), settingsWith(), 'impersonateUsers')).toBe(true);
  expect(hasPermission(holder([], { admin: true }), settingsWith(), 'viewEntries:anything')).toBe(true);
});

test('a user has the permissions of his groups, together with his own', () => {
  const settings = settingsWith({
    staff: { name: 'Staff', permissions: ['viewUsers'] },
    editors: { name: 'Editors', permissions: ['editUsers'] },
  });
  const user = holder(['moderateUsers'], { groups: ['staff', 'editors'] });
  expect([...permissionsOf(user, settings)].sort()).toEqual(['editusers', 'moderateusers', 'viewusers']);
});

test('groups the configuration does not have give nothing', () => {
  const user = holder([], { groups: ['gone', 'constructor', '__proto__'] });
  expect([...permissionsOf(user, settingsWith())]).toEqual([]);
});

describe('names', () => {
  test.each([
    'viewUsers',
    'VIEWUSERS',
    ' viewUsers ',
    'assignUserGroup:x',
    'accessPlugin-x',
    'viewEntries:a-b',
  ])('%j is known', (name) => expect(isKnownPermission(name)).toBe(true));
  test.each([
    '',
    'viewUser',
    'assignUserGroup',
    'assignUserGroup:',
    'viewUsers:x',
    'constructor',
    'accessPlugin-',
  ])('%j is not', (name) => expect(isKnownPermission(name)).toBe(false));
  test('what stands in the middle of a name is no pattern', () => {
    expect(parentOf('savepeerentries:news')).toBe('viewpeerentries:news');
    expect(parentOf('assignusergroup:staff')).toBe('editusers');
    expect(parentOf('viewusers')).toBeUndefined();
  });
});

describe('checkGroups', () => {
  test('accepts all permissions there are', () => {
    const all = permissionNames.map((name) => name.replace('<handle>', 'staff'));
    expect(() => checkGroups(settingsWith({ staff: { name: 'Staff', permissions: all } }))).not.toThrow();
  });

  test('names every permission that is none, and where it stands', () => {
    const settings = settingsWith({
      staff: { name: 'Staff', permissions: ['veiwUsers', 'editUsers'] },
      members: { name: 'Members', permissions: ['assignUserGroup:nobody'] },
    });
    expect(() => checkGroups(settings)).toThrow(
      /users\.groups\.staff\.permissions: "veiwUsers".*\n.*users\.groups\.members\.permissions: "assignUserGroup:nobody": there is no group "nobody"/,
    );
    expect(() => checkGroups(settings)).toThrow(/Permissions are: .*viewUsers, editUsers/);
  });

  test('refuses a default group that is none', () => {
    expect(() => checkGroups(settingsWith({}, 'members'))).toThrow(
      /users\.defaultGroup: there is no group "members"/,
    );
  });

  test('refuses two groups whose handles differ in case alone, since permissions do not tell them apart', () => {
    const settings = settingsWith({ staff: { name: 'Staff' }, Staff: { name: 'Other' } });
    expect(() => checkGroups(settings)).toThrow(/users\.groups\.Staff/);
  });
});
