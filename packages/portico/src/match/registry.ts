import { controllerSpelling, decodeSegment } from '../define/action-name.ts';
import { ActionTreeError, type MountedAction } from '../define/tree.ts';
import { kebabCase } from '../lib/kebab.ts';

/** Finds an action by any spelling of its name that a request may use. */
export interface Registry {
  readonly all: ReadonlyMap<string, MountedAction>;
  /** `users.saveUser`, `users/save-user` or `users/saveUser`, percent-encoded or not. */
  find(name: string): MountedAction | undefined;
}

/**
 * Every spelling is known beforehand, so that finding one is a lookup and no client's text ever walks an object. Throws an
 * `ActionTreeError` where two actions are spelled alike at the controller doors: one of them could not be reached.
 */
export function createRegistry(all: ReadonlyMap<string, MountedAction>): Registry {
  const spellings = new Map<string, MountedAction>();
  const add = (spelling: string, mounted: MountedAction): void => {
    if (!spellings.has(spelling)) spellings.set(spelling, mounted);
  };
  const byPath = new Map<string, MountedAction>();
  for (const [name, mounted] of all) {
    spellings.set(name, mounted);
    const path = controllerSpelling(name);
    const first = byPath.get(path);
    if (first) {
      throw new ActionTreeError(
        `actions: "${first.name}" and "${name}" are both ${path} at the controller doors. Rename one.`,
      );
    }
    byPath.set(path, mounted);
  }
  for (const [name, mounted] of all) {
    const segments = name.split('.');
    const keys = segments.map(decodeSegment);
    add(segments.join('/'), mounted);
    add(controllerSpelling(name), mounted);
    // Proxies and URL parsers decode `%2E` on the way.
    add(keys.join('.'), mounted);
    add(keys.join('/'), mounted);
    add(keys.map(kebabCase).join('/'), mounted);
  }
  return { all, find: (name) => spellings.get(name) };
}
