import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { readExports } from './actions-file.ts';

export interface ModuleTypes {
  /** The absolute path of the declaration file that will hold the text. */
  readonly at: string;
  /** The absolute path of the file of actions. */
  readonly actions: string;
}

/**
 * The declaration of the module `portico:actions`, typed by the project's own file. The same project gives the same text.
 * Rejects where the file of actions cannot be read.
 */
export async function actionsModuleTypes({ at, actions }: ModuleTypes): Promise<string> {
  const exports = await readExports(actions);
  const path = relative(dirname(at), actions).replaceAll('\\', '/');
  // `.js` is what every way to resolve modules finds a `.ts` by.
  const specifier = (path.startsWith('.') ? path : `./${path}`).replace(/\.([cm]?)tsx?$/, '.$1js');
  const source = `typeof import(${quoted(specifier)})`;
  const app = exports.portico ? `  export const portico: ${source}['portico'];\n` : '';
  return `// Written by portico/vite. Commit it, so that types are there before the first build.
declare module 'portico:actions' {
  /** Functions in the browser; on the server the definitions, for \`ctx.call\`, \`form\` and \`getActionResult\`. */
  export const actions: import('portico/client').Actions<${source}['${exports.portico ? 'portico' : 'server'}']>;
${app}  export { ActionError, defineAction, getActionContext, isActionError, isInputError } from 'portico';
  export { enhance } from 'portico/client';
}
`;
}

function quoted(path: string): string {
  return `'${path.replace(/['\\]/g, '\\$&')}'`;
}

/** Writes a text unless it stands there already: a compiler that watches need not begin again. */
export function writeIfChanged(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

interface Config {
  readonly include?: readonly string[];
  readonly files?: readonly string[];
  readonly extends?: unknown;
  readonly references?: ReadonlyArray<{ readonly path: string }>;
}

/**
 * Whether a tsconfig of the project certainly leaves a declaration file out: none that lies in the root, or that one refers
 * to, includes it. `extends` is not followed: where it may decide, the answer is no.
 */
export function isLeftOut(root: string, file: string): boolean {
  const first = readConfig(resolve(root, 'tsconfig.json'));
  if (!first) return false;
  const configs = [{ at: root, config: first.config }];
  for (const { path } of first.config.references ?? []) {
    const target = resolve(root, path);
    const found = readConfig(target.endsWith('.json') ? target : resolve(target, 'tsconfig.json'));
    if (!found) return false;
    configs.push({ at: dirname(found.path), config: found.config });
  }
  return configs.every(({ at, config }) => !includes(at, config, file));
}

function includes(at: string, { include, files, extends: parent }: Config, file: string): boolean {
  if (files?.some((path) => resolve(at, path) === file)) return true;
  const path = relative(at, file).replaceAll('\\', '/');
  if (path.startsWith('../')) return false;
  if (include === undefined) return files === undefined && (parent !== undefined || !/(^|\/)\./.test(path));
  return include.some((pattern) => {
    const folder = pattern.replace(/^\.\//, '').replace(/\/?\*.*$/, '');
    return folder === '' || folder === '.'
      ? !path.startsWith('.')
      : path === folder || path.startsWith(`${folder}/`);
  });
}

function readConfig(path: string): { readonly path: string; readonly config: Config } | undefined {
  try {
    const text = readFileSync(path, 'utf8')
      .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1')
      .replace(/,(\s*[\]}])/g, '$1');
    return { path, config: JSON.parse(text) as Config };
  } catch {
    return undefined;
  }
}
