import { ActionError, type PorticoContext, type PorticoUser } from 'portico';
import type { Settings } from '../config.ts';
import type { FieldValues } from '../fields/field.ts';
import { completeFields } from '../fields/apply-fields.ts';
import { photoUrl } from '../files/photo-url.ts';
import { hasPermission } from './permissions/permissions.ts';
import type { User } from './user.ts';
import { friendlyName } from './user-view.ts';

/** The signed-in user as `ctx.user` shows it to handlers and pages. It holds no secrets and turns into JSON as it is. */
export interface CurrentUser {
  readonly id: number;
  readonly uid: string;
  readonly username: string | null;
  readonly email: string;
  /** A new address that waits for its confirmation. */
  readonly unverifiedEmail: string | null;
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** How to greet the user: the first name, else the username; `null` where that is an e-mail address. */
  readonly friendlyName: string | null;
  readonly photoUrl: string | null;
  readonly admin: boolean;
  readonly groups: readonly string[];
  /** Every field that the configuration has. */
  readonly fields: FieldValues;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Whether an administrator is signed in as this user. */
  readonly impersonated: boolean;
  /** Who that is. */
  readonly impersonator: { readonly id: number; readonly friendlyName: string | null } | null;
  /** Whether the user has a permission, of their own or through a group. Administrators have all. */
  can(permission: string): boolean;
}

const records = new WeakMap<object, User>();

/** What `ctx.user` is of a stored user. `can` is not enumerable, so that copies and JSON stay plain data. */
export function asCurrentUser(
  user: User,
  settings: Settings,
  { impersonator }: { readonly impersonator?: User | undefined } = {},
): CurrentUser {
  const shown = {
    id: user.id,
    uid: user.uid,
    username: user.username,
    email: user.email,
    unverifiedEmail: user.unverifiedEmail,
    fullName: user.fullName,
    firstName: user.firstName,
    lastName: user.lastName,
    friendlyName: friendlyName(user),
    photoUrl: photoUrl(settings, user.photo),
    admin: user.admin,
    groups: user.groups,
    fields: completeFields(settings.users.fields, user.fields),
    createdAt: user.createdAt,
    impersonated: impersonator !== undefined,
    impersonator: impersonator ? { id: impersonator.id, friendlyName: friendlyName(impersonator) } : null,
    can: (permission: string): boolean => hasPermission(user, settings, permission),
  };
  Object.defineProperty(shown, 'can', { enumerable: false });
  records.set(shown, user);
  return shown;
}

/** The stored user who is signed in, as read at the beginning of this request. Throws 401 for a guest. */
export function currentUser(ctx: { readonly user: PorticoUser | null }): User {
  const record = ctx.user === null ? undefined : records.get(ctx.user);
  if (record === undefined) throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
  return record;
}

/** Whether the signed-in user has a permission; a guest has none. */
export function can(ctx: Pick<PorticoContext, 'user'>, permission: string): boolean {
  const user: Partial<CurrentUser> | null = ctx.user;
  return user?.can?.(permission) === true;
}
