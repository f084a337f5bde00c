import { sql, type Kysely, type Selectable } from 'kysely';
import type { User } from '../users/user.ts';
import type { Tables, UsersTable } from './tables.ts';
import { userOfRow } from './user-row.ts';

/** The users of these rows, in their order. One query for the groups and permissions of them all. */
export async function withMemberships(
  db: Kysely<Tables>,
  rows: readonly Selectable<UsersTable>[],
): Promise<User[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const found = await db
    .selectFrom('user_groups')
    .where('user_id', 'in', ids)
    .select(['user_id', 'handle as name', sql<'group' | 'permission'>`'group'`.as('kind')])
    .unionAll(
      db
        .selectFrom('user_permissions')
        .where('user_id', 'in', ids)
        .select(['user_id', 'permission as name', sql<'group' | 'permission'>`'permission'`.as('kind')]),
    )
    .execute();
  const named = Map.groupBy(found, ({ user_id, kind }) => `${kind} ${user_id}`);
  const namesOf = (kind: string, id: number): string[] =>
    (named.get(`${kind} ${id}`) ?? []).map(({ name }) => name).toSorted();
  return rows.map((row) => userOfRow(row, namesOf('group', row.id), namesOf('permission', row.id)));
}

/** Writes what is named in place of what there was. */
export async function replaceMemberships(
  db: Kysely<Tables>,
  userId: number,
  { groups, permissions }: Partial<Pick<User, 'groups' | 'permissions'>>,
): Promise<void> {
  if (groups !== undefined) {
    await db.deleteFrom('user_groups').where('user_id', '=', userId).execute();
    const rows = [...new Set(groups)].map((handle) => ({ user_id: userId, handle }));
    if (rows.length > 0) await db.insertInto('user_groups').values(rows).execute();
  }
  if (permissions !== undefined) {
    await db.deleteFrom('user_permissions').where('user_id', '=', userId).execute();
    const rows = [...new Set(permissions)].map((permission) => ({ user_id: userId, permission }));
    if (rows.length > 0) await db.insertInto('user_permissions').values(rows).execute();
  }
}
