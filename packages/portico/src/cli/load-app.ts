import { Server } from 'node:net';
import { createPortico, type Portico } from '../app.ts';
import type { ActionTree } from '../define/tree.ts';
import { whileReadingNames } from '../vite/reading-names.ts';
import { findApp } from './find-app.ts';
import { importModule } from './import-module.ts';

export interface LoadedApp {
  readonly file: string;
  readonly portico: Portico<unknown>;
  /** What has to be known about how it was loaded. */
  readonly note: string | undefined;
}

export interface LoadOptions {
  /** Whether the app is only described: then nothing is asked for that only its machine has, such as secrets. */
  readonly described: boolean;
}

/**
 * The app that a file of the project exports. It is run for that, but may start no server, and what it prints goes to
 * standard error. Rejects with what to do.
 */
export async function loadApp(
  folder: string,
  given: string | undefined,
  { described }: LoadOptions,
): Promise<LoadedApp> {
  const { file, path, name } = findApp(folder, given);
  refuseServers(file);
  keepOutputClean();
  const load = async (): Promise<LoadedApp> => {
    const exported = await importModule(path, folder);
    if (name === 'portico') return { file, portico: asApp(file, exported['portico']), note: undefined };
    // Actions for users alone are refused where nobody says who that is.
    const user = (): null => null;
    return {
      file,
      portico: createPortico({ actions: exported['server'] as ActionTree, user }),
      note: `${file} exports \`server\` and no \`portico\`: its actions are mounted with default options, which yours may not be.`,
    };
  };
  try {
    return await (described ? whileReadingNames(load) : load());
  } catch (cause) {
    if (cause instanceof NotAnApp) throw cause;
    throw new Error(`${file} cannot be loaded.`, { cause });
  }
}

class NotAnApp extends Error {}

function asApp(file: string, exported: unknown): Portico<unknown> {
  if (typeof exported === 'object' && exported !== null && 'wrap' in exported && 'actions' in exported) {
    return exported as Portico<unknown>;
  }
  throw new NotAnApp(
    `${file}: what it exports as \`portico\` is ${exported === undefined ? 'not there' : 'no app'}. It is to say: export const portico = createPortico({ … }).`,
  );
}

/** A command that looks at an app must not answer its visitors. */
function refuseServers(file: string): void {
  Server.prototype.listen = () => {
    throw new Error(
      `${file} starts a server while it is loaded. Move createPortico into a file of its own, and import it where you listen.`,
    );
  };
}

/** Standard output is for what was asked for: JSON may be. */
function keepOutputClean(): void {
  for (const name of ['log', 'info', 'debug'] as const) console[name] = console.error;
}
