import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../src/config.ts';
import {
  exceeds,
  mayManage,
  needsElevation,
  type Actor,
  type ManageVerdict,
  type ManagingAct,
} from '../../src/users/administration/may-manage.ts';
import type { User } from '../../src/users/user.ts';

const settings = settingsSchema.parse({
  users: { groups: { staff: { name: 'Staff', permissions: ['viewUsers', 'editUsers'] } } },
});

let lastId = 0;

function user(more: Partial<User> = {}): User {
  const id = (lastId += 1);
  return {
    id,
    uid: `uid${id}`,
    username: `user${id}`,
    email: `user${id}@example.com`,
    unverifiedEmail: null,
    fullName: null,
    firstName: null,
    lastName: null,
    status: 'active',
    verified: true,
    approved: true,
    suspended: false,
    admin: false,
    groups: [],
    permissions: [],
    passwordHash: null,
    passwordResetRequired: false,
    lastPasswordChangeAt: null,
    credentialsVersion: 1,
    invalidLoginCount: 0,
    invalidLoginWindowStart: null,
    lastInvalidLoginAt: null,
    lockedAt: null,
    lastLoginAt: null,
    lastLoginIp: null,
    photo: null,
    fields: {},
    createdAt: 0,
    updatedAt: 0,
    ...more,
  };
}

const EDITS = ['viewusers', 'editusers'];

/** Every kind of actor, by what he is permitted. */
const ACTORS = {
  admin: user({ admin: true }),
  nobody: user(),
  viewer: user({ permissions: ['viewusers'] }),
  editor: user({ permissions: EDITS }),
  moderator: user({ permissions: [...EDITS, 'moderateusers'] }),
  administrator: user({ permissions: [...EDITS, 'administrateusers'] }),
  impersonator: user({ permissions: [...EDITS, 'administrateusers', 'impersonateusers'] }),
  deleter: user({ permissions: ['viewusers', 'deleteusers'] }),
  assigner: user({ permissions: [...EDITS, 'assignuserpermissions'] }),
  grouper: user({ groups: ['staff'], permissions: ['assignusergroup:staff'] }),
  // Nested permissions alone are worth nothing.
  orphan: user({ permissions: ['moderateusers', 'administrateusers', 'impersonateusers', 'deleteusers'] }),
} as const;
type Role = keyof typeof ACTORS;

const otherAdmin = user({ admin: true });
const admins = [ACTORS.admin.id, otherAdmin.id];

interface Expectation {
  /** Who may do it to an ordinary user, besides administrators. */
  readonly allowed: readonly Role[];
  /** Who may do it to himself. */
  readonly self: readonly Role[] | 'all';
  /** What one is told who may do it to others but not to himself. */
  readonly selfVerdict?: ManageVerdict;
  /** Whether administrators are no exception for those who may do it to others. */
  readonly adminTarget?: ManageVerdict;
}

const EXPECTED: Readonly<Record<ManagingAct, Expectation>> = {
  view: {
    allowed: [
      'viewer',
      'editor',
      'moderator',
      'administrator',
      'impersonator',
      'deleter',
      'assigner',
      'grouper',
    ],
    self: 'all',
    adminTarget: 'allow',
  },
  activate: { allowed: ['administrator', 'impersonator'], self: ['admin', 'administrator', 'impersonator'] },
  deactivate: { allowed: ['administrator', 'impersonator'], self: 'all' },
  suspend: { allowed: ['moderator'], self: [], selfVerdict: 'self' },
  unsuspend: { allowed: ['moderator'], self: [], selfVerdict: 'self' },
  unlock: { allowed: ['moderator'], self: [], selfVerdict: 'self' },
  delete: { allowed: ['deleter'], self: 'all' },
  demote: { allowed: [], self: ['admin'] },
  requirePasswordReset: {
    allowed: ['administrator', 'impersonator'],
    self: ['admin', 'administrator', 'impersonator'],
  },
  removePasswordResetRequirement: {
    allowed: ['administrator', 'impersonator'],
    self: [],
    selfVerdict: 'self',
  },
  getPasswordResetUrl: { allowed: ['administrator', 'impersonator'], self: [], selfVerdict: 'self' },
  assign: { allowed: ['assigner', 'grouper'], self: ['admin', 'assigner', 'grouper'] },
  impersonate: { allowed: ['impersonator'], self: [], selfVerdict: 'self' },
};

const ACTS = Object.keys(EXPECTED) as ManagingAct[];
const ROLES = Object.keys(ACTORS) as Role[];

function verdict(
  act: ManagingAct,
  actor: User,
  target: User | undefined,
  more: { targetId?: number; impersonatorId?: number | null; admins?: readonly number[] } = {},
): ManageVerdict {
  const who: Actor = { user: actor, impersonatorId: more.impersonatorId ?? null };
  const targetId = more.targetId ?? target?.id ?? 999_999;
  return mayManage({ actor: who, target, targetId, act, admins: more.admins ?? admins, settings });
}

