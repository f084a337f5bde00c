import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The browser's scripts as native ES modules, with no build step and no bundler in production: Node strips the types, as it
 * does when it runs the server. Starting from the entry, the imports are followed, so what can be fetched is exactly what is
 * imported: nothing of the server, since its types are imported as types and stripped.
 */
export interface BrowserModules {
  /** JavaScript by URL path. */
  readonly modules: ReadonlyMap<string, string>;
  /** Bare names that the browser must know, by `<script type="importmap">`. */
  readonly importMap: Readonly<Record<string, string>>;
}

/** Throws, naming the file, for an import that leads nowhere. */
export function collectModules(entry: URL): BrowserModules {
  const modules = new Map<string, string>();
  const importMap: Record<string, string> = {};
  const roots = new Map<string, string>([[`${dirname(fileURLToPath(entry))}/`, '/assets/browser/']]);

  visit(entry, import.meta.url);
  return { modules, importMap };

  function visit(file: URL, from: string): string {
    const path = fileURLToPath(file);
    const url = urlOf(path);
    if (url === undefined)
      throw new Error(`${from} imports ${path}, which is outside of what the browser may see.`);
    if (modules.has(url)) return url;
    const source = readFileSync(path, 'utf8');
    const script = path.endsWith('.ts') ? strip(source) : source;
    modules.set(url, script);
    for (const specifier of importsOf(script)) {
      if (specifier.startsWith('.')) visit(new URL(specifier, file), path);
      else importMap[specifier] ??= visitPackage(specifier, file);
    }
    return url;
  }

  function visitPackage(specifier: string, from: URL): string {
    // `devalue` is a dependency of portico, so it is looked up from there.
    const resolved = pathToFileURL(createRequire(from).resolve(specifier));
    const name = specifier.split('/')[0] ?? specifier;
    roots.set(`${dirname(fileURLToPath(resolved))}/`, `/assets/${name}/`);
    return visit(resolved, fileURLToPath(from));
  }

  function urlOf(path: string): string | undefined {
    for (const [folder, prefix] of roots) {
      if (path.startsWith(folder)) return prefix + relative(folder, path).replaceAll('\\', '/');
    }
    return undefined;
  }
}

function strip(source: string): string {
  // Node says once that this function may still change; that is of no use to whoever runs the site.
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

// The imports of modules that are known: ours, Portico's and devalue's. Their doc comments name types by `import('…')`.
function importsOf(script: string): string[] {
  const code = script.replace(/\/\*\*[^]*?\*\//g, '');
  const statements = code.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? '');
}
