import { describe, expect, test } from 'vitest';
import { settingsSchema } from '../../src/config.ts';
import { field } from '../../src/fields/define.ts';
import { photoUrl } from '../../src/files/photo-url.ts';
import type { User } from '../../src/users/user.ts';
import { friendlyName, managedUser, ownUser, publicUser } from '../../src/users/user-view.ts';

const settings = settingsSchema.parse({
  users: {
    groups: { staff: { name: 'Staff', permissions: ['viewUsers'] } },
    fields: { bio: field.text(), news: field.lightswitch({ default: true }) },
  },
});
const viewing = { settings, now: () => 10_000 };

/** Every property of a user, with a text in it that can be found again, or a time. */
const user: User = {
  id: 7,
  uid: 'uid-of-ada',
  username: 'ada',
  email: 'ada@example.com',
  unverifiedEmail: 'new-ada@example.com',
  fullName: 'Ada Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  status: 'active',
  verified: true,
  approved: true,
  suspended: false,
  admin: false,
  groups: ['staff', 'gone'],
  permissions: ['editusers'],
  passwordHash: 'HASH',
  passwordResetRequired: false,
  lastPasswordChangeAt: 1_000,
  credentialsVersion: 424242,
  invalidLoginCount: 3,
  invalidLoginWindowStart: 2_000,
  lastInvalidLoginAt: 3_000,
  lockedAt: 4_000,
  lastLoginAt: 5_000,
  lastLoginIp: '192.0.2.7',
  photo: {
    id: 'photo-id',
    storageKey: 'STORAGE/KEY',
    mediaType: 'image/webp',
    width: 1,
    height: 1,
    bytes: 1,
  },
  fields: { bio: 'Wrote a program.' },
  createdAt: 6_000,
  updatedAt: 7_000,
};

const named = { ...user, photoUrl: photoUrl(settings, user.photo) };

/** What becomes of each property of a user: who may see it, under which names. A new one must be put here. */
const SEEN: Record<keyof User, { by: 'all' | 'oneself' | 'managers' | 'nobody'; as: string[] }> = {
  id: { by: 'all', as: ['id'] },
  uid: { by: 'all', as: ['uid'] },
  username: { by: 'all', as: ['username'] },
  fullName: { by: 'all', as: ['fullName'] },
  firstName: { by: 'all', as: ['firstName', 'friendlyName'] },
  lastName: { by: 'all', as: ['lastName'] },
  email: { by: 'oneself', as: ['email'] },
  unverifiedEmail: { by: 'oneself', as: ['unverifiedEmail'] },
  status: { by: 'oneself', as: ['status'] },
  admin: { by: 'oneself', as: ['admin'] },
  groups: { by: 'oneself', as: ['groups'] },
  photo: { by: 'oneself', as: ['photoId'] },
  passwordHash: { by: 'oneself', as: ['hasPassword'] },
  passwordResetRequired: { by: 'oneself', as: ['passwordResetRequired'] },
  lastPasswordChangeAt: { by: 'oneself', as: ['lastPasswordChangeDate'] },
  lastLoginAt: { by: 'oneself', as: ['lastLoginDate'] },
  fields: { by: 'oneself', as: ['fields'] },
  createdAt: { by: 'oneself', as: ['dateCreated'] },
  updatedAt: { by: 'oneself', as: ['dateUpdated'] },
  verified: { by: 'managers', as: ['verified'] },
  approved: { by: 'managers', as: ['approved'] },
  suspended: { by: 'managers', as: ['suspended'] },
  permissions: { by: 'managers', as: ['permissions', 'effectivePermissions'] },
  invalidLoginCount: { by: 'managers', as: ['invalidLoginCount'] },
  lastInvalidLoginAt: { by: 'managers', as: ['lastInvalidLoginDate'] },
  lockedAt: { by: 'managers', as: ['locked', 'lockoutDate'] },
  credentialsVersion: { by: 'nobody', as: [] },
  invalidLoginWindowStart: { by: 'nobody', as: [] },
  lastLoginIp: { by: 'nobody', as: [] },
};

/** Made of others. */
const DERIVED = { all: ['photoUrl'], oneself: [], managers: ['active', 'pending'] };

