import { NO_PARAMS } from '../context/request-context.ts';
import type { Settings } from '../context/settings.ts';
import type { DoorName } from '../define/context.ts';
import type { MountedAction } from '../define/tree.ts';
import type { Registry } from './registry.ts';
import { matchRoute, type Route } from './routes.ts';
import { PAGE_PARAM, RPC_SEGMENT } from '../wire/names.ts';

const PAGE_QUERY = `?${PAGE_PARAM}=`;

/** How the answer is to look: the rpc wire, a form on its page (Astro's way), or controller style (Craft's way). */
export type Style = 'rpc' | 'page' | 'controller';

/** A request that is ours: by which door, and which action if there is one of that name. */
export interface Match {
  readonly door: Exclude<DoorName, 'server'>;
  readonly style: Style;
  /** As the request spelled it. */
  readonly name: string;
  readonly mounted: MountedAction | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** Whether the posted URL is a page that can be rendered again. */
  readonly onPage: boolean;
  /** Whether a line of the route table led here. */
  readonly routed: boolean;
  /** The request names an action in a way that cannot be read. */
  readonly malformed: string | undefined;
}

/** By the path itself, then by routes. `undefined`: not ours, unless an endpoint stands there, or query or body name an action. */
export function matchPath(
  settings: Settings,
  registry: Registry,
  routes: readonly Route[],
  method: string,
  path: string,
): Match | undefined {
  const inner = withoutBase(settings.base, path);
  if (inner === undefined) return undefined;
  const rpc = nameAfter(inner, RPC_SEGMENT);
  if (rpc !== undefined) return found(registry, 'rpc', 'rpc', rpc, false);
  const { actionTrigger } = settings;
  const controller = actionTrigger === false ? undefined : nameAfter(inner, actionTrigger);
  if (controller !== undefined && controller !== '')
    return found(registry, 'path', 'controller', controller, false);
  return routeMatch(routes, method, inner);
}

/**
 * The routes that plugins bring, asked last: a form on such a page that names an action means that one. So does Craft with
 * its special paths.
 */
export function matchPluginRoute(
  settings: Settings,
  routes: readonly Route[],
  method: string,
  path: string,
): Match | undefined {
  if (routes.length === 0) return undefined;
  const inner = withoutBase(settings.base, path);
  return inner === undefined ? undefined : routeMatch(routes, method, inner);
}

function routeMatch(routes: readonly Route[], method: string, inner: string): Match | undefined {
  try {
    const route = matchRoute(routes, method, inner);
    if (!route) return undefined;
    const { mounted, params } = route;
    return {
      door: 'path',
      style: 'controller',
      name: mounted.name,
      mounted,
      params,
      onPage: false,
      routed: true,
      malformed: undefined,
    };
  } catch {
    return malformed('path', 'controller', 'The path has a malformed percent-escape.');
  }
}

/** The action that the query names, on whatever path. */
export function matchQuery(
  settings: Settings,
  registry: Registry,
  method: string,
  search: string,
): Match | undefined {
  if (!search.includes('action')) {
    if (settings.actionParam === false || !search.includes(settings.actionParam)) return undefined;
  }
  // What our own forms post to. Saves parsing the query, 4 % of a small form.
  if (method === 'POST' && search.startsWith(PAGE_QUERY) && !/[&%+]/.test(search)) {
    return found(registry, 'page', 'page', search.slice(PAGE_QUERY.length), true);
  }
  const query = new URLSearchParams(search);
  const page = query.get(PAGE_PARAM);
  if (page !== null && method === 'POST') return found(registry, 'page', 'page', page, true);
  return settings.actionParam === false
    ? undefined
    : matchParam(registry, settings.actionParam, query, 'path');
}

function matchParam(
  registry: Registry,
  param: string,
  query: URLSearchParams,
  door: 'path' | 'page',
): Match | undefined {
  for (const key of query.keys()) {
    if (key.startsWith(`${param}[`)) {
      return malformed(
        door,
        'controller',
        `The parameter ${param} must be one text; "${key.slice(0, 40)}" was sent.`,
      );
    }
  }
  const value = query.get(param);
  return value === null ? undefined : matchNamed(registry, value, door);
}

/** The action that a body field or query parameter names; a text without a slash that names none is the host's own. */
export function matchNamed(registry: Registry, value: string, door: 'path' | 'page'): Match | undefined {
  const match = found(registry, door, 'controller', withoutSlashes(value), true);
  return match.mounted || value.includes('/') ? match : undefined;
}

// No `/\/+$/`: it tries each slash of a long run anew, which for 64 KiB of them takes seconds.
function withoutSlashes(value: string): string {
  let start = 0;
  let end = value.length;
  while (value[start] === '/') start++;
  while (end > start && value[end - 1] === '/') end--;
  return value.slice(start, end);
}

/** A request whose naming of an action cannot be read. */
export function malformed(door: 'rpc' | 'path' | 'page', style: Style, message: string): Match {
  return {
    door,
    style,
    name: '',
    mounted: undefined,
    params: NO_PARAMS,
    onPage: door === 'page',
    routed: false,
    malformed: message,
  };
}

function found(
  registry: Registry,
  door: 'rpc' | 'path' | 'page',
  style: Style,
  name: string,
  onPage: boolean,
): Match {
  const direct = registry.find(name);
  if (direct)
    return {
      door,
      style,
      name,
      mounted: direct,
      params: NO_PARAMS,
      onPage,
      routed: false,
      malformed: undefined,
    };
  let decoded: string;
  try {
    decoded = name.includes('%') ? decodeURIComponent(name) : name;
  } catch {
    return malformed(door, style, 'The name of the action has a malformed percent-escape.');
  }
  return {
    door,
    style,
    name,
    mounted: registry.find(decoded),
    params: NO_PARAMS,
    onPage,
    routed: false,
    malformed: undefined,
  };
}

/** The path below the base, or `undefined` outside of it. */
function withoutBase(base: string, path: string): string | undefined {
  if (base === '') return path;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}

/** What stands after `/segment/`, without a trailing slash. */
function nameAfter(path: string, segment: string): string | undefined {
  if (!path.startsWith(segment, 1)) return undefined;
  const end = segment.length + 1;
  if (path.length === end) return '';
  if (path[end] !== '/') return undefined;
  return path.endsWith('/') ? path.slice(end + 1, -1) : path.slice(end + 1);
}
