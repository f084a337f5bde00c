import { randomUUID } from 'node:crypto';
import type { Kysely, SelectQueryBuilder, Selectable } from 'kysely';
import { loginKey } from '../users/login-key.ts';
import { TakenError, type UserStore } from '../users/user-store.ts';
import type { User } from '../users/user.ts';
import { atomically } from './atomically.ts';
import { chunks } from './chunks.ts';
import type { DatabaseKind } from './connect.ts';
import { isId } from './row-id.ts';
import type { Tables, UsersTable } from './tables.ts';
import { uniqueViolation } from './unique-violation.ts';
import { listUsers } from './user-list.ts';
import { replaceMemberships, withMemberships } from './user-memberships.ts';
import { insertedColumns, updatedColumns } from './user-row.ts';

type UserQuery = SelectQueryBuilder<Tables, 'users', Selectable<UsersTable>>;

export function createUserStore(db: Kysely<Tables>, kind: DatabaseKind): UserStore {
  const all = db.selectFrom('users').selectAll('users');

  async function first(query: UserQuery): Promise<User | undefined> {
    return (await withMemberships(db, await query.limit(1).execute()))[0];
  }

  return {
    async find(id) {
      return isId(id) ? first(all.where('id', '=', id)) : undefined;
    },
    async findMany(ids) {
      const found = new Map<number, User>();
      for (const some of chunks([...new Set(ids)].filter(isId))) {
        const rows = await all.where('id', 'in', some).execute();
        for (const user of await withMemberships(db, rows)) found.set(user.id, user);
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    async findByUid(uid) {
      return first(all.where('uid', '=', uid));
    },
    async findByLoginName(loginName) {
      const key = loginKey(loginName);
      if (key === '') return undefined;
      return first(
        all
          .where((eb) => eb.or([eb('email_key', '=', key), eb('username_key', '=', key)]))
          .orderBy((eb) => eb.case().when('status', '=', 'inactive').then(1).else(0).end())
          // Nobody can shut another out by taking that person's e-mail address as a username.
          .orderBy((eb) => eb.case().when('email_key', '=', key).then(0).else(1).end())
          .orderBy('id', 'desc'),
      );
    },
    async findByEmail(email) {
      const key = loginKey(email);
      if (key === '') return undefined;
      return first(
        all
          .where('email_key', '=', key)
          .orderBy((eb) => eb.case().when('status', '=', 'inactive').then(1).else(0).end())
          .orderBy('id', 'desc'),
      );
    },
    async lock(id) {
      if (!isId(id)) return undefined;
      const query = all.where('id', '=', id);
      // A transaction of SQLite has the whole file to itself.
      return first(kind === 'postgres' ? query.forUpdate() : query);
    },
    async lockAdmins() {
      const query = db
        .selectFrom('users')
        .select('id')
        .where('admin', '=', 1)
        .where('status', '=', 'active')
        .where('suspended', '=', 0)
        .orderBy('id');
      const rows = await (kind === 'postgres' ? query.forUpdate() : query).execute();
      return rows.map(({ id }) => id);
    },
    async insert(user, now) {
      return orTaken(
        atomically(db, async (transaction) => {
          const { id } = await transaction
            .insertInto('users')
            .values(insertedColumns(user, randomUUID(), now))
            .returning('id')
            .executeTakeFirstOrThrow();
          await replaceMemberships(transaction, id, user);
          return only(transaction, id);
        }),
      );
    },
    async update(id, changes, now) {
      return orTaken(
        atomically(db, async (transaction) => {
          const { numUpdatedRows } = await transaction
            .updateTable('users')
            .set(updatedColumns(changes, now))
            .$if(changes.endSessions === true, (query) =>
              query.set((eb) => ({ credentials_version: eb('credentials_version', '+', 1) })),
            )
            .where('id', '=', id)
            .executeTakeFirst();
          if (numUpdatedRows === 0n) throw new Error(`The user ${id} does not exist (any more).`);
          await replaceMemberships(transaction, id, changes);
          if (changes.endSessions === true) await endSessions(transaction, id);
          return only(transaction, id);
        }),
      );
    },
    async delete(id) {
      await atomically(db, async (transaction) => {
        await transaction.deleteFrom('users').where('id', '=', id).execute();
        await endSessions(transaction, id);
      });
    },
    async list(search) {
      return listUsers(db, search);
    },
    async purgePending(before) {
      return atomically(db, async (transaction) => {
        const purged = await transaction
          .deleteFrom('users')
          .where('status', '=', 'pending')
          .where('verified', '=', 0)
          .where('created_at', '<', before)
          .returning(['photo'])
          .execute();
        await discardPhotos(transaction, purged, before);
        return purged.length;
      });
    },
  };
}

async function only(db: Kysely<Tables>, id: number): Promise<User> {
  const rows = await db.selectFrom('users').selectAll('users').where('id', '=', id).execute();
  const [user] = await withMemberships(db, rows);
  if (user === undefined) throw new Error(`The user ${id} does not exist (any more).`);
  return user;
}

async function endSessions(db: Kysely<Tables>, id: number): Promise<void> {
  await db.deleteFrom('sessions').where('user_id', '=', String(id)).execute();
}

async function discardPhotos(
  db: Kysely<Tables>,
  rows: readonly { readonly photo: string | null }[],
  dueAt: number,
): Promise<void> {
  const files = rows.flatMap(({ photo }) =>
    photo === null
      ? []
      : [{ storage_key: (JSON.parse(photo) as NonNullable<User['photo']>).storageKey, due_at: dueAt }],
  );
  if (files.length === 0) return;
  await db
    .insertInto('discarded_files')
    .values(files)
    .onConflict((conflict) => conflict.column('storage_key').doNothing())
    .execute();
}

async function orTaken<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const violated = uniqueViolation(error) ?? '';
    if (violated.includes('email_claim')) throw new TakenError('email');
    if (violated.includes('username_claim')) throw new TakenError('username');
    throw error;
  }
}
