import { sql, type ExpressionBuilder, type ExpressionWrapper, type Kysely, type SqlBool } from 'kysely';
import { loginKey } from '../users/login-key.ts';
import type { UserPage, UserSearch } from '../users/user-store.ts';
import type { Tables } from './tables.ts';
import { withMemberships } from './user-memberships.ts';

// SQLite refuses very long patterns, and no name is as long as this.
const MAX_SEARCH_LENGTH = 255;
const SEARCHED = ['username_key', 'email_key', 'full_name_key', 'first_name_key', 'last_name_key'] as const;

/** A page of the users that a search finds, newest first, and how many there are. */
export async function listUsers(db: Kysely<Tables>, search: UserSearch): Promise<UserPage> {
  const found = db.selectFrom('users').where((eb) => eb.and([...conditions(eb, search)]));
  const rows = await found
    .selectAll('users')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(search.limit)
    .offset(search.offset)
    .execute();
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { users: await withMemberships(db, rows), total };
}

function* conditions(
  eb: ExpressionBuilder<Tables, 'users'>,
  { search, status, lockedAfter = -1, group }: UserSearch,
): Generator<ExpressionWrapper<Tables, 'users', SqlBool>> {
  const text = loginKey((search ?? '').slice(0, MAX_SEARCH_LENGTH));
  if (text !== '') {
    const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
    yield eb.or(SEARCHED.map((column) => sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`));
  }
  if (status === 'suspended') yield eb('suspended', '=', 1);
  else if (status === 'locked') yield eb('locked_at', '>', lockedAfter);
  else if (status !== undefined) yield eb('status', '=', status);
  if (group !== undefined)
    yield eb('id', 'in', eb.selectFrom('user_groups').select('user_id').where('handle', '=', group));
}
