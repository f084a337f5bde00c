import type { Accounts } from './site.ts';

const AT_ONCE = 100;

/** Puts everybody who may sign in into the group of members: for accounts from before there was one. */
export async function admitMembers({ queries, services }: Accounts): Promise<void> {
  for (const status of ['active', 'pending'] as const) {
    for (let offset = 0; ; offset += AT_ONCE) {
      const { users, total } = await queries.users.list({ status, limit: AT_ONCE, offset });
      for (const { id, groups } of users) {
        if (groups.includes('members')) continue;
        await services.database.users.update(id, { groups: [...groups, 'members'] }, services.now());
      }
      if (offset + AT_ONCE >= total) break;
    }
  }
}
