import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Vite from 'vite';

type Exports = Readonly<Record<string, unknown>>;

// Node could not read the file, or not find what it imports: a bundler may. Nothing of the app has run by then.
const NOT_FOR_NODE: ReadonlySet<string> = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_UNSUPPORTED_ESM_URL_SCHEME',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
]);

/**
 * What a file of the project exports. TypeScript is run by Node, which strips the types; where it cannot (enums, paths of
 * tsconfig, imports without extension), by Vite if it is installed. Rejects with what to do.
 */
export async function importModule(path: string, folder: string): Promise<Exports> {
  try {
    return (await import(pathToFileURL(path).href)) as Exports;
  } catch (error) {
    if (!isForBundlers(error)) throw error;
    const vite = await import('vite').catch(() => undefined);
    if (vite) return importByVite(vite, path, folder);
    throw new Error(
      `Node ${process.versions.node} cannot run it, and Vite, which might, is not installed (npm i -D vite). Node takes ` +
        'erasable TypeScript, with file extensions in imports.',
      { cause: error },
    );
  }
}

function isForBundlers(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  // Imports of types without `type` are missing exports to Node.
  if ((typeof code === 'string' && NOT_FOR_NODE.has(code)) || error instanceof SyntaxError) return true;
  return error instanceof TypeError && readsBundlersEnv(error);
}

/** `import.meta.env` is there where a bundler puts it. Whether the file that failed reads it. */
function readsBundlersEnv({ stack = '' }: TypeError): boolean {
  const file = /file:\/\/[^\s:]+/.exec(stack)?.[0];
  return file !== undefined && readFileSync(fileURLToPath(file), 'utf8').includes('import.meta.env');
}

async function importByVite(vite: typeof Vite, path: string, folder: string): Promise<Exports> {
  const conditions = conditionsOfProcess();
  // Vite takes a missing one for development, Portico for production.
  process.env['NODE_ENV'] ??= 'production';
  const { module } = await vite.runnerImport<Exports>(path, {
    root: folder,
    logLevel: 'error',
    resolve: { tsconfigPaths: true },
    plugins: [oneCopy],
    environments: { inline: { resolve: { conditions, externalConditions: conditions } } },
  });
  return module;
}

const OWN = '\0portico:own:';

/** The app has to be of this very copy of Portico: Vite would run a linked one a second time, and hands a URL of data to Node. */
const oneCopy: Vite.Plugin = {
  name: 'portico:one-copy',
  enforce: 'pre',
  resolveId: (id) => (/^portico(?:\/|$)/.test(id) ? OWN + id : undefined),
  load(id) {
    if (!id.startsWith(OWN)) return undefined;
    const code = `export * from ${JSON.stringify(import.meta.resolve(id.slice(OWN.length)))}`;
    return `export * from ${JSON.stringify(`data:text/javascript,${encodeURIComponent(code)}`)}`;
  },
};

/** Packages are resolved as Node itself was told to (`--conditions`, `-C`), else there would be two of them. */
function conditionsOfProcess(): string[] {
  const args = [...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/), ...process.execArgv];
  return args.flatMap((arg, index) => {
    const [, value] = /^(?:--conditions|-C)=(.+)$/.exec(arg) ?? [];
    return value ?? (arg === '--conditions' || arg === '-C' ? (args[index + 1] ?? []) : []);
  });
}
