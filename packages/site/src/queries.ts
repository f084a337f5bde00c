import type { Address } from './addresses/address.ts';
import { assetRecord, type AssetRecord } from './assets/asset-record.ts';
import { createDraftQueries, type DraftQueries } from './entries/drafts/draft-queries.ts';
import { createRevisionQueries, type RevisionQueries } from './entries/revisions/revision-queries.ts';
import { completeFields } from './fields/apply-fields.ts';
import type { FieldLayout, FieldValues, ValuesOf } from './fields/field.ts';
import { photoUrl } from './files/photo-url.ts';
import type { Services } from './services.ts';
import { findUsers } from './users/find-users.ts';
import type { User } from './users/user.ts';
import type { UserSearch } from './users/user-store.ts';

/** A user for server code: all that is known but what signs in. */
export type UserRecord<Fields extends FieldLayout = FieldLayout> = Omit<
  User,
  'passwordHash' | 'credentialsVersion' | 'fields'
> & {
  readonly photoUrl: string | null;
  /** Every field that the configuration has: what was never set is what a new user has. */
  readonly fields: ValuesOf<Fields>;
};

export type AddressRecord<Fields extends FieldLayout = FieldLayout> = Omit<Address, 'fields'> & {
  /** Every field that the configuration has. */
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
      search?: Partial<Omit<UserSearch, 'lockedAfter'>>,
    ): Promise<{ readonly users: ReadonlyArray<UserRecord<UserFields>>; readonly total: number }>;
  };
  readonly addresses: {
    find(id: number): Promise<AddressRecord<AddressFields> | undefined>;
    /** Oldest first. */
    listOf(ownerId: number): Promise<ReadonlyArray<AddressRecord<AddressFields>>>;
  };
  readonly assets: {
    /** In the order of the ids; those that are not there are left out. */
    findMany(ids: readonly number[]): Promise<readonly AssetRecord[]>;
  };
  /** What entries were after their saves. */
  readonly revisions: RevisionQueries;
  /** What was not published yet. */
  readonly drafts: DraftQueries;
}

export function createQueries<UserFields extends FieldLayout, AddressFields extends FieldLayout>(
  services: Pick<Services, 'database' | 'settings' | 'content' | 'now'>,
): Queries<UserFields, AddressFields> {
  const { settings } = services;
  const { users, addresses } = services.database;
  const userRecord = (user: User): UserRecord<UserFields> => {
    const { passwordHash: _hash, credentialsVersion: _version, fields, ...rest } = user;
    return {
      ...rest,
      photoUrl: photoUrl(settings, user.photo),
      fields: valuesOf<UserFields>(settings.users.fields, fields),
    };
  };
  const addressRecord = (address: Address): AddressRecord<AddressFields> => ({
    ...address,
    fields: valuesOf<AddressFields>(settings.addresses.fields, address.fields),
  });
  return {
    users: {
      find: async (id) => found(await users.find(id), userRecord),
      findByUid: async (uid) => found(await users.findByUid(uid), userRecord),
      findByLoginName: async (loginName) => found(await users.findByLoginName(loginName), userRecord),
      async list(search = {}) {
        const page = await findUsers(services, { limit: 50, offset: 0, ...search });
        return { users: page.users.map(userRecord), total: page.total };
      },
    },
    addresses: {
      find: async (id) => found(await addresses.find(id), addressRecord),
      listOf: async (ownerId) => (await addresses.listOf(ownerId)).map(addressRecord),
    },
    assets: {
      findMany: async (ids) =>
        (await services.database.assets.findMany(ids)).map((asset) => assetRecord(asset, settings)),
    },
    revisions: createRevisionQueries(services),
    drafts: createDraftQueries(services),
  };
}

function found<Stored, Shown>(
  stored: Stored | undefined,
  show: (stored: Stored) => Shown,
): Shown | undefined {
  return stored === undefined ? undefined : show(stored);
}

// The layout is the one that the type was made of.
function valuesOf<Fields extends FieldLayout>(layout: FieldLayout, values: FieldValues): ValuesOf<Fields> {
  return completeFields(layout, values) as ValuesOf<Fields>;
}
