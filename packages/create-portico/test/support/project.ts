import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject } from 'vitest';
import { createPortico } from './command.ts';

const BIN = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));

type Environment = Readonly<Record<string, string>>;

export interface Server {
  readonly origin: string;
  /** What it has printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** A project that the command has made, and its scripts, run as npm runs them. */
export interface Project {
  readonly folder: string;
  /** Rejects with what it has printed if it fails. */
  run(script: string, env?: Environment): Promise<void>;
  /** Starts a server by a script, at a free port; resolves as soon as it says where it listens. */
  serve(script: string, env?: Environment): Promise<Server>;
}

export async function makeProject(name: string, flags: readonly string[]): Promise<Project> {
  const { status, stderr } = await createPortico(inject('workspace'), [name, ...flags]);
  expect([status, stderr]).toEqual([0, '']);
  const folder = join(inject('workspace'), name);
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  function start(script: string, env: Environment) {
    const command = scripts[script];
    if (command === undefined) throw new Error(`${name} has no script "${script}".`);
    // `exec`, so that the process is the last command's and can be ended.
    const line = command.replace(/^(.* && )?/, (before) => `${before}exec `);
    const child = spawn('sh', ['-c', line], { cwd: folder, env: environment(env) });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    return { child, ended: once(child, 'exit') as Promise<[number | null]>, output: () => output };
  }

  return {
    folder,
    async run(script, env = {}) {
      const { ended, output } = start(script, env);
      const [status] = await ended;
      if (status !== 0) throw new Error(`${name}: ${script} ended with ${status}:\n${output()}`);
    },
    async serve(script, env = {}) {
      const port = await freePort();
      const { child, ended, output } = start(script, { PORT: String(port), ...env });
      await new Promise<void>((resolve, reject) => {
        child.stdout.on('data', () => output().includes(`localhost:${port}`) && resolve());
        void ended.then(([status]) =>
          reject(new Error(`${name}: ${script} ended with ${status}:\n${output()}`)),
        );
      });
      const close = async (): Promise<void> => {
        child.kill('SIGTERM');
        await ended;
      };
      return { origin: `http://localhost:${port}`, output, close };
    },
  };
}

/** As on a machine of somebody's: nothing of Vitest, no NODE_ENV. */
function environment(env: Environment): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH: `${BIN}:${PATH}`, HOME, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1', ...env };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
