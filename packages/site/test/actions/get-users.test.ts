import { expect, test } from 'vitest';
import { ROLES } from '../support/roles.ts';
import { describeSites } from '../support/site.ts';

const GROUPS = { groups: { staff: { name: 'Staff', permissions: [] } } };

describeSites('users/get-users', (open) => {
  test('lists users newest first, with how many there are', async () => {
    const site = await open({ users: GROUPS });
    const viewer = await site.user({ permissions: ROLES.viewer });
    const others = [];
    for (let index = 0; index < 3; index++) others.push(await site.user({ password: null }));
    const visitor = await site.login(viewer);
    const all = await visitor.read('users/get-users');
    expect(all.status).toBe(200);
    expect(all.headers.get('cache-control')).toContain('no-store');
    expect(all.json.total).toBe(4);
    expect(all.json.users.map(({ id }: { id: number }) => id)).toEqual([
      ...others.map(({ id }) => id).reverse(),
      viewer.id,
    ]);
    const page = await visitor.read('users/get-users', { limit: '2', offset: '1' });
    expect(page.json.users.map(({ id }: { id: number }) => id)).toEqual([others[1]?.id, others[0]?.id]);
    expect(page.json.total).toBe(4);
    expect(Object.keys(all.json.users[0])).toEqual(
      expect.arrayContaining(['email', 'suspended', 'permissions']),
    );
  });

  test('finds by text, status and group; a blank filter is none', async () => {
    const site = await open({ users: GROUPS });
    const visitor = await site.login(await site.user({ permissions: ROLES.viewer, username: 'the-viewer' }));
    const rows = {
      byName: await site.user({ password: null, fullName: 'Ada Lovelace', groups: ['staff'] }),
      suspended: await site.user({ password: null, suspended: true }),
      locked: await site.user({ password: null, lockedAt: Date.now() }),
      pending: await site.user({ password: null, status: 'pending' }),
      inactive: await site.user({ password: null, status: 'inactive' }),
    };
    const found = async (query: Record<string, string>): Promise<number[]> =>
      (await visitor.read('users/get-users', query)).json.users.map(({ id }: { id: number }) => id);
    expect(await found({ search: 'lovelace' })).toEqual([rows.byName.id]);
    expect(await found({ search: ' ADA ' })).toEqual([rows.byName.id]);
    expect(await found({ search: '%' })).toEqual([]);
    expect(await found({ group: 'staff' })).toEqual([rows.byName.id]);
    expect(await found({ group: 'none' })).toEqual([]);
    for (const status of ['suspended', 'locked', 'pending', 'inactive'] as const)
      expect(await found({ status })).toEqual([rows[status].id]);
    expect((await found({ search: '', status: '', group: '' })).length).toBe(6);
  });

  test('locked are those who are locked now', async () => {
    const site = await open({ cooldownDuration: 300 });
    const visitor = await site.login(await site.user({ permissions: ROLES.viewer }));
    const locked = await site.user({ password: null, lockedAt: Date.now() });
    await site.user({ password: null, lockedAt: Date.now() - 400_000 });
    const read = async (query: Record<string, string>): Promise<any> =>
      (await visitor.read('users/get-users', query)).json;
    expect(await read({ status: 'locked' })).toMatchObject({
      total: 1,
      users: [{ id: locked.id, locked: true, lockoutDate: expect.any(String) }],
    });
    const found = await site.site.queries.users.list({ status: 'locked' });
    expect(found.users.map(({ id }) => id)).toEqual([locked.id]);
    site.clock.advance(301);
    expect(await read({ status: 'locked' })).toEqual({ users: [], total: 0 });
    const { users } = await read({ search: locked.email });
    expect(users).toMatchObject([{ locked: false, lockoutDate: expect.any(String) }]);
  });

  test.each([
    [{ cooldownDuration: 0 }, 1],
    [{ maxInvalidLogins: false }, 0],
  ] as const)('with %j a lock of long ago still counts for %d', async (options, total) => {
    const site = await open(options);
    const visitor = await site.login(await site.user({ permissions: ROLES.viewer }));
    const { email } = await site.user({ password: null, lockedAt: 1 });
    expect((await visitor.read('users/get-users', { status: 'locked' })).json.total).toBe(total);
    const { users } = (await visitor.read('users/get-users', { search: email })).json;
    expect(users).toMatchObject([{ locked: total === 1 }]);
  });

  test.each([
    { limit: '0' },
    { limit: '101' },
    { limit: 'all' },
    { offset: '-1' },
    { status: 'deleted' },
    { search: 'x'.repeat(256) },
    { search: 'a\0b' },
    { group: '\ud800' },
  ])('refuses %j', async (query) => {
    const site = await open({ users: GROUPS });
    const visitor = await site.login(await site.user({ admin: true }));
    const answer = await visitor.read('users/get-users', query as Record<string, string>);
    const key = Object.keys(query)[0] ?? '';
    // Half a character cannot be sent: it arrives as U+FFFD.
    if (key === 'group') return expect(answer.json.users).toEqual([]);
    expect(answer.status).toBe(400);
    expect(answer.json.errors).toHaveProperty(key);
  });

  test('is for those who may view users', async () => {
    const site = await open();
    expect((await site.visitor().read('users/get-users')).status).toBe(401);
    const other = await site.login(await site.user({ permissions: ['editusers', 'deleteusers'] }));
    expect((await other.read('users/get-users')).status).toBe(403);
  });
});
