import type { Settings } from '../../config.ts';
import { isKnownPermission, normalizePermission, parentOf, permissionNames } from './permission-names.ts';
import type { User } from '../user.ts';

type Holder = Pick<User, 'admin' | 'groups' | 'permissions'>;
type GroupSettings = Pick<Settings, 'users'> & Partial<Pick<Settings, 'sections' | 'sites' | 'assets'>>;

/** The permissions a user holds by name, of their own and of their groups, whether or not they count. */
function heldBy(user: Holder, settings: GroupSettings): Set<string> {
  const groups = settings.users.groups;
  const lists = user.groups.map((handle) =>
    Object.hasOwn(groups, handle) ? (groups[handle]?.permissions ?? []) : [],
  );
  return new Set([...user.permissions, ...lists.flat()].map(normalizePermission));
}

/** A nested permission counts only with all it is nested in. */
function counts(permission: string, held: ReadonlySet<string>): boolean {
  if (!held.has(permission)) return false;
  const parent = parentOf(permission);
  return parent === undefined || counts(parent, held);
}

/**
 * The permissions that count for a user, lower-cased: their own and their groups', each only with what it is nested in.
 * Says nothing of administrators, who pass everything: ask `hasPermission`.
 */
export function permissionsOf(user: Holder, settings: GroupSettings): ReadonlySet<string> {
  const held = heldBy(user, settings);
  return new Set([...held].filter((permission) => counts(permission, held)));
}

/** Whether a user has a permission. Case does not matter; administrators have all of them. */
export function hasPermission(user: Holder, settings: GroupSettings, permission: string): boolean {
  return user.admin || counts(normalizePermission(permission), heldBy(user, settings));
}

/** What the handle of a permission is one of, by the beginning of its lower-cased name. */
const OWNERS: ReadonlyArray<readonly [pattern: RegExp, what: string]> = [
  [/^assignusergroup:/, 'group'],
  [/^editsite:/, 'site'],
  [/entr(?:y|ies)\w*:/, 'section'],
  [/^(?:\w*assets|\w*files|\w*images|createfolders):/, 'volume'],
];

/** The handles there are; undefined where any may be: without sections there is no content whose permissions could be misspelt. */
function handlesOf(
  what: string,
  { users, sections = [], sites = [], assets }: GroupSettings,
): readonly string[] | undefined {
  if (what === 'group') return Object.keys(users.groups);
  if (sections.length === 0) return undefined;
  if (what === 'section') return sections.map(({ handle }) => handle);
  if (what === 'site') return sites.length === 0 ? ['default'] : sites.map(({ handle }) => handle);
  return assets && Object.keys(assets.volumes);
}

/** Why there is no such permission; `undefined` when there is. */
export function permissionFault(permission: string, settings: GroupSettings): string | undefined {
  const name = normalizePermission(permission);
  if (!isKnownPermission(name)) return 'there is no such permission';
  const [, what] = OWNERS.find(([pattern]) => pattern.test(name)) ?? [];
  if (what === undefined) return undefined;
  const handles = handlesOf(what, settings);
  const handle = name.slice(name.indexOf(':') + 1);
  if (handles === undefined || handles.some((known) => known.toLowerCase() === handle)) return undefined;
  return `there is no ${what} "${permission.trim().slice(permission.trim().indexOf(':') + 1)}"`;
}

/**
 * Checks the groups of the configuration at start. Throws one error that names every permission nobody knows, and a default
 * group that is none: a misspelt permission would otherwise silently allow nothing.
 */
export function checkGroups(settings: GroupSettings): void {
  const { groups, defaultGroup } = settings.users;
  const handles = Object.keys(groups);
  const faults = Object.entries(groups).flatMap(([handle, group]) =>
    group.permissions.flatMap((permission) => {
      const fault = permissionFault(permission, settings);
      return fault === undefined ? [] : [`users.groups.${handle}.permissions: "${permission}": ${fault}.`];
    }),
  );
  if (defaultGroup !== undefined && !handles.includes(defaultGroup)) {
    faults.push(`users.defaultGroup: there is no group "${defaultGroup}" in users.groups.`);
  }
  const twice = handles.find((handle, at) =>
    handles.slice(0, at).some((other) => other.toLowerCase() === handle.toLowerCase()),
  );
  if (twice !== undefined) {
    faults.push(`users.groups.${twice}: another group has this handle in other letters' case.`);
  }
  if (faults.length === 0) return;
  throw new Error(
    `The settings of @portico/site are wrong:\n- ${faults.join('\n- ')}\nPermissions are: ${permissionNames.join(', ')}.`,
  );
}
