/** A permission, with what it is nested in. A name that ends in `:` or `-` goes on with a handle: `viewEntries:news`. */
interface PermissionNode {
  readonly name: string;
  readonly nested?: readonly PermissionNode[];
}

const node = (name: string, ...nested: readonly (PermissionNode | string)[]): PermissionNode => ({
  name,
  nested: nested.map((child) => (typeof child === 'string' ? { name: child } : child)),
});

/** All permissions there are, nested as Craft nests them. Those of entries and assets are known by pattern. */
const PERMISSIONS: readonly PermissionNode[] = [
  node('accessSiteWhenSystemIsOff'),
  node('accessCp', 'accessCpWhenSystemIsOff', 'performUpdates', 'accessPlugin-'),
  node(
    'viewUsers',
    node(
      'editUsers',
      'registerUsers',
      'moderateUsers',
      node('administrateUsers', 'impersonateUsers'),
      'assignUserPermissions',
      'assignUserGroup:',
    ),
    'deleteUsers',
  ),
  node('editSite:'),
  node(
    'viewEntries:',
    'createEntries:',
    'saveEntries:',
    'deleteEntries:',
    'deleteEntriesForSite:',
    node('viewPeerEntries:', 'savePeerEntries:', 'deletePeerEntries:', 'changeAuthorForPeerEntries:'),
    node('viewPeerEntryDrafts:', 'savePeerEntryDrafts:', 'deletePeerEntryDrafts:'),
  ),
  node(
    'viewAssets:',
    'saveAssets:',
    'deleteAssets:',
    'replaceFiles:',
    'editImages:',
    'createFolders:',
    node('viewPeerAssets:', 'savePeerAssets:', 'replacePeerFiles:', 'deletePeerAssets:', 'editPeerImages:'),
  ),
];

interface KnownName {
  /** As people write it: `editUsers`. */
  readonly spelling: string;
  /** What it is nested in, lower-cased. */
  readonly parent: string | undefined;
}

/** By lower-cased name. */
const known = new Map<string, KnownName>();

function learn(nodes: readonly PermissionNode[], parent: string | undefined): void {
  for (const { name, nested = [] } of nodes) {
    known.set(name.toLowerCase(), { spelling: name, parent });
    learn(nested, name.toLowerCase());
  }
}
learn(PERMISSIONS, undefined);

/** `viewentries:news` → `viewentries:` and `news`. */
function divide(permission: string): { readonly name: string; readonly handle: string } {
  const end = permission.search(/[:-]/) + 1;
  return end === 0
    ? { name: permission, handle: '' }
    : { name: permission.slice(0, end), handle: permission.slice(end) };
}

/** As permissions are stored and compared, whatever the case people wrote them in. */
export const normalizePermission = (permission: string): string => permission.trim().toLowerCase();

/** Whether there is such a permission, as far as its pattern tells: `viewEntries:news` is known whether or not there is `news`. */
export function isKnownPermission(permission: string): boolean {
  const { name, handle } = divide(normalizePermission(permission));
  return known.has(name) && (handle !== '' || !/[:-]$/.test(name));
}

/** What a permission is nested in, lower-cased; `undefined` at the top. Takes a normalized name. */
export function parentOf(permission: string): string | undefined {
  const { name, handle } = divide(permission);
  const parent = known.get(name)?.parent;
  return parent?.endsWith(':') === true ? parent + handle : parent;
}

/** As documents spell it: `moderateUsers` for `moderateusers`. Handles stay as they are. */
export function spellPermission(permission: string): string {
  const { name, handle } = divide(permission);
  return (known.get(name.toLowerCase())?.spelling ?? name) + handle;
}

/** Every spelling people may mean, for error messages: `viewUsers`, `assignUserGroup:<handle>`. */
export const permissionNames: readonly string[] = [...known.values()].map(({ spelling }) =>
  /[:-]$/.test(spelling) ? `${spelling}<handle>` : spelling,
);
