import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSmtpServer } from '../mail/smtp-server.ts';

const CLI = fileURLToPath(new URL('../../src/cli/portico-site.ts', import.meta.url));

let dataDir = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'portico-cli-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in a process of its own, as a shell would. */
async function cli(args: string, input = '', env: Record<string, string> = {}): Promise<Ran> {
  const flags = ['--conditions=portico-source', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, CLI, ...args.split(' ')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: `sqlite:${join(dataDir, 'site.db')}`,
      DATA_DIR: dataDir,
      SITE_URL: 'https://example.com',
      ...env,
    },
    stdio: 'pipe',
  });
  child.stdin.end(input);
  const closed = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, err };
}

// What the commands do in detail is tested in one process, in site-tasks.test.ts.
describe('portico-site as a process', { timeout: 60_000 }, () => {
  it('migrates where nothing but the database is configured', async () => {
    const env = { NODE_ENV: 'production', SITE_URL: '' };
    expect(await cli('migrate', '', env)).toEqual({ code: 0, out: 'The database is up to date.\n', err: '' });
  });

  it('makes an account and gives it another password', async () => {
    const created = await cli('users create --email ann@example.com');
    expect(created).toMatchObject({ code: 0, err: '' });
    expect(created.out).toMatch(/^https:\/\/example\.com\/setpassword\?code=[\w-]{43}&id=[0-9a-f-]{36}$/m);
    const changed = await cli('users set-password --user ann@example.com', 'four quite different words\n');
    expect(changed).toMatchObject({ code: 0, err: '' });
    expect(changed.out).toContain('ann@example.com has a new password.');
  });

  it('works on the site of a module, in TypeScript', async () => {
    // Not under node_modules, where Node strips no types.
    const parent = join(import.meta.dirname, '../../../../.data');
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, 'cli-'));
    const source = `import { createSite, type Site } from '@portico/site';
export const site: Site = createSite({ setPasswordPath: 'account/password' }) as Site;`;
    await writeFile(join(folder, 'accounts.ts'), source);
    const created = await cli(`users create --email own@example.com --site ${join(folder, 'accounts.ts')}`);
    await rm(folder, { recursive: true });
    expect(created).toMatchObject({ code: 0, err: '' });
    expect(created.out).toContain('https://example.com/account/password?code=');
    const promoted = await cli('users promote --user own@example.com');
    expect(promoted.out).toContain('own@example.com is an administrator.');
    expect((await cli('users link --user own@example.com')).out).toContain(
      'https://example.com/setpassword?',
    );
  });

  it('sends a test mail and ends', async () => {
    const server = await startSmtpServer();
    const sent = await cli('mail send-test --to ann@example.com', '', { SMTP_URL: server.url });
    await server.close();
    expect(sent).toEqual({ code: 0, out: 'The mail server took the mail to ann@example.com.\n', err: '' });
    expect(server.messages).toHaveLength(1);
  });

  it('says that the database is out of reach, without a stack and without its password', async () => {
    const { code, err } = await cli('migrate', '', {
      DATABASE_URL: 'postgres://user:geheim@127.0.0.1:1/site',
    });
    expect(code).toBe(1);
    expect(err).toContain('The database postgres://127.0.0.1:1/site does not answer.');
    expect(err).not.toMatch(/geheim|\n\s+at /);
  });

  it('ends with code 2 when it is called wrongly', async () => {
    const { code, out, err } = await cli('users create --nonsense');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("Unknown option '--nonsense'.");
  });
});
