import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { vi } from 'vitest';
import { createTranscript } from '../support/transcript.ts';
import { createVisitor, type Answer, type Visitor } from '../support/visitor.ts';

// Runs a program of README.md as whoever pastes it would.

const root = join(import.meta.dirname, '../../../..');
const CONDITION = '--conditions=portico-source';
// What a fresh clone has none of.
const CONFIGURATION = new Set([
  'NODE_ENV',
  'PORTICO_SECRETS',
  'DATABASE_URL',
  'DATA_DIR',
  'SITE_URL',
  'SMTP_URL',
]);

export interface ReadmeApp {
  readonly lines: number;
  newVisitor(): Visitor;
  /** `portico-site` with these arguments; `input` is what it reads. */
  command(args: readonly string[], input: string): Promise<string>;
  stop(): void;
}

/** Starts the first block of code under the heading, in a folder of its own. */
export async function startReadmeApp(heading: string): Promise<ReadmeApp> {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = new RegExp(`^## ${heading}$[\\s\\S]*?^\`\`\`ts\\n([\\s\\S]*?)^\`\`\``, 'm').exec(readme)?.[1];
  if (block === undefined) throw new Error(`README.md has no block of code under "${heading}".`);
  // In the workspace, so that the packages resolve; not under node_modules, where Node strips no types.
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data', 'readme-'));
  writeFileSync(join(folder, 'app.ts'), block);
  const port = await freePort();
  const clean = Object.entries(process.env).filter(([name]) => !CONFIGURATION.has(name));
  const environment = { ...Object.fromEntries(clean), PORT: String(port) };
  const child = spawn(process.execPath, [CONDITION, 'app.ts'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `http://localhost:${port}`;
  await vi.waitFor(() => fetch(origin), { timeout: 20_000, interval: 50 });
  return {
    lines: block.trimEnd().split('\n').length,
    newVisitor: () => createVisitor(origin, createTranscript()),
    command(args, input) {
      const program = join(root, 'packages/site/src/cli/portico-site.ts');
      return new Promise((resolve, reject) => {
        const done = execFile(
          process.execPath,
          [CONDITION, program, ...args],
          { cwd: folder, env: environment },
          (error, output) => (error === null ? resolve(output) : reject(error)),
        );
        done.stdin?.end(input);
      });
    },
    stop() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Posts the form that a page shows: its hidden inputs, and what is typed. */
export function postForm(
  visitor: Visitor,
  path: string,
  page: Answer,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const hidden = page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  const body = new URLSearchParams([...hidden].map(([, name = '', value = '']) => [name, value]));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return visitor.send(path, { method: 'POST', body, headers: { accept: 'text/html' } });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
