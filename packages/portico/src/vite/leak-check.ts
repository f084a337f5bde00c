import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import type { Project } from './project.ts';

const STUB = '\0portico:server-only:';
// Of our packages, what is made for browsers.
const FOR_BROWSERS: ReadonlySet<string> = new Set(['portico/client', 'portico/react']);
const URL_OF_FILE = /new\s+URL\(\s*["'`]([^"'`]+)["'`]\s*,\s*import\.meta\.url/g;
const OUR_PACKAGE = /^(?:portico|@portico\/site)(?:\/|$)/;

/** What tells importers: of a module graph, in a build or a dev server. */
type ImportersOf = (id: string) => readonly string[];

/**
 * Keeps the server out of what browsers load: a build that would bundle the file of actions, Portico's server code or what
 * the option `server` names fails with the imports that led there; the dev server shows them over the page.
 */
export function leakCheck(project: () => Project): Plugin {
  let isOff = false;
  const leaks = new Set<string>();

  const isServerOnly = (id: string): boolean => {
    const { root, options } = project();
    const path = id.replace(/\?.*$/s, '');
    return (
      path === actionsFile(project()) ||
      (options.server ?? []).some((item) => isWithin(path, resolve(root, item)))
    );
  };
  const isServerPackage = (source: string): boolean => {
    if (OUR_PACKAGE.test(source)) return !FOR_BROWSERS.has(source);
    const items = project().options.server ?? [];
    return items.some((item) => source === item || (!/^[./]/.test(source) && source.startsWith(`${item}/`)));
  };

  return {
    name: 'portico:leak-check',
    enforce: 'pre',
    applyToEnvironment: ({ config }) => config.consumer === 'client',
    configResolved({ plugins }) {
      // Vitest runs the modules of a "browser" in Node.
      isOff = plugins.some(({ name }) => name === 'vitest');
    },
    buildStart() {
      leaks.clear();
    },
    resolveId(source, importer, options) {
      // The scan for dependencies goes through type-only imports, too.
      if (isOff || importer === undefined || isScan(options) || !isServerPackage(source)) return undefined;
      if (this.environment.mode === 'dev') {
        const graph = this.environment.moduleGraph;
        const chain = [...chainTo(importer, importersIn(graph)), source];
        throw Object.assign(new Error(leakMessage([chain], project())), { id: importer });
      }
      return STUB + source;
    },
    load(id) {
      if (isOff) return undefined;
      const isStub = id.startsWith(STUB);
      if (!isStub && !isServerOnly(id)) return undefined;
      if (this.environment.mode === 'dev') {
        const chain = chainTo(id, importersIn(this.environment.moduleGraph));
        throw Object.assign(new Error(leakMessage([chain], project())), { id: chain.at(-2) ?? id });
      }
      leaks.add(id);
      // Only when all modules are there the shortest chain is known. CommonJS: no name that is imported is missing.
      return { code: 'module.exports = {};', moduleType: 'js' };
    },
    transform(code, id) {
      if (isOff || !code.includes('import.meta.url')) return undefined;
      // Such a file is no module of the graph: it is copied as it stands.
      for (const [, path = ''] of code.matchAll(URL_OF_FILE)) {
        const target = resolve(dirname(id), path).replaceAll('\\', '/');
        if (isServerOnly(target)) this.error(leakMessage([[id, target]], project()));
      }
      return undefined;
    },
    buildEnd(error) {
      if (error || leaks.size === 0) return;
      const importersOf: ImportersOf = (id) => {
        const info = this.getModuleInfo(id);
        return [...(info?.importers ?? []), ...(info?.dynamicImporters ?? [])];
      };
      const chains = [...leaks].map((id) => chainTo(id, importersOf));
      // A leak behind a leak is none: the first one is replaced whole.
      this.error(leakMessage(chains, project()));
    },
  };
}

function actionsFile(project: Project): string | undefined {
  try {
    return project.file();
  } catch {
    return undefined;
  }
}

function isWithin(path: string, folder: string): boolean {
  const above = folder.replaceAll('\\', '/');
  return path === above || path.startsWith(`${above}/`) || path.replace(/\.[^./]+$/, '') === above;
}

function isScan(options: unknown): boolean {
  return (options as { scan?: boolean } | undefined)?.scan === true;
}

interface Graph {
  getModuleById(id: string): { readonly importers: ReadonlySet<{ readonly id: string | null }> } | undefined;
}

function importersIn(graph: Graph): ImportersOf {
  return (id) => [...(graph.getModuleById(id)?.importers ?? [])].flatMap((node) => node.id ?? []);
}

/** The shortest way by which an entry imports a module: the entry first. */
function chainTo(id: string, importersOf: ImportersOf): string[] {
  const ways: string[][] = [[id]];
  const seen = new Set([id]);
  for (const way of ways) {
    const importers = importersOf(way[0] ?? id);
    if (importers.length === 0) return way;
    for (const importer of importers) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      ways.push([importer, ...way]);
    }
  }
  return [id];
}

function leakMessage(chains: readonly (readonly string[])[], { root }: Project): string {
  const shown = (id: string): string => {
    const path = id.startsWith(STUB) ? id.slice(STUB.length) : id.replace(/\?.*$/s, '');
    return path.startsWith(`${root}/`) ? relative(root, path) : path.replaceAll('\0', '');
  };
  const lists = chains.map((chain) =>
    [...new Set(chain.map(shown))].map((name, at) => (at === 0 ? `  ${name}` : `  → ${name}`)).join('\n'),
  );
  return (
    `portico/vite: a browser would load server code.\n\n${lists.join('\n\n')}\n\n` +
    "Import actions from 'portico:actions' in what browsers load, and of server files only types: import type { … }."
  );
}
