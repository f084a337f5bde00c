import type { MountedAction } from '../define/tree.ts';
import type { Registry } from './registry.ts';

/** A path of the app's own that leads to an action, controller style. */
export interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly mounted: MountedAction;
}

export interface RouteMatch {
  readonly mounted: MountedAction;
  readonly params: Readonly<Record<string, string>>;
}

/** Reads `{ 'POST /products/:id': 'products.save' }`. Throws where a line cannot be read, names no action, or another verb than the action's. */
export function compileRoutes(table: Readonly<Record<string, string>>, registry: Registry): Route[] {
  return Object.entries(table).map(([pattern, name]) => {
    const parsed = /^([A-Z]+) (\/\S*)$/.exec(pattern);
    if (!parsed) throw new TypeError(`routes: "${pattern}" is no route. Write 'POST /products/:id'.`);
    const mounted = registry.find(name);
    if (!mounted)
      throw new TypeError(`routes: "${pattern}" leads to "${name}", and there is no such action.`);
    const { methods } = mounted.action.definition;
    if (!methods.some((method) => method === parsed[1])) {
      throw new TypeError(
        `routes: "${pattern}" could never be followed: the action "${mounted.name}" takes ${methods.join(' and ')}.`,
      );
    }
    return { method: parsed[1] ?? '', segments: split(parsed[2] ?? ''), mounted };
  });
}

/** The first route that matches. `params` are decoded and have no prototype. Throws `URIError` on a malformed escape. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  if (routes.length === 0) return undefined;
  const segments = split(path);
  for (const route of routes) {
    if (route.method !== method && !(route.method === 'GET' && method === 'HEAD')) continue;
    if (route.segments.length !== segments.length) continue;
    const params = Object.create(null) as Record<string, string>;
    const matches = route.segments.every((part, index) => {
      const segment = segments[index] ?? '';
      if (!part.startsWith(':')) return part === segment;
      params[part.slice(1)] = decodeURIComponent(segment);
      return segment !== '';
    });
    if (matches) return { mounted: route.mounted, params };
  }
  return undefined;
}

function split(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}
