import type { Endpoint, Plugin } from '../define/options.ts';

/** Endpoints of plugins, by path below the base. */
export interface Endpoints {
  /** What answers a path. */
  find(path: string): Endpoint | undefined;
  /**
   * Whether a path is an endpoint's alone, so that no action runs there by a name in the query or the body. One that its
   * plugin has among its `pages`, too, is a page with forms like any other.
   */
  owns(path: string): boolean;
}

const NONE: Endpoints = { find: () => undefined, owns: () => false };

/** Of two endpoints for one path, the first plugin's. */
export function compileEndpoints(plugins: readonly Plugin[], base: string): Endpoints {
  const all = new Map(plugins.toReversed().flatMap(({ endpoints }) => Object.entries(endpoints ?? {})));
  if (all.size === 0) return NONE;
  const exact = new Map<string, Endpoint>();
  const prefixes: Array<readonly [string, Endpoint]> = [];
  for (const [pattern, endpoint] of all) {
    if (!pattern.startsWith('/')) {
      throw new TypeError(`A plugin has an endpoint ${JSON.stringify(pattern)}: it must begin with a slash.`);
    }
    if (!pattern.endsWith('/*')) exact.set(base + pattern, endpoint);
    else {
      const bare = pattern.slice(0, -2);
      if (!all.has(bare)) exact.set(base + bare, endpoint);
      prefixes.push([base + pattern.slice(0, -1), endpoint]);
    }
  }
  prefixes.sort(([left], [right]) => right.length - left.length);
  const pages = new Set(
    plugins.flatMap(({ pages: own = {} }) => Object.keys(own).map((path) => base + path)),
  );
  const find: Endpoints['find'] = (path) =>
    exact.get(path) ?? prefixes.find(([prefix]) => path.startsWith(prefix))?.[1];
  return { find, owns: (path) => find(path) !== undefined && !pages.has(path) };
}
