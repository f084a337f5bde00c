import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Plugin } from 'vite';
import { createPortico } from 'portico';
import type { Client } from 'portico/client';
import { serve } from '../support/serve.ts';
import { bundle } from './bundle.ts';
import type { server } from './given-actions.ts';
import { ACTIONS, project } from './project.ts';

// A build takes a second, and longer where others build at the same time.
vi.setConfig({ testTimeout: 30_000 });

const MAIN = `export { actions, isInputError } from 'portico:actions';`;

const APP_FILE = `
  import { createPortico } from 'portico';
  import { ActionError, defineAction } from 'portico:actions';
  const gone = defineAction({ handler: () => { throw new ActionError({ code: 'GONE' }); } });
  const plugin = { actions: { extra: { read: defineAction({ method: 'GET', handler: () => 1 }) } } };
  export const server = { own: gone };
  export const portico = createPortico({ actions: server, plugins: [plugin], base: '/shop' });
`;

test('a built client calls the app that the file of actions is the tree of', async () => {
  const app = project({
    'src/actions.ts': ACTIONS,
    'src/main.ts': MAIN,
    'server.ts': `export { actions } from 'portico:actions';`,
  });
  const chunks = await bundle(app);
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  expect(modules.filter((id) => /zod|src\/actions\.ts$|\/define\/|\/schema\/|\/http\//.test(id))).toEqual([]);

  await bundle(app, { ssr: join(app.root, 'server.ts'), outDir: join(app.root, 'server') });
  const onServer = (await import(pathToFileURL(join(app.root, 'server/server.js')).href)) as {
    actions: typeof server;
  };
  expect(Object.keys(onServer.actions)).toEqual(['newsletter', 'products']);
  expect(onServer.actions.newsletter).toHaveProperty('definition');

  const { url } = await serve(createPortico({ actions: onServer.actions }));
  asPageOf(url);
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const client = (await import(pathToFileURL(join(app.root, 'dist', entry.fileName)).href)) as {
    actions: Client<typeof server> & { nothing?: unknown };
    isInputError(error: unknown): boolean;
  };
  const { actions } = client;
  const { newsletter, products } = actions;
  expect(await newsletter({ email: 'ada@example.com' })).toMatchObject({
    data: { subscribed: 'ada@example.com' },
  });
  const refused = await newsletter({ email: 'ada' });
  expect(client.isInputError(refused.error)).toBe(true);
  expect(await products.search.orThrow({ q: 'shoe' })).toBe('shoe by GET');
  expect(await products.name.orThrow()).toBe('name');
  expect(await products.call.length.orThrow()).toBe('length');
  expect(await products['a.b/c d'].orThrow()).toBe('odd');
  expect(products.search).toBe(actions.products.search);
  expect(String(products.search)).toBe('?_action=products.search');
  expect(products['a.b/c d'].path).toBe('/_actions/products.a%2Eb%2Fc%20d');
  expect(actions.nothing).toBe(undefined);
});

test('a page with one call loads 2 KiB', async () => {
  const app = project({
    'src/actions.ts': `import { defineAction } from 'portico';
      export const server = { newsletter: defineAction({ handler: (input) => input }) };`,
    'src/main.ts': `import { actions, isInputError } from 'portico:actions';
      const { data, error } = await actions.newsletter({ email: 'a@b.test' });
      console.log(data, isInputError(error));`,
  });
  // As a library, so that Vite's own loader of chunks does not count; for libraries it leaves the white space in.
  const chunks = await bundle(app, {
    lib: { entry: join(app.root, 'src/main.ts'), formats: ['es'] },
    rolldownOptions: { output: { minify: true } },
  });
  const entry = chunks.find(({ isEntry }) => isEntry);
  const bytes = gzipSync(entry!.code, { level: 9 }).length;
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThanOrEqual(2048);
});

test('an app that the file exports has the actions of its plugins, and its base', async () => {
  const app = project({
    'src/actions/index.ts': APP_FILE,
    'src/main.ts': MAIN,
    'server.ts': `import { server } from './src/actions/index.ts';
      export { server };
      export { actions, portico } from 'portico:actions';`,
  });
  const code = (await bundle(app)).map((chunk) => chunk.code).join('');
  expect(code).toMatch(/own:[`'"]POST[`'"]/);
  expect(code).toMatch(/extra:\{read:[`'"]GET[`'"]/);
  expect(code).toMatch(/baseUrl:[`'"]\/shop[`'"]/);

  await bundle(app, { ssr: join(app.root, 'server.ts'), outDir: join(app.root, 'server') });
  const onServer = (await import(pathToFileURL(join(app.root, 'server/server.js')).href)) as {
    actions: { extra: { read: { path: string } } };
    portico: { fetch(request: Request): Promise<Response> };
  };
  expect(Object.keys(onServer.actions)).toEqual(['extra', 'own']);
  expect(onServer.actions.extra.read.path).toBe('/shop/_actions/extra.read');
  const gone = await onServer.portico.fetch(
    new Request('http://localhost/shop/_actions/own', { method: 'POST' }),
  );
  expect(gone.status).toBe(410);
});

test('a build needs no secrets, and leaves nothing behind', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('PORTICO_SECRETS', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  const app = project({ 'src/actions.ts': APP_FILE, 'src/main.ts': MAIN });
  vi.stubEnv('DATA_DIR', join(app.root, 'data'));
  await bundle(app);
  expect(existsSync(join(app.root, 'data'))).toBe(false);
  expect(process.env['PORTICO_READ_NAMES']).toBe(undefined);
});

test('what the file imports may come from other plugins', async () => {
  const app = project({
    'src/actions.ts': `import { topic } from 'virtual:settings';
      import { defineAction } from 'portico';
      export const server = { [topic]: defineAction({ handler: () => topic }) };`,
    'src/main.ts': MAIN,
  });
  const settings: Plugin = {
    name: 'settings',
    resolveId: (id) => (id === 'virtual:settings' ? `\0${id}` : undefined),
    load: (id) => (id === '\0virtual:settings' ? `export const topic = 'weather';` : undefined),
  };
  const config: typeof app.config = (options) => {
    const own = app.config(options);
    return { ...own, plugins: [own.plugins, settings] };
  };
  const code = (await bundle({ ...app, config })).map((chunk) => chunk.code).join('');
  expect(code).toMatch(/weather:[`'"]POST[`'"]/);
});

test('a file that cannot be run fails the build, with the cause and what to do', async () => {
  const app = project({
    'src/actions.ts': `import './database.ts'; ${ACTIONS}`,
    'src/database.ts': `throw new Error('connect ECONNREFUSED 127.0.0.1:5432');`,
    'src/main.ts': MAIN,
  });
  await expect(bundle(app)).rejects.toThrow(
    /src\/actions\.ts cannot be run[\s\S]*ECONNREFUSED[\s\S]*connect to nothing/,
  );
});

test.each([
  ['nothing', `export const other = 1;`, /exports neither server nor portico/],
  [
    'no action',
    `export const server = { blog: { like: () => 1 } };`,
    /"blog\.like" is a function, not an action/,
  ],
])('a file that exports %s fails the build', async (_what, code, message) => {
  const app = project({ 'src/actions.ts': code, 'src/main.ts': MAIN });
  await expect(bundle(app)).rejects.toThrow(message);
});

test('without a file of actions the build says where it looked', async () => {
  await expect(bundle(project({ 'src/main.ts': MAIN }))).rejects.toThrow(
    /no file of actions[\s\S]*src\/actions\/index\.ts[\s\S]*src\/actions\.mjs/,
  );
});

/** Relative URLs are those of a page at this address. */
function asPageOf(url: string): void {
  const Native = Request;
  vi.stubGlobal(
    'Request',
    class extends Native {
      constructor(input: string, init?: RequestInit) {
        super(new URL(input, url), init);
      }
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
}
