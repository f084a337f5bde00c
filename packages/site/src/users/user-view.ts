import type { Settings } from '../config.ts';
import type { FieldValues } from '../fields/field.ts';
import { photoUrl } from '../files/photo-url.ts';
import { permissionsOf } from './permissions.ts';
import type { AccountStatus, User } from './user.ts';

/** What anybody may see of a user. */
export interface PublicUser {
  readonly id: number;
  readonly uid: string;
  /** `null` while there is none, and where the username is the e-mail address. */
  readonly username: string | null;
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly friendlyName: string | null;
  readonly photoUrl: string | null;
}

/** What users see of themselves. Times are ISO strings. */
export interface OwnUser extends PublicUser {
  readonly email: string;
  readonly unverifiedEmail: string | null;
  readonly status: AccountStatus;
  readonly admin: boolean;
  /** Handles of those that the configuration still has. */
  readonly groups: readonly string[];
  readonly photoId: string | null;
  readonly hasPassword: boolean;
  readonly passwordResetRequired: boolean;
  readonly lastPasswordChangeDate: string | null;
  readonly lastLoginDate: string | null;
  readonly fields: FieldValues;
  readonly dateCreated: string;
  readonly dateUpdated: string;
}

/** What those see who administer accounts. */
export interface ManagedUser extends OwnUser {
  readonly active: boolean;
  readonly pending: boolean;
  readonly suspended: boolean;
  readonly locked: boolean;
  readonly verified: boolean;
  readonly approved: boolean;
  /** The user's own permissions, lower-cased, whether or not they count. */
  readonly permissions: readonly string[];
  /** Those that count, with the groups'. */
  readonly effectivePermissions: readonly string[];
  readonly lockoutDate: string | null;
  readonly invalidLoginCount: number;
  readonly lastInvalidLoginDate: string | null;
  /** Only where `storeUserIps` is on. */
  readonly lastLoginIp?: string | null;
}

type ViewSettings = Pick<Settings, 'users' | 'storeUserIps'>;

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** How to greet a user: the first name, else the username. */
export function friendlyName(user: Pick<User, 'firstName' | 'username'>): string | null {
  return user.firstName ?? user.username;
}

/** A user as anybody may see it: no e-mail address, not even as a username. */
export function publicUser(user: User): PublicUser {
  const shown = user.username?.toLowerCase() === user.email.toLowerCase() ? null : user.username;
  return {
    id: user.id,
    uid: user.uid,
    username: shown,
    fullName: user.fullName,
    firstName: user.firstName,
    lastName: user.lastName,
    friendlyName: user.firstName ?? shown,
    photoUrl: photoUrl(user.photo),
  };
}

/** A user as he sees himself. */
export function ownUser(user: User, settings: ViewSettings): OwnUser {
  return {
    id: user.id,
    uid: user.uid,
    username: user.username,
    email: user.email,
    unverifiedEmail: user.unverifiedEmail,
    fullName: user.fullName,
    firstName: user.firstName,
    lastName: user.lastName,
    friendlyName: friendlyName(user),
    photoId: user.photo?.id ?? null,
    photoUrl: photoUrl(user.photo),
    status: user.status,
    admin: user.admin,
    groups: user.groups.filter((handle) => Object.hasOwn(settings.users.groups, handle)),
    hasPassword: user.passwordHash !== null,
    passwordResetRequired: user.passwordResetRequired,
    lastPasswordChangeDate: iso(user.lastPasswordChangeAt),
    lastLoginDate: iso(user.lastLoginAt),
    fields: user.fields,
    dateCreated: new Date(user.createdAt).toISOString(),
    dateUpdated: new Date(user.updatedAt).toISOString(),
  };
}

/** A user as those see it who administer accounts. */
export function managedUser(user: User, settings: ViewSettings): ManagedUser {
  return {
    ...ownUser(user, settings),
    active: user.status === 'active',
    pending: user.status === 'pending',
    suspended: user.suspended,
    locked: user.lockedAt !== null,
    verified: user.verified,
    approved: user.approved,
    permissions: [...user.permissions],
    effectivePermissions: [...permissionsOf(user, settings)],
    lockoutDate: iso(user.lockedAt),
    invalidLoginCount: user.invalidLoginCount,
    lastInvalidLoginDate: iso(user.lastInvalidLoginAt),
    ...(settings.storeUserIps ? { lastLoginIp: user.lastLoginIp } : {}),
  };
}
