import type { DevEnvironment, Plugin, ResolvedConfig, RunnableDevEnvironment } from 'vite';

/** A module that was run, apart from all that else runs in this process. */
export interface Evaluated<Exports> {
  readonly exports: Exports;
  /** The files it was made of: when one changes, it is out of date. */
  readonly files: ReadonlySet<string>;
  /** Lets go of it. What it imports from then on by `import()` is refused. */
  close(): Promise<void>;
}

/** A module that could not be run. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  /** The files that were read until then. */
  readonly files: ReadonlySet<string>;

  constructor(message: string, cause: unknown, files: ReadonlySet<string>) {
    super(message, { cause });
    this.files = files;
  }
}

/** Runs a module anew in a server environment, with instances of its own of whatever is not external. */
export async function evaluate<Exports>(
  environment: DevEnvironment,
  id: string,
): Promise<Evaluated<Exports>> {
  const { createServerModuleRunner } = await import('vite');
  const runner = createServerModuleRunner(environment, { hmr: false, sourcemapInterceptor: false });
  const filesOf = (): ReadonlySet<string> =>
    new Set(
      [...runner.evaluatedModules.idToModuleMap.values()]
        .filter(({ meta }) => meta && !('externalize' in meta))
        .map(({ file }) => file),
    );
  try {
    const exports = await runner.import<Exports>(id);
    return { exports, files: filesOf(), close: () => runner.close() };
  } catch (cause) {
    const files = filesOf();
    await runner.close();
    throw new EvaluationError((cause as Error | undefined)?.message ?? String(cause), cause, files);
  }
}

/** A server environment of our own, where Vite has none that could run modules: in a build, and in `vite preview`. */
export async function standaloneEnvironment(
  config: ResolvedConfig,
  plugins: readonly Plugin[],
): Promise<RunnableDevEnvironment> {
  const { createRunnableDevEnvironment, resolveConfig } = await import('vite');
  const ssr = config.environments['ssr']?.resolve ?? config.resolve;
  const resolved = await resolveConfig(
    {
      configFile: false,
      root: config.root,
      mode: config.mode,
      envDir: config.envDir,
      ...(config.envPrefix !== undefined && { envPrefix: config.envPrefix }),
      ...(config.define && { define: config.define }),
      cacheDir: config.cacheDir,
      logLevel: 'error',
      plugins: [...plugins],
      resolve: { alias: config.resolve.alias, tsconfigPaths: config.resolve.tsconfigPaths },
      environments: {
        portico: {
          consumer: 'server',
          dev: { moduleRunnerTransform: true },
          resolve: {
            conditions: ssr.conditions,
            externalConditions: ssr.externalConditions,
            mainFields: ssr.mainFields,
            noExternal: ssr.noExternal,
            external: ssr.external,
            dedupe: ssr.dedupe,
          },
        },
      },
    },
    'serve',
    config.mode,
    process.env['NODE_ENV'] ?? 'production',
  );
  const environment = createRunnableDevEnvironment('portico', resolved, { hot: false });
  await environment.init();
  return environment;
}
