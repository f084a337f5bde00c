import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const CLI = fileURLToPath(new URL('../../src/cli/portico.ts', import.meta.url));

export const SECRET = 'Zk3v8n0qX1rYw7uPbT5sLd9hGm2cJf6A';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CliProject {
  readonly folder: string;
  /** Runs `portico` in the project's folder, in a process of its own, with nothing but these variables. */
  portico(args: string, env?: Readonly<Record<string, string>>): Promise<Ran>;
  read(path: string): string | undefined;
}

/** A project in a folder of its own, gone after the test. Not in node_modules, where Node strips no types. */
export function project(files: Readonly<Record<string, string>>): CliProject {
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data/portico-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return {
    folder,
    read: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined),
    async portico(args, env = { NODE_ENV: 'production', PORTICO_SECRETS: SECRET }) {
      const child = spawn(
        process.execPath,
        ['--conditions=portico-source', '--no-warnings', CLI, ...args.split(' ')],
        {
          cwd: folder,
          env: { PATH: process.env['PATH'] ?? '', ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      const closed = new Promise<number | null>((done) => child.once('close', done));
      const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
      return { code, out, err };
    },
  };
}
