import type { Settings } from '../../config.ts';
import { hasPermission, permissionsOf } from '../permissions/permissions.ts';
import type { User } from '../user.ts';

/** What one user can do to another's account. */
export type ManagingAct =
  | 'view'
  | 'activate'
  | 'deactivate'
  | 'suspend'
  | 'unsuspend'
  | 'unlock'
  | 'delete'
  | 'demote'
  | 'requirePasswordReset'
  | 'removePasswordResetRequirement'
  | 'getPasswordResetUrl'
  | 'assign'
  | 'impersonate';

/**
 * - `forbidden`: the permission is missing; says nothing of whether there is such a user
 * - `not-found`: there is no such user
 * - `self`: not to oneself, nor to the account one really is while impersonating
 * - `admin-target`: only an administrator may touch an administrator, in any way
 * - `last-admin`: nobody would be left to administer the site
 * - `exceeds`: the target may do what the actor may not, so taking its place would be a gain
 * - `not-active`: nobody can be signed in to that account
 * - `impersonating`: what takes an elevated session is not done in another's name
 */
export type ManageVerdict =
  | 'allow'
  | 'forbidden'
  | 'not-found'
  | 'self'
  | 'admin-target'
  | 'last-admin'
  | 'exceeds'
  | 'not-active'
  | 'impersonating';

/** Who acts: the signed-in user, and who that really is while impersonating. */
export interface Actor {
  readonly user: User;
  /** `null`: nobody impersonates. */
  readonly impersonatorId: number | null;
}

interface Rule {
  /** Any one of these will do; `assignUserGroup:` stands for each group's. */
  readonly permissions: readonly string[];
  /** Whether one may do it to oneself: `with` the permission as to others, `without` it, or `never`. */
  readonly self: 'with' | 'without' | 'never';
  /** The account no longer administers afterwards. */
  readonly removesAdmin?: true;
  /** The actor comes into the target's place, or could. */
  readonly takesOver?: true;
}

const RULES: Readonly<Record<ManagingAct, Rule>> = {
  view: { permissions: ['viewUsers'], self: 'without' },
  activate: { permissions: ['administrateUsers'], self: 'with' },
  deactivate: { permissions: ['administrateUsers'], self: 'without', removesAdmin: true },
  suspend: { permissions: ['moderateUsers'], self: 'never', removesAdmin: true },
  unsuspend: { permissions: ['moderateUsers'], self: 'never' },
  unlock: { permissions: ['moderateUsers'], self: 'never' },
  delete: { permissions: ['deleteUsers'], self: 'without', removesAdmin: true },
  // Nobody but administrators has a right to this: no permission stands for it.
  demote: { permissions: [], self: 'with', removesAdmin: true },
  requirePasswordReset: { permissions: ['administrateUsers'], self: 'with' },
  removePasswordResetRequirement: { permissions: ['administrateUsers'], self: 'never' },
  getPasswordResetUrl: { permissions: ['administrateUsers'], self: 'never', takesOver: true },
  assign: { permissions: ['assignUserPermissions', 'assignUserGroup:'], self: 'with' },
  impersonate: { permissions: ['impersonateUsers'], self: 'never', takesOver: true },
};

export interface ManageCase {
  readonly actor: Actor;
  /** Whom it is about, by id; whether there is such a user is only told to those who may know. */
  readonly targetId: number;
  readonly target: User | undefined;
  readonly act: ManagingAct;
  /** Ids of the administrators who can sign in: see `UserStore.lockAdmins`. Needed for acts that can leave none. */
  readonly admins?: readonly number[];
  readonly settings: Pick<Settings, 'users'>;
}

/** Whether an actor may do this to this account, now. The one place that decides it, for every action. */
export function mayManage(given: ManageCase): ManageVerdict {
  const { actor, act, target, targetId } = given;
  const rule = RULES[act];
  const isSelf = targetId === actor.user.id;
  if (!(isSelf && rule.self === 'without') && !hasAnyOf(rule.permissions, given)) return 'forbidden';
  if (actor.impersonatorId !== null && needsElevation(act, isSelf)) return 'impersonating';
  // Who impersonates is two people, and must not help the one through the other: a locked administrator, say.
  if (rule.self === 'never' && (isSelf || targetId === actor.impersonatorId)) return 'self';
  if (target === undefined) return 'not-found';
  if (target.admin && !actor.user.admin && act !== 'view') return 'admin-target';
  if (rule.removesAdmin === true && isLastAdmin(target, given.admins)) return 'last-admin';
  if (!canBeUsed(target, act)) return 'not-active';
  if (rule.takesOver === true && exceeds(target, actor.user, given.settings)) return 'exceeds';
  return 'allow';
}

/** Whether the account needs what a signed-in session alone does not give: the password, a moment ago. */
export function needsElevation(act: ManagingAct, isSelf: boolean): boolean {
  if (act === 'delete' || act === 'deactivate') return isSelf;
  return act === 'impersonate' || act === 'getPasswordResetUrl' || act === 'assign' || act === 'demote';
}

/** Whether an act takes an administrator away, so that `mayManage` must know which ones there are. */
export function canLeaveNoAdmin(act: ManagingAct): boolean {
  return RULES[act].removesAdmin === true;
}

/** Whether `other` may do something that `user` may not. */
export function exceeds(other: User, user: User, settings: Pick<Settings, 'users'>): boolean {
  if (user.admin) return false;
  if (other.admin) return true;
  const own = permissionsOf(user, settings);
  return [...permissionsOf(other, settings)].some((permission) => !own.has(permission));
}

function hasAnyOf(permissions: readonly string[], { actor: { user }, settings }: ManageCase): boolean {
  if (user.admin) return true;
  const own = [...permissionsOf(user, settings)];
  return permissions.some((permission) =>
    permission.endsWith(':')
      ? own.some((held) => held.startsWith(permission.toLowerCase()))
      : hasPermission(user, settings, permission),
  );
}

/** Whether there is something to gain by coming into this account. */
function canBeUsed({ status, suspended }: User, act: ManagingAct): boolean {
  if (act === 'impersonate') return status === 'active' && !suspended;
  return act !== 'getPasswordResetUrl' || status !== 'inactive';
}

/** Whether nobody would be left to administer the site. `admins` as `UserStore.lockAdmins` has them. */
export function isLastAdmin(target: User, admins: readonly number[] | undefined): boolean {
  if (!target.admin) return false;
  if (admins === undefined) throw new Error('mayManage needs the ids of the administrators for this act.');
  return admins.length === 1 && admins[0] === target.id;
}
