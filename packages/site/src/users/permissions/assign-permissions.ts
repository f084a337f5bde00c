import { ActionError } from 'portico';
import type { Settings } from '../../config.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { manageUser, refuseUnless, type Managed } from '../administration/manage-user.ts';
import { mayManage, type Actor } from '../administration/may-manage.ts';
import { normalizePermission, spellPermission } from './permission-names.ts';
import { hasPermission, permissionFault, permissionsOf } from './permissions.ts';
import type { User } from '../user.ts';

/** What a user shall have. What is left out stays as it is; an empty list takes everything away. */
export interface Assignment {
  /** Handles. */
  readonly groups?: readonly string[] | undefined;
  /** The user's own permissions, in any case of letters. */
  readonly permissions?: readonly string[] | undefined;
  readonly admin?: boolean | undefined;
}

type Rights = Pick<User, 'groups' | 'permissions' | 'admin'>;
type GroupSettings = Pick<Settings, 'users'>;

/**
 * Changes groups, permissions and the administrator's flag of a user; it counts from the next request on. Whoever takes
 * something away needs the same right as whoever gives it, and nobody gives what he lacks: not by a permission, not by a
 * group, not by the parent that makes a nested permission count. Throws 403 for that, 409 for the last administrator, and
 * input errors for names nobody knows.
 */
export function assignPermissions(
  services: Pick<Services, 'database' | 'settings' | 'now'>,
  actor: Actor,
  targetId: number,
  assignment: Assignment,
): Promise<User> {
  const { settings } = services;
  const options = { actor, targetId, act: 'assign', locksAdmins: assignment.admin === false } as const;
  return manageUser(services, options, async (managed) => {
    const { stores, target, now } = managed;
    const next: Rights = {
      groups: nextGroups(target, assignment.groups, settings),
      permissions: nextPermissions(target, assignment.permissions, settings),
      admin: assignment.admin ?? target.admin,
    };
    refuseGroups(managed, next, settings);
    refusePermissions(managed, next, settings);
    refuseAdmin(managed, next, settings);
    refuseGains(managed, next, settings);
    return stores.users.update(target.id, next, now);
  });
}

function nextGroups(target: User, asked: Assignment['groups'], { users }: GroupSettings): readonly string[] {
  if (asked === undefined) return target.groups;
  const isKnown = (handle: string): boolean => Object.hasOwn(users.groups, handle);
  const unknown = asked.filter((handle) => !isKnown(handle));
  if (unknown.length > 0)
    throw inputErrors({ groups: unknown.map((handle) => `There is no group “${handle}”.`) });
  // Groups that have left the configuration are no form's to choose, nor to take away by not knowing of them.
  const gone = target.groups.filter((handle) => !isKnown(handle));
  return [...new Set([...asked, ...gone])].sort();
}

function nextPermissions(
  target: User,
  asked: Assignment['permissions'],
  settings: GroupSettings,
): readonly string[] {
  if (asked === undefined) return target.permissions;
  const held = target.permissions.map(normalizePermission);
  const faults = asked.flatMap((permission) => {
    // What has left the configuration since may stay.
    const isHeld = held.includes(normalizePermission(permission));
    const fault = isHeld ? undefined : permissionFault(permission, settings);
    return fault === undefined ? [] : [`“${permission}”: ${fault}.`];
  });
  if (faults.length > 0) throw inputErrors({ permissions: faults });
  return [...new Set(asked.map(normalizePermission))].sort();
}

function refuseGroups({ actor, target }: Managed, next: Rights, settings: GroupSettings): void {
  const foreign = difference(target.groups, next.groups).find(
    (handle) => !hasPermission(actor.user, settings, `assignUserGroup:${handle}`),
  );
  if (foreign !== undefined) throw forbidden(`You may not decide who is in the group “${foreign}”.`);
}

function refusePermissions({ actor, target }: Managed, next: Rights, settings: GroupSettings): void {
  const changed = difference(target.permissions.map(normalizePermission), next.permissions);
  if (changed.length === 0) return;
  if (!hasPermission(actor.user, settings, 'assignUserPermissions')) {
    throw forbidden('You may not decide on the permissions of users.');
  }
  const foreign = changed.filter((permission) => !hasPermission(actor.user, settings, permission));
  if (foreign.length > 0) throw forbidden(lacking('give or take away', foreign));
}

function refuseAdmin({ actor, target, admins }: Managed, next: Rights, settings: GroupSettings): void {
  if (next.admin === target.admin) return;
  if (!actor.user.admin) throw forbidden('Only an administrator can make administrators.');
  if (next.admin) return;
  const given = { actor, target, targetId: target.id, act: 'demote', admins, settings } as const;
  refuseUnless(mayManage(given), 'demote');
}

function refuseGains({ actor, target }: Managed, next: Rights, settings: GroupSettings): void {
  const before = permissionsOf(target, settings);
  const gained = [...permissionsOf({ ...next, admin: false }, settings)].filter(
    (permission) => !before.has(permission) && !hasPermission(actor.user, settings, permission),
  );
  if (gained.length > 0) throw forbidden(lacking('give', gained));
}

/** What is in one of both only. */
function difference(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...one.filter((item) => !other.includes(item)), ...other.filter((item) => !one.includes(item))];
}

function lacking(verb: string, permissions: readonly string[]): string {
  return `You cannot ${verb} what you do not have: ${permissions.map(spellPermission).join(', ')}.`;
}

function forbidden(message: string): ActionError {
  return new ActionError({ code: 'FORBIDDEN', message, data: { reason: 'forbidden' } });
}
