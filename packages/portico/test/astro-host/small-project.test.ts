import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAgent, type Agent } from '../support/agent.ts';
import { builtAstro } from '../support/astro-builds.ts';
import { astroStart, type AstroServer } from '../support/astro.ts';

// Below a base, with `trailingSlash: 'always'`, sessions where Astro's are, and actions that import what only Astro and
// another plugin can make.
const root = fileURLToPath(new URL('./small-project', import.meta.url));
let outDir: string;
let server: AstroServer;

// The first request of a page has Astro read all of its modules.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  outDir = await builtAstro(root);
  server = await astroStart(root, outDir);
}, 90_000);
afterAll(() => server?.close());

const order = (agent: Agent, dish: string): Promise<Response> =>
  agent.post('/shop/?_action=kitchen.orderDish', new URLSearchParams({ dish }));

test('the form stays at its path, and fails in place', async () => {
  const agent = createAgent(server.origin);
  expect(await (await agent.get('/shop/')).text()).toContain('action="?_action=kitchen.orderDish"');
  const refused = await order(agent, '');
  expect([refused.status, (await refused.text()).includes('Say what you want.')]).toEqual([422, true]);
});

test('a success goes back below the base; flash, result and session are in Astro’s storage', async () => {
  const agent = createAgent(server.origin);
  const sent = await order(agent, 'soup');
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/shop/']);
  const page = await (await agent.get('/shop/')).text();
  expect(page).toContain('<p id="flash">Enjoy your meal.</p>');
  expect(page).toContain('<p id="result">4</p>');
  await order(agent, 'pie');
  expect(await (await agent.get('/shop/')).text()).toContain('<p id="sum">11</p>');
  // An id, and no content.
  const [session = ''] = [...agent.cookies].flatMap(([name, value]) =>
    name.includes('portico') ? [value] : [],
  );
  expect(session.length).toBeLessThan(100);
});

test('calls are below the base, with the slash and without', async () => {
  const agent = createAgent(server.origin);
  const body = new URLSearchParams({ dish: 'soup' });
  for (const path of ['/shop/_actions/kitchen.orderDish/', '/shop/_actions/kitchen.orderDish']) {
    const called = await agent.post(path, body);
    expect([path, called.status, await called.json()]).toMatchObject([
      path,
      200,
      { sum: expect.any(Number) },
    ]);
  }
  const byPath = await agent.post('/shop/actions/kitchen/order-dish/', body, {
    headers: { accept: 'application/json' },
  });
  expect(byPath.status).toBe(200);
  const byRoute = await agent.post('/shop/order/', body);
  expect([byRoute.status, byRoute.headers.get('location')]).toEqual([303, '/shop/']);
  expect((await agent.post('/_actions/kitchen.orderDish/', body)).status).toBe(404);
});

test('browsers have the names, though the actions import what is no file', async () => {
  const folder = join(outDir, 'client/_astro');
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const code = (await Promise.all(scripts.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  expect(code).toContain('orderDish');
  expect(code).not.toContain('Enjoy your meal.');
});
