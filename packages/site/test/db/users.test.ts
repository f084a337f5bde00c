import { describe, expect, it } from 'vitest';
import { TakenError, type UserSearch } from '../../src/users/user-store.ts';
import type { User, UserChanges } from '../../src/users/user.ts';
import { describeDatabases } from '../support/databases.ts';
import { HOSTILE, userNamed } from './fixtures.ts';

const NOW = 1_700_000_000_000;

const WHOLE: Required<UserChanges> = {
  username: 'Ada',
  email: 'Ada@Example.com',
  unverifiedEmail: 'new@example.com',
  fullName: 'Ada King Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  status: 'active',
  verified: true,
  approved: true,
  suspended: true,
  admin: true,
  groups: ['authors', 'editors'],
  permissions: ['a:b', 'c'],
  passwordHash: '$argon2id$x',
  passwordResetRequired: true,
  lastPasswordChangeAt: NOW - 1,
  invalidLoginCount: 3,
  invalidLoginWindowStart: NOW - 2,
  lastInvalidLoginAt: NOW - 3,
  lockedAt: NOW - 4,
  lastLoginAt: NOW - 5,
  lastLoginIp: '2001:db8::1',
  photo: { id: 'p1', storageKey: 'photos/p1.webp', mediaType: 'image/webp', width: 3, height: 2, bytes: 99 },
  fields: { bio: 'Hello', tags: ['a', 'b'], deep: { n: 1.5, yes: true, none: null } },
  endSessions: false,
};

