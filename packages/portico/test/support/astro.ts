import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ASTRO = fileURLToPath(new URL('../../../../node_modules/astro/bin/astro.mjs', import.meta.url));

/** A project of Astro's that is served by a process of its own, as `astro dev` or as built. */
export interface AstroServer {
  readonly origin: string;
  /** What it has printed so far. */
  output(): string;
  close(): Promise<void>;
}

/** Variables that a process gets beside those of the tests. */
export type Environment = Readonly<Record<string, string>>;

/** `astro dev` of the project in a folder. */
export async function astroDev(root: string, env: Environment = {}): Promise<AstroServer> {
  const port = await freePort();
  const args = [ASTRO, 'dev', '--ignore-lock', '--root', root, '--host', '127.0.0.1', '--port', String(port)];
  return serve(args, root, port, /ready in/, { NODE_ENV: 'development', ...env });
}

/** Builds a project into a folder of its own below it, where its packages are found. Resolves to the folder. */
export async function astroBuild(root: string, name: string, env: Environment = {}): Promise<string> {
  const outDir = join(root, '.data', name);
  const built = start([ASTRO, 'build', '--root', root, '--outDir', outDir], root, {
    NODE_ENV: 'production',
    ...env,
  });
  const [code] = (await once(built.process, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`astro build failed:\n${built.output()}`);
  return outDir;
}

/** The server of a project that `astroBuild` has built. */
export async function astroStart(root: string, outDir: string, env: Environment = {}): Promise<AstroServer> {
  const port = await freePort();
  const own = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PORTICO_SECRETS: 'x'.repeat(40),
  };
  return serve([join(outDir, 'server/entry.mjs')], root, port, /listening on/, { ...own, ...env });
}

async function serve(
  args: readonly string[],
  cwd: string,
  port: number,
  isReady: RegExp,
  env: Environment,
): Promise<AstroServer> {
  const started = start(args, cwd, env);
  await started.printed(isReady);
  const close = async (): Promise<void> => {
    if (started.process.exitCode !== null || started.process.signalCode !== null) return;
    started.process.kill('SIGTERM');
    await once(started.process, 'exit');
  };
  return { origin: `http://127.0.0.1:${port}`, output: started.output, close };
}

function start(args: readonly string[], cwd: string, env: Environment) {
  const child = spawn(process.execPath, ['--conditions=portico-source', ...args], {
    cwd,
    env: { ...withoutVitest(), ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const printed = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(text)) resolve();
      };
      child.stdout.on('data', look);
      child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${text}`)));
      look();
    });
  return { process: child, printed, output: () => text };
}

// What vitest puts beside `VITEST_…` for its own `import.meta.env`: Astro would take `BASE_URL` for that of the project.
const OF_VITEST: ReadonlySet<string> = new Set(['BASE_URL', 'DEV', 'MODE', 'PROD', 'SSR', 'TEST']);

/** Astro takes `VITEST` for a sign that it is tested itself. */
function withoutVitest(): NodeJS.ProcessEnv {
  const own = ([name]: [string, unknown]): boolean => !name.startsWith('VITEST') && !OF_VITEST.has(name);
  return Object.fromEntries(Object.entries(process.env).filter(own));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
