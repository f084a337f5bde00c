import { createServer } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { warnOfOwnCalls } from '../../src/hosts/astro/own-calls.ts';

/** What the plugin says of a page, as Vite runs it. */
async function warningsOf(id: string, code: string): Promise<string[]> {
  const warnings: string[] = [];
  const server = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [
      { name: 'page', resolveId: (source) => source, load: () => code },
      {
        name: 'listening',
        configureServer({ config }) {
          config.logger.warn = (message) => void warnings.push(message);
        },
      },
      warnOfOwnCalls('/src/'),
    ],
  });
  onTestFinished(() => server.close());
  await server.environments.ssr.transformRequest(id);
  return warnings;
}

const page = (call: string, from = 'portico:actions'): string =>
  `import { actions } from '${from}'; export const result = ${call}(actions.newsletter);`;

test.each(['getActionResult', 'callAction'])('Astro.%s of Portico’s actions is told of', async (name) => {
  const warnings = await warningsOf('/src/pages/index.astro', page(`Astro.${name}`));
  expect(warnings).toEqual([expect.stringContaining(`Write Astro.locals.portico.${name}(…).`)]);
  expect(warnings[0]).toContain('/src/pages/index.astro calls');
});

test.each(['getActionResult', 'callAction'])('context.%s of an endpoint is told of', async (name) => {
  const warnings = await warningsOf('/src/pages/api/search.ts', page(`context.${name}`));
  expect(warnings).toEqual([expect.stringContaining(`Write context.locals.portico.${name}(…).`)]);
});

test.each([
  ['a call of Portico’s', '/src/pages/index.astro', page('Astro.locals.portico.getActionResult')],
  ['an action of Astro’s', '/src/pages/index.astro', page('Astro.getActionResult', 'astro:actions')],
  [
    'a call of Portico’s in an endpoint',
    '/src/pages/api/search.ts',
    page('context.locals.portico.callAction'),
  ],
  [
    'a handler’s context',
    '/src/portico/a.ts',
    `import { defineAction } from 'portico'; export const a = defineAction({}); ${page('context.callAction')}`,
  ],
  ['another package', '/node_modules/x/index.js', page('context.callAction')],
  ['what is no page', '/src/lib/note.js', page('Astro.getActionResult')],
])('not %s', async (_, id, code) => {
  expect(await warningsOf(id, code)).toEqual([]);
});
