import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, onTestFinished } from 'vitest';

export interface ChildServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Bytes of memory in use now (`VmRSS`). From here on `peak` counts. */
  mark(): Promise<number>;
  /** The most bytes of memory in use since `mark` (`VmHWM`). */
  peak(): Promise<number>;
  /** Names in the upload folder. */
  names(): Promise<string[]>;
  /** How many files of the upload folder the process holds open, removed ones included. */
  openFiles(): Promise<number>;
  /** Ends the process as `kill -9` does, and waits for its end. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  readonly HOST_KIND?: 'node' | 'hono';
  readonly CSRF?: 'token';
}

/** Starts `server.ts` for one test. It reads `/proc`, so this runs on Linux. */
export async function startServer(options: ServerOptions = {}): Promise<ChildServer> {
  const { server, end } = await launch(options);
  onTestFinished(end);
  return server;
}

const shared = new Map<string, ReturnType<typeof launch>>();

/** The server that the tests of a file share, one after another: each must find it, and leave it, with nothing of any upload. */
export async function sharedServer(options: ServerOptions = {}): Promise<ChildServer> {
  const key = JSON.stringify(options);
  const launched = shared.get(key) ?? launch(options);
  shared.set(key, launched);
  return (await launched).server;
}

// Of the file that imports this: when all its tests are done.
afterAll(async () => {
  for (const launched of shared.values()) await (await launched).end();
  shared.clear();
});

async function launch(env: ServerOptions): Promise<{ server: ChildServer; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-uploads-'));
  const script = new URL('./server.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=portico-source', script], {
    env: { ...process.env, ...env, UPLOAD_DIR: folder, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const end = async (): Promise<void> => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  const proc = `/proc/${child.pid}`;

  async function memory(field: 'VmRSS' | 'VmHWM'): Promise<number> {
    const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(
      await readFile(`${proc}/status`, 'utf8'),
    )?.[1];
    return Number(kibibytes) * 1024;
  }

  const server: ChildServer = {
    url: `http://127.0.0.1:${port}`,
    async mark() {
      // proc(5): 5 sets the peak back to what is in use now.
      await writeFile(`${proc}/clear_refs`, '5');
      return memory('VmRSS');
    },
    peak: () => memory('VmHWM'),
    names: () => readdir(folder),
    async openFiles() {
      const descriptors = await readdir(`${proc}/fd`);
      const targets = await Promise.all(
        descriptors.map((name) => readlink(`${proc}/fd/${name}`).catch(() => '')),
      );
      return targets.filter((target) => target.startsWith(folder)).length;
    },
    kill,
  };
  return { server, end };
}
