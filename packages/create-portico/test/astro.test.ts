import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserCases } from './support/browser-cases.ts';
import { accountCases, explorerCase, guestBookCases } from './support/cases.ts';
import { makeProject, type Project, type Server } from './support/project.ts';

const SECRETS = { PORTICO_SECRETS: 'x'.repeat(40) };
const ONLINE = { SITE_URL: 'http://localhost', SMTP_URL: 'smtp://127.0.0.1:1' };

describe.each([
  { name: 'astro-plain', flag: '--no-accounts', env: SECRETS },
  { name: 'astro-members', flag: '--accounts', env: { ...SECRETS, ...ONLINE } },
])('$name', ({ name, flag, env }) => {
  const hasAccounts = flag === '--accounts';
  let project: Project;
  beforeAll(async () => {
    project = await makeProject(name, ['--host', 'astro', flag]);
  });

  test('has types that hold', () => project.run('types'));
  test('has tests that pass', () => project.run('test'));

  describe('as built', () => {
    let server: Server;
    beforeAll(async () => {
      await project.run('build'); // without secrets: they are the business of the machine that serves it
      server = await project.serve('start', env);
    });
    afterAll(() => server?.close());

    guestBookCases(() => server.origin);

    // The script is the same with accounts and without.
    if (!hasAccounts) browserCases(() => server.origin);

    test('browsers load enhance(), and nothing of the server', async () => {
      const folder = join(project.folder, 'dist/client/_astro');
      const scripts = (await readdir(folder)).filter((file) => file.endsWith('.js'));
      const code = (await Promise.all(scripts.map((file) => readFile(join(folder, file), 'utf8')))).join('');
      expect(code).toContain('aria-busy');
      expect(code).not.toContain('A few more words, please.');
    });

    test('there is no explorer', async () => {
      expect((await fetch(`${server.origin}/_portico`)).status).toBe(404);
    });
  });

  if (!hasAccounts) return; // what development adds is the explorer and the mailbox: once is enough
  describe('in development', () => {
    let server: Server;
    beforeAll(async () => {
      server = await project.serve('dev');
      await fetch(server.origin); // the first page makes Vite read everything
    });
    afterAll(() => server?.close());

    explorerCase(() => server.origin);
    accountCases(() => server.origin);
  });
});
