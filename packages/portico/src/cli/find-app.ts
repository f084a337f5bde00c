import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exportedNames } from './exported-names.ts';

/** Where an app is looked for, in this order. */
export const APP_FILES = [
  'src/portico/index',
  'src/portico',
  'src/actions/index',
  'src/actions',
  'src/app',
  'src/server',
  'app',
] as const;
const EXTENSIONS = ['ts', 'mts', 'js', 'mjs'] as const;

export interface FoundApp {
  /** As it was given or found, from the folder. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  /** Which export is the app: `portico`, or `server`, a tree of actions alone. */
  readonly name: 'portico' | 'server';
}

const WHAT_TO_DO =
  'Export it from a file that starts no server: export const portico = createPortico({ … }). The file that listens imports ' +
  'it from there.';

/** The file of an app. Nothing is run. Throws where there is none, or it exports no app, with what to do. */
export function findApp(folder: string, given: string | undefined): FoundApp {
  if (given !== undefined) return appOfFile(folder, given);
  const files = APP_FILES.flatMap((name) => EXTENSIONS.map((extension) => `${name}.${extension}`)).filter(
    (file) => existsSync(resolve(folder, file)),
  );
  if (files.length === 0) {
    throw new Error(
      `There is no app in ${folder}. Looked for ${APP_FILES.join(', ')} (.ts, .mts, .js, .mjs).\n${WHAT_TO_DO}\n` +
        'Or name the file: --app src/my-app.ts',
    );
  }
  for (const name of ['portico', 'server'] as const) {
    const file = files.find((candidate) => exportsOf(resolve(folder, candidate)).has(name));
    if (file !== undefined) return { file, path: resolve(folder, file), name };
  }
  // `export * from './app.ts'` may be it; to know, it has to be run.
  const passing = files.find((candidate) => exportsOf(resolve(folder, candidate)).has('*'));
  if (passing !== undefined) return { file: passing, path: resolve(folder, passing), name: 'portico' };
  throw new Error(`${files.join(' and ')} exports no \`portico\`.\n${WHAT_TO_DO}`);
}

function appOfFile(folder: string, file: string): FoundApp {
  const path = resolve(folder, file);
  if (!existsSync(path)) throw new Error(`--app ${file}: there is no such file in ${folder}.`);
  const names = exportsOf(path);
  if (names.has('portico') || names.has('*')) return { file, path, name: 'portico' };
  if (names.has('server')) return { file, path, name: 'server' };
  throw new Error(`${file} exports no \`portico\`, so it was not run.\n${WHAT_TO_DO}`);
}

function exportsOf(path: string): ReadonlySet<string> {
  return exportedNames(readFileSync(path, 'utf8'));
}
