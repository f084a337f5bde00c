import type { Settings } from '../config.ts';
import type { FieldValues } from '../fields/field.ts';
import { completeFields } from '../fields/apply-fields.ts';
import { photoUrl } from '../files/photo-url.ts';
import { isEmailAddress } from '../lib/email-address.ts';
import { isLocked, type LockoutSettings } from './login/lockout.ts';
import { loginKey } from './login-key.ts';
import { permissionsOf } from './permissions/permissions.ts';
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
  /** The first name, else the username; `null` where that is an e-mail address. */
  readonly friendlyName: string | null;
  readonly photoUrl: string | null;
}

/** What is asked of a user to show it to anybody: `ctx.user` has it, and the users of `site.queries`. */
export type NamedUser = Omit<PublicUser, 'friendlyName'> & Pick<User, 'email'>;

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
  /** Every field that the configuration has. */
  readonly fields: FieldValues;
  readonly dateCreated: string;
  readonly dateUpdated: string;
}

/** What those see who administer accounts. */
export interface ManagedUser extends OwnUser {
  readonly active: boolean;
  readonly pending: boolean;
  readonly suspended: boolean;
  /** Whether too many wrong passwords keep the account locked now. */
  readonly locked: boolean;
  readonly verified: boolean;
  readonly approved: boolean;
  /** The user's own permissions, lower-cased, whether or not they count. */
  readonly permissions: readonly string[];
  /** Those that count, with the groups'. */
  readonly effectivePermissions: readonly string[];
  /** When it was locked last, unless a login or an administrator has put an end to it. */
  readonly lockoutDate: string | null;
  readonly invalidLoginCount: number;
  readonly lastInvalidLoginDate: string | null;
  /** Only where `storeUserIps` is on. */
  readonly lastLoginIp?: string | null;
}

type ViewSettings = Pick<Settings, 'base' | 'users' | 'storeUserIps'>;

interface ManagedViewing {
  readonly settings: ViewSettings & LockoutSettings;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** How to greet a user: the first name, else the username; `null` where that is an e-mail address. */
export function friendlyName(user: Pick<User, 'firstName' | 'username' | 'email'>): string | null {
  return withoutAddress(user.firstName, user) ?? withoutAddress(user.username, user);
}

/**
 * A user as anybody may see it, such as the author of what a page shows: by allow-list, without e-mail address, not even as
 * a username.
 */
export function publicUser(user: NamedUser): PublicUser {
  return {
    id: user.id,
    uid: user.uid,
    username: withoutAddress(user.username, user),
    fullName: withoutAddress(user.fullName, user),
    firstName: withoutAddress(user.firstName, user),
    lastName: withoutAddress(user.lastName, user),
    friendlyName: friendlyName(user),
    photoUrl: user.photoUrl,
  };
}

/** The same of a user as it is stored. */
export function publicUserOf(user: User, settings: Pick<Settings, 'base'>): PublicUser {
  return publicUser({ ...user, photoUrl: photoUrl(settings, user.photo) });
}

function withoutAddress(name: string | null, { email }: Pick<User, 'email'>): string | null {
  const isAddress = name !== null && (isEmailAddress(name) || loginKey(name) === loginKey(email));
  return isAddress ? null : name;
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
    photoUrl: photoUrl(settings, user.photo),
    status: user.status,
    admin: user.admin,
    groups: user.groups.filter((handle) => Object.hasOwn(settings.users.groups, handle)),
    hasPassword: user.passwordHash !== null,
    passwordResetRequired: user.passwordResetRequired,
    lastPasswordChangeDate: iso(user.lastPasswordChangeAt),
    lastLoginDate: iso(user.lastLoginAt),
    fields: completeFields(settings.users.fields, user.fields),
    dateCreated: new Date(user.createdAt).toISOString(),
    dateUpdated: new Date(user.updatedAt).toISOString(),
  };
}

/** A user as those see it who administer accounts. */
export function managedUser(user: User, { settings, now }: ManagedViewing): ManagedUser {
  return {
    ...ownUser(user, settings),
    active: user.status === 'active',
    pending: user.status === 'pending',
    suspended: user.suspended,
    locked: isLocked(user, settings, now()),
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
