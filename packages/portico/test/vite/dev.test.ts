import { rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, createServer, preview, type HotPayload, type InlineConfig, type ViteDevServer } from 'vite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ACTIONS, project, type TestProject } from './project.ts';

const PAGE = {
  'index.html': `<!doctype html><title>Shop</title><script type="module" src="/src/main.ts"></script>`,
  'src/main.ts': `import { actions } from 'portico:actions'; console.log(actions);`,
};

interface DevServer {
  readonly server: ViteDevServer;
  readonly url: string;
  /** The text at a path, as a browser is given it. */
  get(path: string, headers?: Record<string, string>): Promise<string>;
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>;
  /** The next message to the browser that `matches`. */
  told(matches: (payload: HotPayload) => boolean): Promise<HotPayload>;
  /** Writes a file, or deletes it, as an editor would. */
  changed(path: string, text: string | undefined): void;
}

// The watcher is left out: its first look at the folder would race with what a test changes.
async function dev({ root }: TestProject, config: InlineConfig): Promise<DevServer> {
  const server = await createServer({
    ...config,
    server: { ...config.server, port: 0, host: '127.0.0.1', ws: false, watch: null },
  });
  onTestFinished(() => server.close());
  await server.listen();
  const { port } = server.httpServer!.address() as AddressInfo;
  const changed = (path: string, text: string | undefined): void => {
    const file = join(root, path);
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    server.watcher.emit(text === undefined ? 'unlink' : 'change', file);
  };
  return { server, ...over(`http://127.0.0.1:${port}`), told: (matches) => toldTo(server, matches), changed };
}

function over(url: string): Pick<DevServer, 'url' | 'get' | 'post'> {
  return {
    url,
    get: async (path, headers = {}) => (await fetch(url + path, { headers })).text(),
    post: (path, body, headers = {}) =>
      fetch(url + path, { method: 'POST', body, headers, redirect: 'manual' }),
  };
}

function toldTo(server: ViteDevServer, matches: (payload: HotPayload) => boolean): Promise<HotPayload> {
  const { hot } = server.environments.client;
  const { send } = hot;
  return new Promise((resolve) => {
    hot.send = ((...given: [HotPayload]) => {
      if (matches(given[0])) resolve(given[0]);
      return Reflect.apply(send, hot, given);
    }) as typeof send;
  });
}

const CLIENT = '/@id/__x00__portico:actions';
const JSON_BODY = { 'Content-Type': 'application/json' };

