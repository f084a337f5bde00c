import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPortico } from './support/command.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'create-portico-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const isEmpty = (): boolean => readdirSync(cwd).length === 0;

describe('what it makes', () => {
  test.each([
    ['hono', '--no-accounts'],
    ['hono', '--accounts'],
    ['astro', '--no-accounts'],
    ['astro', '--accounts'],
  ])('%s %s', async (host, accounts) => {
    const { status, stdout, stderr } = await createPortico(cwd, ['shop', '--host', host, accounts]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('Not asked');
    expect(stdout).toContain('  cd shop\n  npm install\n  npm run dev');

    const made = join(cwd, 'shop');
    const files = readdirSync(made, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'utf8');
      expect(text, `${file.name} is filled in`).not.toMatch(/\{\{\w+\}\}/);
    }
    expect(readdirSync(made)).toEqual(expect.arrayContaining(['.gitignore', '.env.example', 'README.md']));
    expect(readFileSync(join(made, '.gitignore'), 'utf8')).toContain('\n.env\n');

    const example = readFileSync(join(made, '.env.example'), 'utf8');
    expect(example).toContain('PORTICO_SECRETS=');
    expect(example.includes('SMTP_URL=')).toBe(accounts === '--accounts');
    const manifest = JSON.parse(readFileSync(join(made, 'package.json'), 'utf8')) as {
      name: string;
      scripts: Record<string, string>;
      dependencies: Record<string, string>;
    };
    expect(manifest.name).toBe('shop');
    expect(Object.hasOwn(manifest.scripts, 'build')).toBe(host === 'astro');
    expect(environmentFiles(manifest.scripts['doctor'])).toEqual(environmentFiles(manifest.scripts['start']));
    expect(Object.hasOwn(manifest.dependencies, '@portico/site')).toBe(accounts === '--accounts');
    expect(readFileSync(join(made, 'README.md'), 'utf8').split('\n').length).toBeLessThan(30);
  });

  test('the folder it is in, if that is empty', async () => {
    mkdirSync(join(cwd, 'here'));
    const { status, stdout } = await createPortico(join(cwd, 'here'), ['.', '--host', 'hono', '--accounts']);
    expect(status).toBe(0);
    expect(stdout).not.toContain('  cd ');
    expect(readFileSync(join(cwd, 'here/package.json'), 'utf8')).toContain('"name": "here"');
  });

  test('with pnpm, the next steps are pnpm’s', async () => {
    const env = { npm_config_user_agent: 'pnpm/10.1.0 npm/? node/v24.0.0 linux x64' };
    expect((await createPortico(cwd, ['shop', '--yes'], { env })).stdout).toContain('  pnpm install\n');
  });
});

describe('what nobody said', () => {
  test('is the default where nobody can be asked, and is told', async () => {
    const { status, stdout } = await createPortico(cwd, [], { input: 'elsewhere\nastro\ny\n' });
    expect(status).toBe(0);
    expect(stdout).toContain('Not asked, so it is: my-app, --host hono, --no-accounts.');
    expect(readdirSync(cwd)).toEqual(['my-app']);
  });

  test('is only what is missing', async () => {
    const { stdout } = await createPortico(cwd, ['shop', '--host', 'astro', '--yes']);
    expect(stdout).toContain('Not asked, so it is: --no-accounts.');
  });
});

describe('what it refuses', () => {
  test('a folder that is not empty, and says what is in it', async () => {
    mkdirSync(join(cwd, 'shop'));
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', '.git']) writeFileSync(join(cwd, 'shop', name), name);
    const { status, stderr } = await createPortico(cwd, ['shop', '--yes']);
    expect(status).toBe(1);
    expect(stderr).toContain('shop is not empty: .git, a, b, c, d and 2 more. Choose another folder');
    expect(readdirSync(join(cwd, 'shop'))).toHaveLength(7);
    expect(readFileSync(join(cwd, 'shop/a'), 'utf8')).toBe('a');
  });

  test('a file', async () => {
    writeFileSync(join(cwd, 'shop'), 'mine');
    const { status, stderr } = await createPortico(cwd, ['shop', '--yes']);
    expect([status, stderr.includes('is a file')]).toEqual([1, true]);
    expect(readFileSync(join(cwd, 'shop'), 'utf8')).toBe('mine');
  });

  test('a name that npm would not take', async () => {
    const { status, stderr } = await createPortico(cwd, ['My App', '--yes']);
    expect([status, isEmpty()]).toEqual([1, true]);
    expect(stderr).toMatch(/^"My App" is no name for a project/);
  });

  test('a flag that there is not, and shows those that there are', async () => {
    const { status, stderr } = await createPortico(cwd, ['shop', '--hots', 'hono']);
    expect([status, isEmpty()]).toEqual([1, true]);
    expect(stderr).toContain("Unknown option '--hots'");
    expect(stderr).toContain('--host hono|astro');
    expect(stderr).not.toContain('    at ');
  });
});

test('--help shows the flags and makes nothing', async () => {
  const { status, stdout } = await createPortico(cwd, ['--help']);
  expect([status, isEmpty()]).toEqual([0, true]);
  for (const flag of ['--host hono|astro', '--accounts', '--no-accounts', '--yes'])
    expect(stdout).toContain(flag);
});

/** What a script reads its variables from, in that order. */
function environmentFiles(script = ''): string[] {
  return script.match(/--env-file\S+/g) ?? [];
}