describeDatabases('users', ({ open }) => {
  it('gives back what was inserted, and leaves nothing out', async () => {
    const { users } = (await open()).database;
    const { endSessions: _, ...whole } = WHOLE;
    const made = await users.insert(whole, NOW);
    expect(made).toEqual({
      ...whole,
      id: made.id,
      uid: made.uid,
      credentialsVersion: 1,
      createdAt: NOW,
      updatedAt: NOW,
    });
    expect(made.uid).toMatch(/^[\da-f-]{36}$/);
    expect(await users.find(made.id)).toEqual(made);
    expect(await users.findByUid(made.uid)).toEqual(made);
    expect(await users.lock(made.id)).toEqual(made);
  });

  it('finds many at once, in the order of the ids', async () => {
    const { users } = (await open()).database;
    const ada = await users.insert(userNamed('ada', { groups: ['editors'], permissions: ['a:b'] }), NOW);
    const bob = await users.insert(userNamed('bob'), NOW);
    await users.insert(userNamed('cy'), NOW);
    expect(await users.findMany([bob.id, 99, NaN, 2 ** 60, ada.id, bob.id])).toEqual([bob, ada, bob]);
    const many = Array.from({ length: 2500 }, (_, n) => n + 1000);
    expect(await users.findMany([...many, ada.id])).toEqual([ada]);
    expect(await users.findMany([])).toEqual([]);
  });

  it('begins with nothing where nothing is said', async () => {
    const { users } = (await open()).database;
    const made = await users.insert(
      { email: 'a@b.c', status: 'inactive', verified: false, approved: false },
      NOW,
    );
    expect(made).toEqual({
      id: made.id,
      uid: made.uid,
      email: 'a@b.c',
      status: 'inactive',
      verified: false,
      approved: false,
      username: null,
      unverifiedEmail: null,
      fullName: null,
      firstName: null,
      lastName: null,
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
      createdAt: NOW,
      updatedAt: NOW,
    } satisfies User);
  });

  it('knows nobody by an id, uid or name that nobody has', async () => {
    const { users } = (await open()).database;
    await users.insert(userNamed('ada'), NOW);
    for (const id of [0, -1, 99, 1.5, NaN, Infinity, 2 ** 53, 1e300]) {
      expect(await users.find(id)).toBeUndefined();
      expect(await users.lock(id)).toBeUndefined();
    }
    expect(await users.findByUid('nobody')).toBeUndefined();
    for (const name of ['', ' ', '@', 'ad', 'ada ada', 'ada@example.org', '%', 'a\0da']) {
      expect(await users.findByLoginName(name)).toBeUndefined();
      expect(await users.findByEmail(name)).toBeUndefined();
    }
  });

  it('finds by username and by e-mail address, whatever the case', async () => {
    const { users } = (await open()).database;
    const ada = await users.insert(userNamed('Ada', { email: 'Ada@Bücher.example' }), NOW);
    for (const name of ['ada', 'ADA', ' ada ', 'ADA@BÜCHER.EXAMPLE', 'ada@xn--bcher-kva.example'])
      expect((await users.findByLoginName(name))?.id).toBe(ada.id);
    expect((await users.findByEmail('ADA@bücher.example'))?.id).toBe(ada.id);
    expect(await users.findByEmail('ada')).toBeUndefined();
  });

  it('finds active and pending accounts before inactive ones', async () => {
    const { users } = (await open()).database;
    const closed = { status: 'inactive' } as const;
    await users.insert(userNamed('ada', closed), NOW);
    const pending = await users.insert(userNamed('ada', { status: 'pending' }), NOW);
    const newest = await users.insert(userNamed('ada', closed), NOW);
    expect((await users.findByLoginName('ada'))?.id).toBe(pending.id);
    expect((await users.findByEmail('ada@example.com'))?.id).toBe(pending.id);
    await users.update(pending.id, { status: 'inactive' }, NOW);
    await users.delete(newest.id);
    expect((await users.findByLoginName('ada'))?.id).toBe(pending.id);
  });

  it('lets nobody shut another out by taking an address as a username', async () => {
    const { users } = (await open()).database;
    const ada = await users.insert(userNamed('ada'), NOW);
    await users.insert(userNamed('mallory', { username: 'ada@example.com' }), NOW);
    expect((await users.findByLoginName('ADA@example.com'))?.id).toBe(ada.id);
  });

  describe('uniqueness', () => {
    it.each([
      ['email', { email: 'ADA@example.COM', username: 'other' }],
      ['username', { email: 'other@example.com', username: 'ADA' }],
    ] as const)('refuses a second account with the same %s, whatever the case', async (field, names) => {
      const { users } = (await open()).database;
      await users.insert(userNamed('ada'), NOW);
      for (const status of ['active', 'pending'] as const) {
        const refused = await users
          .insert({ ...userNamed('x'), ...names, status }, NOW)
          .catch((e: unknown) => e);
        expect(refused).toBeInstanceOf(TakenError);
        expect(refused).toMatchObject({ field });
      }
      const bob = await users.insert(userNamed('bob'), NOW);
      const refused = await users.update(bob.id, { [field]: names[field] }, NOW).catch((e: unknown) => e);
      expect(refused).toMatchObject({ name: 'TakenError', field });
      expect(await users.find(bob.id)).toEqual(bob);
    });

    it('lets inactive accounts share names with each other and with one that counts', async () => {
      const { users } = (await open()).database;
      const first = await users.insert(userNamed('ada', { status: 'inactive' }), NOW);
      await users.insert(userNamed('ada', { status: 'inactive' }), NOW);
      const active = await users.insert(userNamed('ada'), NOW);
      await expect(users.update(first.id, { status: 'pending' }, NOW)).rejects.toThrow(TakenError);
      await users.update(active.id, { status: 'inactive' }, NOW);
      expect((await users.update(first.id, { status: 'active' }, NOW)).status).toBe('active');
      await expect(users.update(active.id, { status: 'active' }, NOW)).rejects.toThrow(TakenError);
    });

    it('keeps names free that an inactive account is given', async () => {
      const { users } = (await open()).database;
      const closed = await users.insert(userNamed('ada', { status: 'inactive' }), NOW);
      await users.update(closed.id, { email: 'bob@example.com', username: 'bob' }, NOW);
      await users.insert(userNamed('bob'), NOW);
      const eve = await users.insert(userNamed('eve'), NOW);
      await users.update(eve.id, { email: 'new@example.com', username: null }, NOW);
      expect((await users.insert(userNamed('eve'), NOW)).username).toBe('eve');
      await expect(users.insert(userNamed('x', { email: 'NEW@example.com' }), NOW)).rejects.toThrow(
        TakenError,
      );
    });

    it('claims both names when the status changes together with one of them', async () => {
      const { users } = (await open()).database;
      const closed = await users.insert(userNamed('ada', { status: 'inactive' }), NOW);
      await users.update(closed.id, { status: 'active', email: 'neu@example.com' }, NOW);
      await expect(users.insert(userNamed('x', { email: 'neu@example.com' }), NOW)).rejects.toMatchObject({
        field: 'email',
      });
      await expect(users.insert(userNamed('x', { username: 'Ada' }), NOW)).rejects.toMatchObject({
        field: 'username',
      });
      expect((await users.insert(userNamed('y', { email: 'ada@example.com' }), NOW)).email).toBe(
        'ada@example.com',
      );
    });

    it('makes one user of fifty who register one address at once', async () => {
      const { users } = (await open()).database;
      const others = (await open()).database.users;
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 === 0 ? users : others).insert(
            userNamed(`user${index}`, { email: index % 3 === 0 ? 'ada@example.com' : 'Ada@Example.Com' }),
            NOW,
          ),
        ),
      );
      const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(refusals).toHaveLength(49);
      for (const refusal of refusals) expect(refusal).toMatchObject({ name: 'TakenError', field: 'email' });
      expect((await users.list({ limit: 100, offset: 0 })).total).toBe(1);
    });
  });

  describe('update', () => {
    it.each(Object.entries(WHOLE).filter(([key]) => key !== 'endSessions'))(
      'of %s changes nothing else',
      async (key, value) => {
        const { users } = (await open()).database;
        const before = await users.insert(userNamed('bob', { groups: ['g'], permissions: ['p'] }), NOW);
        const after = await users.update(before.id, { [key]: value }, NOW + 5);
        expect(after).toEqual({ ...before, [key]: value, updatedAt: NOW + 5 });
        expect(await users.find(before.id)).toEqual(after);
      },
    );

    it('empties what is set to null, false or nothing', async () => {
      const { users } = (await open()).database;
      const { endSessions: _, ...whole } = WHOLE;
      const { id } = await users.insert(whole, NOW);
      const nothing = { photo: null, fields: {}, groups: [], permissions: [], admin: false, lockedAt: null };
      expect(await users.update(id, nothing, NOW)).toMatchObject(nothing);
    });

    it('loses nothing of what two change at once', async () => {
      const { users } = (await open()).database;
      const others = (await open()).database.users;
      const { id } = await users.insert(userNamed('ada'), NOW);
      await Promise.all([
        users.update(id, { firstName: 'Ada' }, NOW),
        others.update(id, { lastName: 'Lovelace' }, NOW),
        users.update(id, { groups: ['a', 'b'] }, NOW),
        others.update(id, { groups: ['a', 'b'], email: 'neu@example.com' }, NOW),
        users.update(id, { status: 'pending' }, NOW),
        others.update(id, { permissions: ['p'] }, NOW),
      ]);
      expect(await users.find(id)).toMatchObject({
        firstName: 'Ada',
        lastName: 'Lovelace',
        groups: ['a', 'b'],
        permissions: ['p'],
        email: 'neu@example.com',
        status: 'pending',
      });
      await expect(users.insert(userNamed('x', { email: 'NEU@example.com' }), NOW)).rejects.toThrow(
        TakenError,
      );
    });

    it('ends sessions by raising the version and removing the rows', async () => {
      const { database, sessionStore } = await open({ now: () => NOW });
      const { users, sessions } = database;
      const [ada, bob] = [
        await users.insert(userNamed('ada'), NOW),
        await users.insert(userNamed('bob'), NOW),
      ];
      for (const [key, { id }] of [
        ['a1', ada],
        ['a2', ada],
        ['b1', bob],
      ] as const)
        await sessionStore.write(
          key,
          { data: {}, version: 1, createdAt: NOW, expiresAt: NOW + 1000, userId: String(id) },
          0,
        );
      const changed = await users.update(ada.id, { passwordHash: 'new', endSessions: true }, NOW);
      expect(changed.credentialsVersion).toBe(2);
      expect(await sessions.listOf(ada.id, NOW)).toEqual([]);
      expect(await sessions.listOf(bob.id, NOW)).toHaveLength(1);
      expect((await users.update(ada.id, { endSessions: false }, NOW)).credentialsVersion).toBe(2);
    });

    it('says so when there is no such user', async () => {
      const { users } = (await open()).database;
      await expect(users.update(7, { firstName: 'x' }, NOW)).rejects.toThrow('The user 7 does not exist');
    });
  });

  it('deletes a user with everything of theirs, and never gives the id out again', async () => {
    const { database, sessionStore, kysely } = await open({ now: () => NOW });
    const { users, codes, impersonationTokens, sessions } = database;
    const keeper = await users.insert(userNamed('bob', { groups: ['g'] }), NOW);
    const { id } = await users.insert(userNamed('ada', { groups: ['g'], permissions: ['p'] }), NOW);
    await codes.replace({ userId: id, purpose: 'activate', hash: 'h', issuedAt: NOW, expiresAt: NOW });
    await impersonationTokens.insert({
      hash: 'i',
      issuerId: keeper.id,
      issuerStamp: 1,
      userId: id,
      expiresAt: NOW,
    });
    const record = { data: {}, version: 1, createdAt: NOW, expiresAt: NOW + 1, userId: String(id) };
    await sessionStore.write('s', record, 0);
    await users.delete(id);
    expect(await users.find(id)).toBeUndefined();
    expect(await codes.find(id, 'h')).toBeUndefined();
    expect(await impersonationTokens.find('i')).toBeUndefined();
    expect(await sessions.listOf(id, NOW)).toEqual([]);
    const memberships = await kysely.selectFrom('user_groups').select('user_id').execute();
    expect(memberships).toEqual([{ user_id: keeper.id }]);
    expect(await kysely.selectFrom('user_permissions').selectAll().execute()).toEqual([]);
    expect((await users.insert(userNamed('eve'), NOW)).id).toBeGreaterThan(id);
  });

  it('tells which administrators can sign in', async () => {
    const { users, ...rest } = (await open()).database;
    const first = await users.insert(userNamed('a', { admin: true }), NOW);
    await users.insert(userNamed('b', { admin: true, suspended: true }), NOW);
    await users.insert(userNamed('c', { admin: true, status: 'pending' }), NOW);
    await users.insert(userNamed('d'), NOW);
    const last = await users.insert(userNamed('e', { admin: true }), NOW);
    expect(await rest.transaction((stores) => stores.users.lockAdmins())).toEqual([first.id, last.id]);
  });

  it('never removes the last administrator when two remove one another at once', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const ids = [
      (await one.users.insert(userNamed('a', { admin: true }), NOW)).id,
      (await one.users.insert(userNamed('b', { admin: true }), NOW)).id,
    ] as const;
    const remove = (database: typeof one, id: number): Promise<boolean> =>
      database.transaction(async ({ users }) => {
        const admins = await users.lockAdmins();
        if (!admins.some((admin) => admin !== id)) return false;
        await users.delete(id);
        return true;
      });
    const removed = await Promise.all([remove(one, ids[0]), remove(other, ids[1])]);
    expect(removed.toSorted()).toEqual([false, true]);
  });

  describe('list', () => {
    const everybody = { limit: 100, offset: 0 };
    const cases: [string, Partial<UserSearch>, string[]][] = [
      ['everybody, newest first', {}, ['umlaut', 'locked', 'eve', 'bob', 'ada']],
      ['a page', { limit: 2, offset: 1 }, ['locked', 'eve']],
      ['a status', { status: 'pending' }, ['eve']],
      ['the suspended', { status: 'suspended' }, ['bob']],
      ['the locked', { status: 'locked' }, ['locked']],
      ['a group', { group: 'authors' }, ['bob', 'ada']],
      ['a part of an e-mail address', { search: 'DA@EXAM' }, ['ada']],
      ['a part of a full name', { search: 'lovelace' }, ['ada']],
      ['an umlaut, whatever the case', { search: 'ÄHRE' }, ['umlaut']],
      ['everything together', { search: 'b', status: 'active', group: 'authors' }, ['bob']],
      ['no wildcards: %', { search: '%' }, []],
      ['no wildcards: _', { search: 'a_a' }, []],
      ['no escapes: \\', { search: '\\' }, []],
      ['nothing for SQL', { search: "' or 1=1 --" }, []],
      ['nothing for a text without end', { search: 'x'.repeat(100_000) }, []],
    ];
    it.each(cases)('finds %s', async (_, search, names) => {
      const { users } = (await open()).database;
      await users.insert(userNamed('ada', { fullName: 'Ada Lovelace', groups: ['authors', 'x'] }), NOW);
      await users.insert(userNamed('bob', { suspended: true, groups: ['authors'] }), NOW + 1);
      await users.insert(userNamed('eve', { status: 'pending' }), NOW + 2);
      await users.insert(userNamed('locked', { lockedAt: NOW }), NOW + 3);
      await users.insert(userNamed('umlaut', { lastName: 'Spähre' }), NOW + 3);
      const { users: found, total } = await users.list({ ...everybody, ...search });
      expect(found.map(({ username }) => username)).toEqual(names);
      expect(total).toBe(search.limit === undefined ? names.length : 5);
    });
  });

  it('purges accounts that were never activated, and leaves their photos to be deleted', async () => {
    const { users, discardedFiles } = (await open()).database;
    const pending = { status: 'pending', verified: false } as const;
    const { photo } = WHOLE;
    await users.insert(userNamed('old', { ...pending, photo }), NOW);
    await users.insert(userNamed('older', pending), NOW - 1);
    await users.insert(userNamed('recent', pending), NOW + 10);
    await users.insert(userNamed('active'), NOW);
    await users.insert(userNamed('closed', { status: 'inactive', verified: false }), NOW);
    expect(await users.purgePending(NOW + 10)).toBe(2);
    expect(await users.purgePending(NOW + 10)).toBe(0);
    const { users: left } = await users.list({ limit: 10, offset: 0 });
    expect(left.map(({ username }) => username).toSorted()).toEqual(['active', 'closed', 'recent']);
    expect(await discardedFiles.due(NOW + 10, 10)).toEqual(['photos/p1.webp']);
  });

  it('keeps every text as it is', async () => {
    const { users } = (await open()).database;
    for (const [index, text] of HOSTILE.entries()) {
      const user = await users.insert(
        userNamed(`user${index}`, {
          username: text,
          fullName: text,
          groups: [text],
          permissions: [text],
          fields: { text, [text]: [text] },
        }),
        NOW,
      );
      expect(user).toMatchObject({ username: text, fullName: text, groups: [text], permissions: [text] });
      expect(user.fields).toEqual({ text, [text]: [text] });
      expect((await users.findByLoginName(text))?.id).toBe(user.id);
      expect((await users.list({ search: text, limit: 5, offset: 0 })).total).toBe(1);
    }
    expect((await users.list({ limit: 1, offset: 0 })).total).toBe(HOSTILE.length);
  });

  it('stores what no database can hold as the replacement character', async () => {
    const { users } = (await open()).database;
    const made = await users.insert(userNamed('ada', { fullName: 'A\0da', firstName: 'A\uD800da' }), NOW);
    expect(made).toMatchObject({ fullName: 'A\uFFFDda', firstName: 'A\uFFFDda' });
  });
});