const expected = (...viewers: Array<'all' | 'oneself' | 'managers'>): string[] =>
  [
    ...Object.values(SEEN).flatMap(({ by, as }) => (viewers.some((viewer) => viewer === by) ? as : [])),
    ...viewers.flatMap((viewer) => DERIVED[viewer]),
  ].sort();

describe('every property of a user is on one list', () => {
  test('a new one is not forgotten', () => {
    expect(Object.keys(SEEN).sort()).toEqual(Object.keys(user).sort());
  });
  test('anybody sees these', () => {
    expect(Object.keys(publicUser(named)).sort()).toEqual(expected('all'));
  });
  test('oneself sees these', () => {
    expect(Object.keys(ownUser(user, settings)).sort()).toEqual(expected('all', 'oneself'));
  });
  test('those who administer accounts see these', () => {
    expect(Object.keys(managedUser(user, viewing)).sort()).toEqual(expected('all', 'oneself', 'managers'));
  });
});

test('no view holds a hash, a stamp, an address of the client or a path of the storage', () => {
  const views = JSON.stringify([publicUser(named), ownUser(user, settings), managedUser(user, viewing)]);
  for (const secret of ['HASH', '424242', '192.0.2.7', 'STORAGE']) expect(views).not.toContain(secret);
});

test('nobody else sees an e-mail address', () => {
  expect(JSON.stringify(publicUser(named))).not.toContain('example.com');
});

test('a username that is the e-mail address is not for all', () => {
  const address = 'ADA@example.com';
  for (const firstName of [null, address]) {
    const shown = publicUser({
      ...named,
      username: address,
      firstName,
      fullName: address,
      lastName: address,
    });
    expect(shown).toEqual({
      id: 7,
      uid: 'uid-of-ada',
      username: null,
      fullName: null,
      firstName: null,
      lastName: null,
      friendlyName: null,
      photoUrl: '/_portico/photos/photo-id.webp',
    });
  }
});

test('the IP is shown only where it is stored', () => {
  expect(managedUser(user, { ...viewing, settings: { ...settings, storeUserIps: true } }).lastLoginIp).toBe(
    '192.0.2.7',
  );
});

test('times are ISO strings or null', () => {
  const shown = managedUser({ ...user, lastLoginAt: null }, viewing);
  expect(shown.dateCreated).toBe('1970-01-01T00:00:06.000Z');
  expect(shown.lockoutDate).toBe('1970-01-01T00:00:04.000Z');
  expect(shown.lastLoginDate).toBeNull();
});

test('groups are those the configuration has, and their permissions count', () => {
  const shown = managedUser(user, viewing);
  expect(shown.groups).toEqual(['staff']);
  expect(shown.permissions).toEqual(['editusers']);
  expect([...shown.effectivePermissions].sort()).toEqual(['editusers', 'viewusers']);
});

test('every field that is declared is there, and those that were dropped are as they were stored', () => {
  const stored = { ...user, fields: { bio: 'Wrote a program.', gone: 1 } };
  for (const shown of [ownUser(stored, settings), managedUser(stored, viewing)])
    expect(shown.fields).toEqual({ bio: 'Wrote a program.', news: true, gone: 1 });
  expect(ownUser({ ...user, fields: { news: false } }, settings).fields).toEqual({ bio: null, news: false });
});

test.each([
  [{ cooldownDuration: 300 }, 303_999, true],
  [{ cooldownDuration: 300 }, 304_000, false],
  [{ cooldownDuration: 0 }, Number.MAX_SAFE_INTEGER, true],
  [{ maxInvalidLogins: false }, 4_001, false],
] as const)('with %j locked at 4000 is at %d locked: %s', (rules, now, locked) => {
  const shown = managedUser(user, { settings: { ...settings, ...rules }, now: () => now });
  expect([shown.locked, shown.lockoutDate]).toEqual([locked, '1970-01-01T00:00:04.000Z']);
});

test.each([
  ['Ada', 'ada', 'Ada'],
  [null, 'ada', 'ada'],
  [null, null, null],
  [null, 'ADA@example.com', null],
  [null, 'former-address@example.com', null],
  ['ada@example.com', 'ada', 'ada'],
  ['ada@example.com', 'ada@example.com', null],
])('who is called %j with the username %j is greeted as %j', (firstName, username, expected) => {
  expect(friendlyName({ firstName, username, email: 'ada@example.com' })).toBe(expected);
});
