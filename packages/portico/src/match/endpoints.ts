import type { Endpoint, Plugin } from '../define/options.ts';

/** Finds the endpoint of a plugin for a path. */
export type Endpoints = (path: string) => Endpoint | undefined;

const NONE: Endpoints = () => undefined;

/** Endpoints of plugins by path below the base; of two for one path, the first plugin's. */
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
      exact.set(base + pattern.slice(0, -2), endpoint);
      prefixes.push([base + pattern.slice(0, -1), endpoint]);
    }
  }
  prefixes.sort(([left], [right]) => right.length - left.length);
  return (path) => exact.get(path) ?? prefixes.find(([prefix]) => path.startsWith(prefix))?.[1];
}
