import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs'] as const;
const DEFAULTS = ['src/actions/index', 'src/actions'] as const;

/** What the file of actions exports, by the names that `portico:actions` is about. */
export interface ActionsExports {
  /** The app, as `createPortico` returned it: then its actions are meant, those of plugins included. */
  readonly portico: boolean;
}

/** The absolute path of the file of actions, with `/` between its parts. Throws where there is none. */
export function findActionsFile(root: string, option: string | undefined): string {
  const candidates = candidatesOf(option).map((path) => resolve(root, path));
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found.replaceAll('\\', '/');
  const looked = candidates.map((path) => `  ${relative(root, path)}`).join('\n');
  throw new Error(
    `portico/vite: there is no file of actions in ${root}. Looked for\n${looked}\n` +
      'Make one that exports its actions: export const server = { … }. Or name yours: portico({ actions: ' +
      "'src/my-actions.ts' }).",
  );
}

/** Whether a path, absolute, is one at which a file of actions is looked for. */
export function mayBeActionsFile(root: string, option: string | undefined, file: string): boolean {
  return candidatesOf(option).some((path) => resolve(root, path).replaceAll('\\', '/') === file);
}

function candidatesOf(option: string | undefined): readonly string[] {
  if (option !== undefined && /\.[cm]?[jt]sx?$/.test(option)) return [option];
  const names = option === undefined ? DEFAULTS : [`${option}/index`, option];
  return names.flatMap((name) => EXTENSIONS.map((extension) => `${name}.${extension}`));
}

/** What the file exports, read without running it. `export *` is not followed. */
export async function readExports(file: string): Promise<ActionsExports> {
  const { parseSync } = await import('vite');
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const names = module.staticExports.flatMap(({ entries }) =>
    entries.filter((entry) => !entry.isType).map((entry) => entry.exportName.name),
  );
  return { portico: names.includes('portico') };
}
