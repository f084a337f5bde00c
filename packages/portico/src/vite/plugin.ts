import { relative, resolve } from 'node:path';
import type { Plugin, ResolvedConfig, ViteDevServer } from 'vite';
import { actionsModule } from './actions-module.ts';
import { leakCheck } from './leak-check.ts';
import { actionsModuleTypes, isLeftOut, writeIfChanged } from './module-types.ts';
import { mountMiddleware } from './mount.ts';
import type { PorticoViteOptions } from './options.ts';
import { createProject, type Project } from './project.ts';

/**
 * The Vite plugin of Portico: `import { actions } from 'portico:actions'`. In browsers these are functions, made of the names
 * that the project's file of actions has; on servers the definitions. A bundle for browsers that would hold server code
 * fails. Without another server, `vite dev` and `vite preview` answer the actions, too.
 */
export function porticoVite(options: PorticoViteOptions = {}): Plugin[] {
  let project: Project | undefined;
  let server: ViteDevServer | undefined;
  let isPreview = false;
  const known = (): Project => {
    if (project) return project;
    throw new Error('portico/vite: Vite has not resolved its configuration yet.');
  };
  const module = actionsModule(known);

  const set: Plugin = {
    name: 'portico',
    config(_config, env) {
      isPreview = env.isPreview === true;
      // Server code has no place among what is optimized for browsers, and a scan would find it behind type-only imports.
      // Named, `devalue` is not found later by a page that has to load again for it.
      return {
        optimizeDeps: { exclude: ['portico', '@portico/site'], include: ['portico > devalue'] },
        // Workers are bundles of their own.
        worker: { plugins: () => [leakCheck(known)] },
      };
    },
    async configResolved(config) {
      // Astro begins a build with a dev server for its types, which is closed by then.
      if (config.command === 'build') server = undefined;
      project = createProject({
        config,
        options,
        isMounted: config.command === 'serve' && (options.mount ?? isServedByVite(config)),
        plugins: () => [actionsModule(known)],
        server: () => server,
      });
      if (!isPreview && options.types !== false) await writeTypes(project, config);
    },
    configureServer(given) {
      server = given;
      if (known().isMounted) given.middlewares.use(mountMiddleware(known()));
    },
    configurePreviewServer({ middlewares }) {
      if (known().isMounted) middlewares.use(mountMiddleware(known()));
    },
  };
  return [set, module, leakCheck(known)];
}

function isServedByVite({ appType, server }: ResolvedConfig): boolean {
  return appType !== 'custom' && !server.middlewareMode;
}

async function writeTypes(project: Project, config: ResolvedConfig): Promise<void> {
  const { root, options } = project;
  try {
    const actions = project.file();
    const at = resolve(root, options.types || besideSources(relative(root, actions)));
    writeIfChanged(at, await actionsModuleTypes({ at, actions }));
    if (!isLeftOut(root, at)) return;
    config.logger.warnOnce(
      `portico/vite: no tsconfig.json of ${root} includes ${relative(root, at)}, so 'portico:actions' has no types. ` +
        `Add it: "include": ["src", "${relative(root, at)}"].`,
    );
  } catch (error) {
    // A file of actions that is missing or broken is told of where it is imported.
    config.logger.warnOnce(
      `portico/vite: the types of portico:actions were not written. ${(error as Error).message}`,
    );
  }
}

/** In the folder of the project's sources, where tsconfig.json looks. */
function besideSources(actions: string): string {
  const folder = /^[^/\\]+(?=[/\\])/.exec(actions)?.[0] ?? '.';
  return `${folder}/portico-env.d.ts`;
}
