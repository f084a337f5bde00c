import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAgent } from '../support/agent.ts';
import { astroDev, astroStart, type AstroServer } from '../support/astro.ts';
import { builtAstro } from '../support/astro-builds.ts';
import { exampleCases } from './example-cases.ts';

// One file, one after the other: both use the folders that Astro keeps in the project.
const root = fileURLToPath(new URL('../../../../examples/astro', import.meta.url));

// The first request of a page has Astro read all of its modules.
vi.setConfig({ testTimeout: 30_000 });

describe('examples/astro as built', () => {
  let outDir: string;
  let server: AstroServer;
  beforeAll(async () => {
    outDir = await builtAstro(root);
    server = await astroStart(root, outDir);
  }, 120_000);
  afterAll(() => server?.close());

  exampleCases(() => server.origin);

  test('a form of another site runs nothing', async () => {
    const stranger = { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } };
    const body = new URLSearchParams({ email: 'd@example.org', terms: 'on' });
    const refused = await createAgent(server.origin).post('/?_action=newsletter', body, stranger);
    expect(refused.status).toBe(403);
  });

  test('what browsers load holds nothing of the server', async () => {
    const folder = join(outDir, 'client/_astro');
    const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const code = (await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
    expect(code).toContain('getGreeting');
    for (const secret of ['At least two letters', 'node:crypto', 'persistToDatabase']) {
      expect(code).not.toContain(secret);
    }
  });
});

describe('examples/astro by astro dev', () => {
  let server: AstroServer;
  beforeAll(async () => {
    server = await astroDev(root);
    // The first page makes Vite read everything.
    await fetch(server.origin);
  }, 60_000);
  afterAll(() => server?.close());

  exampleCases(() => server.origin);

  test('browsers get functions by name, and nothing of the server', async () => {
    const code = await (await fetch(`${server.origin}/@id/__x00__portico:actions`)).text();
    expect(code).toContain('createActions(');
    expect(code).toContain('getGreeting');
    expect(code).not.toContain('handler');
  });
});
