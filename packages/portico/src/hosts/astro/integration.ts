import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroConfig, AstroIntegration } from 'astro';
import type { PorticoOptions } from '../../define/options.ts';
import { findActionsFile } from '../../vite/actions-file.ts';
import { porticoVite } from '../../vite/plugin.ts';
import { READ_NAMES } from '../../vite/reading-names.ts';
import type { AstroSettings } from './hosted-app.ts';
import { injectedTypes, LOCALS_TYPES } from './injected-types.ts';
import { warnOfOwnCalls } from './own-calls.ts';
import { astroModules, MODULES } from './vite-plugin.ts';

type OwnOptions = Pick<
  PorticoOptions,
  | 'actionParam'
  | 'actionTrigger'
  | 'body'
  | 'csrf'
  | 'csrfTokenName'
  | 'formFailureStatus'
  | 'forms'
  | 'requireAccess'
  | 'siteUrl'
  | 'trustedProxies'
  | 'uploadDir'
  | 'wrongVerbStatus'
>;

export interface PorticoAstroOptions extends OwnOptions {
  /** The file of actions, from the project's root. Default: `src/portico/index.ts` or `src/portico.ts`. */
  readonly file?: string;
  /** Origins whose forms are accepted beside the site's own. */
  readonly trustedOrigins?: readonly string[];
  /**
   * Further paths, as Astro writes routes, that Portico answers though no page stands there: the app's `routes`, and pages
   * and endpoints of plugins: `['/login', '/mcp', '/shop/[...path]']`.
   */
  readonly paths?: readonly string[];
}

/**
 * Portico in an Astro project: `integrations: [portico()]`. Answers the actions of `src/portico/index.ts`, gives pages,
 * endpoints, middleware and server islands `Astro.locals.portico`, and `portico:actions` to whoever imports it.
 *
 * The options are those of `createPortico` that fit into a config file; a project that needs others exports
 * `portico = createPortico(…)` from its file, and then none may be given here.
 */
export function portico(options: PorticoAstroOptions = {}): AstroIntegration {
  const { file, paths = [], ...own } = options;
  let settings: AstroSettings | undefined;
  let actionsFile = '';
  let config: AstroConfig | undefined;
  let patterns: readonly string[] | undefined;
  let isBuilding = false;
  return {
    name: 'portico',
    hooks: {
      'astro:config:setup'(setup) {
        const { command, updateConfig, addMiddleware, injectRoute, logger } = setup;
        const root = fileURLToPath(setup.config.root);
        actionsFile = findActionsFile(
          root,
          file ?? relative(root, fileURLToPath(new URL('portico', setup.config.srcDir))),
        );
        const routes = routesOf(own.actionTrigger ?? 'actions', paths);
        settings = {
          ...settingsOf(setup.config, command, own),
          routes,
          file: posix(relative(root, actionsFile)),
        };
        addMiddleware({ order: 'pre', entrypoint: MODULES.before });
        addMiddleware({ order: 'post', entrypoint: MODULES.after });
        if (command === 'build' && !setup.config.adapter) logger.warn(NO_ADAPTER);
        else
          for (const pattern of routes)
            injectRoute({ pattern, entrypoint: sibling('route'), prerender: false });
        updateConfig({
          // Portico judges its own actions, and does for other endpoints what Astro would.
          security: { checkOrigin: false },
          vite: {
            plugins: [
              porticoVite({ actions: settings.file, base: settings.base, mount: false, types: false }),
              warnOfOwnCalls(posix(fileURLToPath(setup.config.srcDir))),
              astroModules({
                file: actionsFile,
                settings,
                sessions: () => config?.session,
                patterns: () => (command === 'dev' ? patterns : undefined),
              }),
            ],
          },
        });
      },
      'astro:routes:resolved'({ routes }) {
        patterns = routes.map(({ patternRegex }) => patternRegex.source);
      },
      async 'astro:config:done'({ config: resolved, injectTypes }) {
        config = resolved;
        const at = fileURLToPath(new URL(`.astro/integrations/portico/${TYPES}`, resolved.root));
        injectTypes({ filename: TYPES, content: await injectedTypes({ at, actions: actionsFile }) });
        injectTypes({ filename: 'locals.d.ts', content: LOCALS_TYPES });
      },
      'astro:build:start'() {
        // Prerendering runs the project's file: secrets, URL and database are the business of the machine that serves it.
        isBuilding = process.env[READ_NAMES] === undefined;
        process.env[READ_NAMES] ??= '1';
      },
      'astro:build:done'() {
        if (isBuilding) delete process.env[READ_NAMES];
      },
    },
  };
}

const TYPES = 'portico.d.ts';

const NO_ADAPTER =
  'There is no adapter, so what is built are files alone. Prerendered pages may use Astro.locals.portico.callAction, but ' +
  'nobody answers forms, calls from the browser and server islands. Add an adapter: npx astro add node. Pages stay ' +
  'prerendered unless they say otherwise.';

function settingsOf(
  config: AstroConfig,
  command: string,
  own: PorticoOptions,
): Omit<AstroSettings, 'file' | 'routes'> {
  const base = config.base.replace(/^\/+|\/+$/g, '');
  // In development links should lead to the server that made them.
  const siteUrl = command === 'build' && config.site !== undefined ? { siteUrl: config.site } : {};
  return {
    options: { ...siteUrl, ...own },
    base: base === '' ? '' : `/${base}`,
    trailingSlash: config.trailingSlash,
    checkOrigin: config.security.checkOrigin,
    knowsHost: (config.security.allowedDomains?.length ?? 0) > 0,
  };
}

/** Where Astro must know a route for a request to reach its middleware. */
function routesOf(trigger: string | false, paths: readonly string[]): readonly string[] {
  const doors = ['_actions', '_portico', ...(trigger === false ? [] : [trigger.replace(/^\/+|\/+$/g, '')])];
  return [...doors.map((door) => `/${door}/[...portico]`), ...paths];
}

const posix = (path: string): string => path.replaceAll('\\', '/');

/** A file beside this one, as source or as built. */
function sibling(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}
