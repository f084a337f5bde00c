import { relative } from 'node:path';
import type { DevEnvironment, Plugin, ResolvedConfig, ViteDevServer } from 'vite';
import { findActionsFile, mayBeActionsFile, readExports, type ActionsExports } from './actions-file.ts';
import { evaluate, EvaluationError, standaloneEnvironment, type Evaluated } from './evaluate.ts';
import type { PorticoViteOptions } from './options.ts';
import { projectPlugins } from './project-plugins.ts';
import { whileReadingNames } from './reading-names.ts';
import { namesOf, type Names } from './verbs.ts';

/** The module that dev and preview servers mount; it exports `portico` and `porticoExpress`. */
export const MOUNT_ID = '\0portico:mount';

type Exports = Readonly<Record<string, unknown>>;

/** The project's actions, as the plugin's parts know them: where their file is, and what running it gave. */
export interface Project {
  readonly root: string;
  readonly options: PorticoViteOptions;
  /** Whether this Vite answers the actions itself. */
  readonly isMounted: boolean;
  /** The file of actions. Throws where there is none. */
  file(): string;
  exports(): Promise<ActionsExports>;
  /** The names, read once until `forget`. Rejects where the file cannot be run, with what to do. */
  names(): Promise<Names>;
  /** What the module that is mounted exports. */
  mounted(): Promise<Exports>;
  /** The files that names and app depend on, as far as they were read. */
  files(): ReadonlySet<string>;
  /** Whether a change of a file, given by its absolute path, may be one of the actions. */
  concerns(file: string): boolean;
  /** Whether a path is one at which the file of actions is looked for. */
  isActionsFile(path: string): boolean;
  forget(): void;
}

export interface ProjectParts {
  readonly config: ResolvedConfig;
  readonly options: PorticoViteOptions;
  readonly isMounted: boolean;
  /** The plugins with which the file runs where there is no dev server. */
  readonly plugins: () => readonly Plugin[];
  readonly server: () => ViteDevServer | undefined;
}

export function createProject({ config, options, isMounted, plugins, server }: ProjectParts): Project {
  const { root } = config;
  let current: Evaluated<Exports> | undefined;
  let running: Promise<Evaluated<Exports>> | undefined;
  let files: ReadonlySet<string> = new Set();
  let hasFailed = false;

  const file = (): string => findActionsFile(root, options.actions);

  const isActionsFile = (path: string): boolean => mayBeActionsFile(root, options.actions, path);

  async function run(): Promise<Evaluated<Exports>> {
    const before = current;
    hasFailed = true;
    try {
      current = await runIn(isMounted ? MOUNT_ID : file());
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      files = new Set([...files, ...error.files]);
      throw new Error(failure(relative(root, file()), error), { cause: error.cause });
    }
    hasFailed = false;
    files = current.files;
    await before?.close();
    // Of names nothing is asked twice; an app may still import.
    if (!isMounted) await current.close();
    return current;
  }

  async function runIn(id: string): Promise<Evaluated<Exports>> {
    const dev = await devEnvironment(server());
    if (dev) return evaluate(dev, id);
    try {
      return await runAlone(id, []);
    } catch (error) {
      const others = projectPlugins(config);
      if (others.length === 0) throw error;
      // What it imports may come from another plugin. Most do not, and none of these expects to run in here.
      return runAlone(id, others);
    }
  }

  async function runAlone(id: string, others: readonly Plugin[]): Promise<Evaluated<Exports>> {
    const alone = await standaloneEnvironment(config, [...plugins(), ...others]);
    const read = (): Promise<Evaluated<Exports>> => evaluate(alone, id);
    try {
      return await (config.command === 'build' ? whileReadingNames(read) : read());
    } finally {
      if (!isMounted) await alone.close();
    }
  }

  const evaluated = (): Promise<Evaluated<Exports>> => (running ??= run());

  return {
    root,
    options,
    isMounted,
    file,
    exports: async () => readExports(file()),
    async names() {
      const { exports } = await evaluated();
      const names = namesOf(exports, relative(root, file()));
      return options.base === undefined ? names : { ...names, base: options.base };
    },
    mounted: async () => (await evaluated()).exports,
    files: () => files,
    // A file that could not be read is not known by its name.
    concerns: (changed) => hasFailed || files.has(changed) || isActionsFile(changed),
    isActionsFile,
    forget() {
      running = undefined;
    },
  };
}

/** An environment of the dev server that runs modules in this process; one for a worker elsewhere cannot. */
async function devEnvironment(server: ViteDevServer | undefined): Promise<DevEnvironment | undefined> {
  if (!server) return undefined;
  const { isRunnableDevEnvironment } = await import('vite');
  const { ssr } = server.environments;
  return isRunnableDevEnvironment(ssr) ? ssr : undefined;
}

function failure(file: string, { message }: EvaluationError): string {
  return (
    `portico/vite: ${file} cannot be run, so nobody knows the names of its actions.\n\n  ${message}\n\n` +
    'The names are read when the bundle is made: at the top of this file, and of what it imports, connect to nothing and ' +
    'demand no variables of the environment. createPortico and createSite do not; do the same in handlers.'
  );
}
