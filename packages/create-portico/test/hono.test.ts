import { randomBytes } from 'node:crypto';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { browserCases } from './support/browser-cases.ts';
import { accountCases, explorerCase, guestBookCases } from './support/cases.ts';
import { makeProject, type Project, type Server } from './support/project.ts';

const SECRETS = { PORTICO_SECRETS: 'x'.repeat(40) };

describe('a Hono project', () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('hono-plain', ['--host', 'hono', '--no-accounts']);
  });

  test('has types that hold', () => project.run('types'));
  test('has tests that pass', () => project.run('test'));
  test('does not start without secrets, and says which', async () => {
    await expect(project.serve('start')).rejects.toThrow('Set PORTICO_SECRETS');
  });

  test('has a doctor that reads .env, and finds no error', async () => {
    const [installed, env] = [join(project.folder, 'node_modules'), join(project.folder, '.env')];
    onTestFinished(
      async () =>
        void (await Promise.all([installed, env].map((path) => rm(path, { recursive: true, force: true })))),
    );
    // As after npm install; tools that ran before may have made the folder for their caches.
    await rm(installed, { recursive: true, force: true });
    await symlink(join(project.folder, '../node_modules'), installed);
    await writeFile(env, '');
    await expect(project.run('doctor')).rejects.toThrow('[no-secret]');
    await writeFile(env, `PORTICO_SECRETS=${randomBytes(32).toString('base64')}\n`);
    await project.run('doctor');
  });

  describe('in production', () => {
    let server: Server;
    beforeAll(async () => {
      server = await project.serve('start', SECRETS);
    });
    afterAll(() => server?.close());

    guestBookCases(() => server.origin);

    browserCases(() => server.origin);

    test('browsers get the script and all that it imports, to keep for good', async () => {
      const page = await (await fetch(server.origin)).text();
      const { imports } = JSON.parse(/<script type="importmap">(.*?)<\/script>/.exec(page)![1]!) as {
        imports: Record<string, string>;
      };
      const entry = /<script type="module" src="(.*?)"/.exec(page)![1]!;
      const loaded = await loadModules(server.origin, entry, imports);
      expect(loaded.size).toBeGreaterThan(10);
      const cached = new Set([...loaded.values()].map(({ headers }) => headers.get('cache-control')));
      expect([...cached]).toEqual(['public, max-age=31536000, immutable']);
    });

    test('there is no explorer, and nothing beside the files for browsers', async () => {
      const page = await (await fetch(server.origin)).text();
      const folder = /src="(.*?)browser\/site.js"/.exec(page)![1]!;
      for (const path of ['/_portico', `${folder}browser/..%2fserver.ts`, '/assets/x/src/server.ts']) {
        expect([path, (await fetch(server.origin + path)).status]).toEqual([path, 404]);
      }
    });
  });
});

describe('a Hono project with accounts', () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('hono-members', ['--host', 'hono', '--accounts']);
  });

  test('has types that hold', () => project.run('types'));
  test('has tests that pass', () => project.run('test'));

  describe('in development', () => {
    let server: Server;
    beforeAll(async () => {
      server = await project.serve('dev');
    });
    afterAll(() => server?.close());

    guestBookCases(() => server.origin);
    accountCases(() => server.origin);
    explorerCase(() => server.origin);
  });
});

/** As a browser does, by the import map: each module once. */
async function loadModules(
  origin: string,
  entry: string,
  imports: Readonly<Record<string, string>>,
): Promise<Map<string, Response>> {
  const loaded = new Map<string, Response>();
  const waiting = [new URL(entry, origin).href];
  for (const url of waiting) {
    if (loaded.has(url)) continue;
    const answer = await fetch(url);
    expect([url, answer.status, answer.headers.get('content-type')]).toEqual([
      url,
      200,
      'text/javascript; charset=utf-8',
    ]);
    loaded.set(url, answer);
    const code = await answer.text();
    for (const [, name = ''] of code.matchAll(/^(?:import|export|\}) .*?from '([^']+)'/gm)) {
      waiting.push(new URL(imports[name] ?? name, url).href);
    }
  }
  return loaded;
}
