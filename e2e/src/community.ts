import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Site {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where its databases are. */
  readonly dataFolder: string;
  close(): Promise<void>;
}

const entry = fileURLToPath(import.meta.resolve('@portico-examples/community/server.ts'));

/**
 * Starts the community site as `npm start` does, on a free port and with an empty data folder. `variables` are further ones of
 * its environment.
 */
export async function startCommunity(variables: Readonly<Record<string, string>> = {}): Promise<Site> {
  // The tests' own would turn the dev mode on, in which errors tell visitors more.
  const { NODE_ENV: _, ...environment } = process.env;
  const dataFolder = await mkdtemp(join(tmpdir(), 'portico-community-'));
  const child = spawn(process.execPath, ['--conditions=portico-source', entry], {
    env: { ...environment, PORT: '0', HOST: 'localhost', DATA_DIR: dataFolder, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([
    addressIn(createInterface({ input: child.stdout })),
    exited.then(([code]) => Promise.reject(new Error(`The site ended with ${code} before it was open.`))),
  ]);
  // It prints its mails, too, and would wait for a reader once the pipe is full.
  child.stdout.resume();
  return {
    url,
    dataFolder,
    async close() {
      child.kill();
      await exited;
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [found] = /http:\/\/\S+/.exec(line) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error('The site ended its output without naming its address.');
}
