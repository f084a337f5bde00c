import { afterAll, beforeAll } from 'vitest';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeMember, PASSWORD, type MemberOptions } from './accounts.ts';
import { Visitor } from './visitor.ts';

const SERVER = fileURLToPath(new URL('../src/server.ts', import.meta.url));

/** How long a start may take on a machine that is busy with other tests. */
export const START_MS = 30_000;

export interface Run {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** Runs the server as `npm start` does, with nothing in the environment but what is given. */
export function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--conditions=portico-source', SERVER], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  return { child, output: () => output, ended };
}

export interface Site extends Run {
  readonly url: string;
  readonly dataFolder: string;
  /** A member who has signed in. The account is made if there is none of this name. */
  member(username?: string, options?: MemberOptions): Promise<Visitor>;
  /** Ends it and waits for that. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'community-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A site of its own, on a port the system chose, once it answers. */
export async function startSite(
  dataFolder: string = temporaryFolder(),
  environment: Record<string, string> = {},
): Promise<Site> {
  const started = run({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataFolder, ...environment });
  const url = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const found = /http:\/\/\S+/.exec(started.output());
      if (found) resolve(found[0]);
    };
    started.child.stdout?.on('data', look);
    void started.ended.then((code) =>
      reject(new Error(`The server ended with ${code}: ${started.output()}`)),
    );
  });
  return {
    ...started,
    url,
    dataFolder,
    async member(username = 'ruth', options = {}) {
      await makeMember(dataFolder, username, options);
      return new Visitor(url).signIn(username, PASSWORD);
    },
    stop(signal = 'SIGTERM') {
      started.child.kill(signal);
      return started.ended;
    },
  };
}

/** The site of a test file: started before its tests, stopped and forgotten after them. It has its properties by then. */
export function useSite(): Site {
  const site = {} as Site;
  beforeAll(async () => {
    Object.assign(site, await startSite());
  }, START_MS);
  afterAll(async () => {
    await site.stop();
    removeFolder(site.dataFolder);
  }, START_MS);
  return site;
}
