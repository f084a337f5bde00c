import type { Address } from './addresses/address.ts';
import type { Database } from './database.ts';
import type { FieldLayout, ValuesOf } from './fields/field.ts';
import type { User } from './users/user.ts';
import type { UserSearch } from './users/user-store.ts';

/** A user for server code: all that is known but what signs in. */
export type UserRecord<Fields extends FieldLayout = FieldLayout> = Omit<
  User,
  'passwordHash' | 'credentialsVersion' | 'fields'
> & { readonly fields: ValuesOf<Fields> };

export type AddressRecord<Fields extends FieldLayout = FieldLayout> = Omit<Address, 'fields'> & {
  readonly fields: ValuesOf<Fields>;
};

/** Reading for pages and jobs. It asks nobody's permission: that is the page's to do, by `ctx.can`. */
export interface Queries<UserFields extends FieldLayout, AddressFields extends FieldLayout> {
  readonly users: {
    find(id: number): Promise<UserRecord<UserFields> | undefined>;
    findByUid(uid: string): Promise<UserRecord<UserFields> | undefined>;
    /** By username or e-mail address, whatever the case. */
    findByLoginName(loginName: string): Promise<UserRecord<UserFields> | undefined>;
    /** Newest first; 50 unless `limit` says otherwise. */
    list(
      search?: Partial<UserSearch>,
    ): Promise<{ readonly users: ReadonlyArray<UserRecord<UserFields>>; readonly total: number }>;
  };
  readonly addresses: {
    find(id: number): Promise<AddressRecord<AddressFields> | undefined>;
    /** Oldest first. */
    listOf(ownerId: number): Promise<ReadonlyArray<AddressRecord<AddressFields>>>;
  };
}

export function createQueries<UserFields extends FieldLayout, AddressFields extends FieldLayout>({
  users,
  addresses,
}: Pick<Database, 'users' | 'addresses'>): Queries<UserFields, AddressFields> {
  const record = (user: User): UserRecord<UserFields> => {
    const { passwordHash: _hash, credentialsVersion: _version, fields, ...rest } = user;
    return { ...rest, fields: fields as ValuesOf<UserFields> };
  };
  const found = async (user: Promise<User | undefined>): Promise<UserRecord<UserFields> | undefined> => {
    const there = await user;
    return there && record(there);
  };
  return {
    users: {
      find: (id) => found(users.find(id)),
      findByUid: (uid) => found(users.findByUid(uid)),
      findByLoginName: (loginName) => found(users.findByLoginName(loginName)),
      async list(search = {}) {
        const page = await users.list({ limit: 50, offset: 0, ...search });
        return { users: page.users.map(record), total: page.total };
      },
    },
    addresses: {
      find: (id) => addresses.find(id) as Promise<AddressRecord<AddressFields> | undefined>,
      listOf: (ownerId) => addresses.listOf(ownerId) as Promise<ReadonlyArray<AddressRecord<AddressFields>>>,
    },
  };
}