describe('the dev server', { timeout: 30_000 }, () => {
  test('gives browsers the names, and servers the definitions', async () => {
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { server, get } = await dev(app, app.config());
    expect(await get('/src/main.ts')).toContain(CLIENT);
    const code = await get(CLIENT);
    expect(code).toContain('"newsletter":"POST"');
    expect(code).toContain('"search":"GET"');
    expect(code).not.toContain('zod');
    const { actions } = (await server.ssrLoadModule('portico:actions')) as {
      actions: Record<string, object>;
    };
    expect(actions['newsletter']).toHaveProperty('definition.accept', 'form');
  });

  test('lets the file of actions import from the module that is made of it', async () => {
    const app = project({
      ...PAGE,
      'src/actions.ts': `
        import { createPortico } from 'portico';
        import { actions, defineAction } from 'portico:actions';
        const first = defineAction({ handler: async (_input, ctx) => (await ctx.call(actions.second)).data });
        export const server = { first, second: defineAction({ handler: () => 2 }) };
        export const portico = createPortico({ actions: server });`,
    });
    const { server, post } = await dev(app, app.config());
    expect(await (await post('/_actions/first', '{}', JSON_BODY)).json()).toBe(2);
    const file = (await server.ssrLoadModule('/src/actions.ts')) as { server: object };
    const { actions } = (await server.ssrLoadModule('portico:actions')) as {
      actions: Record<string, object>;
    };
    expect(Object.keys(actions)).toEqual(['first', 'second']);
    expect('third' in actions).toBe(false);
    expect(actions['second']).toBe((file.server as typeof actions)['second']);
  });

  test('answers the actions, and shows the page again after a form that was refused', async () => {
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { get, post } = await dev(app, app.config());
    expect(await (await post('/_actions/products.name', '{}', JSON_BODY)).json()).toBe('name');
    expect(await get('/_actions/products.search?q=shoe')).toBe('"shoe by GET"');
    expect(await get('/_actions/products.search?q=shoe', { 'Sec-Fetch-Dest': 'script' })).toBe(
      '"shoe by GET"',
    );
    const page = await get('/', { Accept: 'text/html' });
    expect(page).toContain('<title>Shop</title>');

    const thanks = await post('/?_action=newsletter', new URLSearchParams({ email: 'ada@example.com' }));
    expect(thanks.status).toBe(303);
    const again = await post('/?_action=newsletter', new URLSearchParams({ email: 'ada' }), {
      Accept: 'text/html',
    });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('<title>Shop</title>');
    expect((await post('/_actions/nothing', '{}', JSON_BODY)).status).toBe(404);
  });

  test('leaves to Vite what is no action, with its body, proxies included', async () => {
    const backend = createHttpServer((request, response) => void request.pipe(response));
    onTestFinished(() => void backend.close());
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const proxy = { '/api': `http://127.0.0.1:${(backend.address() as AddressInfo).port}` };
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { post } = await dev(app, { ...app.config(), server: { proxy } });
    expect(await (await post('/api/echo', '{"a":1}', JSON_BODY)).text()).toBe('{"a":1}');
    expect(await (await post('/api/echo', new URLSearchParams({ action: 'x' }))).text()).toBe('action=x');
  });

  test('does not answer where another program serves the pages, or with mount: false', async () => {
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { post } = await dev(app, app.config({ mount: false }));
    expect((await post('/_actions/products.name', '{}', JSON_BODY)).status).toBe(404);
  });

  test('tells browsers of new names and verbs, and answers by the new code', async () => {
    const app = project({
      ...PAGE,
      'src/actions.ts': `export { server } from './server/tree.ts';`,
      'src/server/tree.ts': ACTIONS,
    });
    const { get, post, told, changed } = await dev(app, app.config());
    await get('/src/main.ts');
    expect(await get(CLIENT)).not.toContain('"renamed"');
    const reload = told(({ type }) => type === 'full-reload' || type === 'update');
    changed(
      'src/server/tree.ts',
      ACTIONS.replace('name: define', 'renamed: define').replace("=> 'name'", "=> 'new'"),
    );
    await reload;
    const code = await get(CLIENT);
    expect(code).toContain('"renamed":"POST"');
    expect(code).not.toContain('"name":');
    expect(await (await post('/_actions/products.renamed', '{}', JSON_BODY)).json()).toBe('new');
  });

  test('says in the browser why the actions cannot be run, and goes on once they can', async () => {
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { url, get, post, told, changed } = await dev(app, app.config());
    await get('/src/main.ts');
    await get(CLIENT);
    const reload = told(({ type }) => type === 'full-reload');
    changed('src/actions.ts', `throw new Error('no database');`);
    await reload;
    const error = told(({ type }) => type === 'error');
    expect((await fetch(url + CLIENT)).status).toBe(500);
    expect(JSON.stringify(await error)).toMatch(/src\/actions\.ts cannot be run.*no database/);
    expect((await post('/_actions/products.name', '{}', JSON_BODY)).status).toBe(500);
    expect(await get('/', { Accept: 'text/html' })).toContain('<title>Shop</title>');

    const back = told(({ type }) => type === 'full-reload');
    changed('src/actions.ts', ACTIONS);
    await back;
    expect(await get(CLIENT)).toContain('"newsletter"');
  });

  test('says where it looked once the file is gone', async () => {
    const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
    const { get, told, changed } = await dev(app, app.config());
    await get('/src/main.ts');
    await get(CLIENT);
    const reload = told(({ type }) => type === 'full-reload');
    changed('src/actions.ts', undefined);
    await reload;
    const error = told(({ type }) => type === 'error');
    await get(CLIENT);
    expect(JSON.stringify(await error)).toMatch(/there is no file of actions/);
  });

  test.each([
    [
      'the file of actions',
      `import { server } from './actions.ts'; export const shop = server;`,
      '→ src/actions.ts',
    ],
    [
      'server code of Portico',
      `import { createPortico } from 'portico'; export const shop = createPortico;`,
      '→ portico',
    ],
  ])('shows how %s would get into the browser', async (_what, code, end) => {
    const app = project({
      ...PAGE,
      'src/main.ts': `import { shop } from './shop.ts'; console.log(shop);`,
      'src/shop.ts': code,
      'src/actions.ts': ACTIONS,
    });
    const { get, told } = await dev(app, app.config());
    await get('/src/main.ts');
    const error = told(({ type }) => type === 'error');
    await get('/src/shop.ts');
    await get('/src/actions.ts');
    const { err } = (await error) as Extract<HotPayload, { type: 'error' }>;
    expect(err.message).toContain(`  src/main.ts\n  → src/shop.ts\n  ${end}\n`);
    expect(err.id).toContain('src/shop.ts');
  });
});

test('vite preview answers the actions of what was built', { timeout: 30_000 }, async () => {
  const app = project({ ...PAGE, 'src/actions.ts': ACTIONS });
  const config = app.config();
  await build({ ...config, build: { outDir: 'dist' } });
  const server = await preview({ ...app.config(), preview: { port: 0, host: '127.0.0.1' } });
  onTestFinished(() => server.close());
  const { port } = server.httpServer.address() as AddressInfo;
  const { get, post } = over(`http://127.0.0.1:${port}`);
  expect(await (await post('/_actions/products.name', '{}', JSON_BODY)).json()).toBe('name');
  expect(await get('/', { Accept: 'text/html' })).toContain('<title>Shop</title>');
});
