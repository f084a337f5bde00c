import { appOf } from '../app.ts';
import { decodeSegment } from '../define/action-name.ts';
import type { MountedAction } from '../define/tree.ts';
import { JSON_TYPE } from '../wire/names.ts';
import { Components } from './components.ts';
import type { Described } from './described.ts';
import type { OpenApiDocument, OpenApiResponse } from './document-types.ts';
import type { OpenApiOptions } from './options.ts';
import { Paths } from './paths.ts';
import { securitySchemes } from './security.ts';
import { actionError, actionInputError, controllerError } from './shared-schemas.ts';

/**
 * The OpenAPI 3.1 document of a mounted app: every action at its rpc path and its controller path, and the app's routes, with
 * what it takes, answers and refuses. Plain data, made anew at each call. Throws a `TypeError` for what `createPortico` did
 * not return, and for options without title or version.
 */
export function openApi(portico: object, options: OpenApiOptions): OpenApiDocument {
  const { settings, registry, routes, pluginRoutes } = appOf(portico);
  for (const key of ['title', 'version'] as const) {
    if (typeof options[key] !== 'string' || options[key] === '')
      throw new TypeError(`openApi: pass a ${key}: OpenAPI asks for one (info.${key}).`);
  }
  const { include = () => true, doors = 'both' } = options;
  const components = new Components();
  Object.assign(components.schemas, {
    ActionError: actionError,
    ActionInputError: actionInputError,
    ControllerError: controllerError,
  });
  const schemes = Object.keys(options.securitySchemes ?? {});
  const described = new Map<string, Described>();
  for (const mounted of registry.all.values()) {
    if (include(mounted.name))
      described.set(mounted.name, describe(mounted, { settings, components, schemes }));
  }
  const paths = new Paths();
  if (doors !== 'controller') for (const one of described.values()) paths.addRpc(one);
  if (doors !== 'rpc') {
    for (const one of described.values()) paths.addController(one);
    for (const route of [...routes, ...pluginRoutes]) {
      const one = described.get(route.mounted.name);
      if (one) paths.addRoute(one, route);
    }
  }
  const servers =
    options.servers ?? (settings.siteUrl === undefined ? undefined : [{ url: originOf(settings.siteUrl) }]);
  const all = securitySchemes(settings, options);
  return {
    openapi: '3.1.1',
    info: {
      title: options.title,
      version: options.version,
      ...(options.description !== undefined && { description: options.description }),
    },
    ...(servers && { servers }),
    tags: tagsOf(described.values()),
    paths: paths.all,
    components: {
      schemas: components.schemas,
      responses: { Error: otherError('ActionError'), ControllerError: otherError('ControllerError') },
      ...(Object.keys(all).length > 0 && { securitySchemes: all }),
    },
  };
}

function describe(
  { name, action }: MountedAction,
  shared: Pick<Described, 'settings' | 'components' | 'schemes'>,
): Described {
  const keys = name.split('.').map(decodeSegment);
  const words = keys.map((key) => key.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, ''));
  const title = words.map((word) => (word[0]?.toUpperCase() ?? '') + word.slice(1)).join('');
  const tag = keys.slice(0, -1).join('.');
  return {
    name,
    definition: action.definition,
    ...shared,
    title: title || 'Action',
    id: words.filter((word) => word !== '').join('_') || 'action',
    tag: tag === '' ? undefined : tag,
  };
}

function tagsOf(described: Iterable<Described>): Array<{ readonly name: string }> {
  const names = new Set(Array.from(described, ({ tag }) => tag));
  return [...names].filter((name) => name !== undefined).map((name) => ({ name }));
}

// Paths below carry the app's base themselves.
function originOf(siteUrl: string): string {
  return new URL(siteUrl).origin;
}

function otherError(schema: string): OpenApiResponse {
  return {
    description:
      'Any other error of the action’s; 405 with `Allow` for a method it does not have, 404 for a name that is none.',
    content: { [JSON_TYPE]: { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}