describe.each(ACTS)('%s', (act) => {
  const { allowed, self, selfVerdict = 'forbidden', adminTarget = 'admin-target' } = EXPECTED[act];
  const isAllowed = (role: Role): boolean => role === 'admin' || allowed.includes(role);

  test.each(ROLES)('%s to an ordinary user', (role) => {
    expect(verdict(act, ACTORS[role], user())).toBe(isAllowed(role) ? 'allow' : 'forbidden');
  });

  test.each(ROLES)('%s to an administrator (CVE-2026-86731)', (role) => {
    const expected = role === 'admin' ? 'allow' : isAllowed(role) ? adminTarget : 'forbidden';
    expect(verdict(act, ACTORS[role], otherAdmin)).toBe(expected);
  });

  test.each(ROLES)('%s to an administrator who is suspended or inactive', (role) => {
    const expected = isAllowed(role) ? adminTarget : 'forbidden';
    if (role === 'admin')
      return expect(verdict(act, ACTORS.admin, user({ admin: true, status: 'pending' }))).not.toBe(
        'admin-target',
      );
    expect(verdict(act, ACTORS[role], user({ admin: true, status: 'inactive' }))).toBe(expected);
    expect(verdict(act, ACTORS[role], user({ admin: true, suspended: true }))).toBe(expected);
  });

  test.each(ROLES)('%s to oneself', (role) => {
    const expected =
      self === 'all' || self.includes(role) ? 'allow' : isAllowed(role) ? selfVerdict : 'forbidden';
    expect(verdict(act, ACTORS[role], ACTORS[role])).toBe(expected);
  });

  test.each(ROLES)('%s to nobody: who has no right learns nothing of that', (role) => {
    expect(verdict(act, ACTORS[role], undefined)).toBe(isAllowed(role) ? 'not-found' : 'forbidden');
  });

  test('in another’s name only what takes no elevated session', () => {
    const { admin } = ACTORS;
    const done = verdict(act, admin, user(), { impersonatorId: otherAdmin.id });
    expect(done).toBe(needsElevation(act, false) ? 'impersonating' : 'allow');
    const toSelf = verdict(act, admin, admin, { impersonatorId: otherAdmin.id });
    if (needsElevation(act, true)) expect(toSelf).toBe('impersonating');
  });
});

describe('the last administrator', () => {
  const { admin } = ACTORS;
  const acts: ManagingAct[] = ['deactivate', 'delete', 'demote'];

  test.each(acts)('cannot %s', (act) => {
    expect(verdict(act, admin, admin, { admins: [admin.id] })).toBe('last-admin');
  });
  test('cannot be suspended, should another have been until a moment ago', () => {
    expect(verdict('suspend', otherAdmin, admin, { admins: [admin.id] })).toBe('last-admin');
  });
  test.each(acts)('is not the one who cannot sign in: %s', (act) => {
    expect(verdict(act, admin, user({ admin: true, suspended: true }), { admins: [admin.id] })).toBe('allow');
  });
  test('is not looked for where nobody asked the database', () => {
    const given = {
      actor: { user: admin, impersonatorId: null },
      target: otherAdmin,
      targetId: otherAdmin.id,
      settings,
    };
    expect(() => mayManage({ ...given, act: 'delete' })).toThrow(/needs the ids/);
  });
});

describe('the account one really is, while impersonating', () => {
  test.each(['unlock', 'unsuspend', 'suspend', 'removePasswordResetRequirement'] as const)(
    'cannot %s',
    (act) => {
      const really = user({ admin: true, lockedAt: 1 });
      expect(verdict(act, ACTORS.admin, really, { impersonatorId: really.id })).toBe('self');
    },
  );
});

describe('taking another’s place', () => {
  const more = user({ permissions: ['viewusers', 'deleteusers'] });

  test.each(['impersonate', 'getPasswordResetUrl'] as const)(
    '%s takes all permissions of the target',
    (act) => {
      expect(verdict(act, ACTORS.impersonator, more)).toBe('exceeds');
      expect(verdict(act, ACTORS.impersonator, ACTORS.editor)).toBe('allow');
      expect(verdict(act, ACTORS.admin, more)).toBe('allow');
    },
  );
  test('what the target holds to no effect does not count', () => {
    expect(verdict('impersonate', ACTORS.impersonator, user({ permissions: ['deleteusers'] }))).toBe('allow');
  });
  test('what the target has through a group does', () => {
    const actor = user({ permissions: ['viewusers', 'editusers', 'administrateusers', 'impersonateusers'] });
    expect(verdict('impersonate', actor, user({ groups: ['staff'], permissions: ['moderateusers'] }))).toBe(
      'exceeds',
    );
  });
  test('nobody is impersonated who cannot sign in', () => {
    for (const target of [
      user({ status: 'pending' }),
      user({ status: 'inactive' }),
      user({ suspended: true }),
    ])
      expect(verdict('impersonate', ACTORS.admin, target)).toBe('not-active');
    expect(verdict('impersonate', ACTORS.admin, user({ lockedAt: 1 }))).toBe('allow');
  });
  test('a closed account has no password to be reset', () => {
    expect(verdict('getPasswordResetUrl', ACTORS.admin, user({ status: 'inactive' }))).toBe('not-active');
    expect(verdict('getPasswordResetUrl', ACTORS.admin, user({ status: 'pending' }))).toBe('allow');
  });
});

test('an elevated session is needed for one’s own end and for another’s place or rights', () => {
  const needed = ACTS.filter((act) => needsElevation(act, false));
  expect(needed.sort()).toEqual(['assign', 'demote', 'getPasswordResetUrl', 'impersonate']);
  const neededBySelf = ACTS.filter((act) => needsElevation(act, true));
  expect(neededBySelf.sort()).toEqual([...needed, 'deactivate', 'delete'].sort());
});

test.each([
  ['nobody exceeds an administrator', ACTORS.impersonator, ACTORS.admin, false],
  ['an administrator exceeds all others', ACTORS.admin, ACTORS.impersonator, true],
  ['equals do not exceed each other', ACTORS.editor, user({ permissions: EDITS }), false],
])('%s', (_name, other, one, expected) => {
  expect(exceeds(other, one, settings)).toBe(expected);
});
