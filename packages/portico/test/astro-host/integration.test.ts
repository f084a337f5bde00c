import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroConfig } from 'astro';
import { describe, expect, test } from 'vitest';
import { defineAction } from 'portico';
import { portico } from 'portico/astro';
import { missingPaths } from '../../src/hosts/astro/missing-paths.ts';

type Setup = Parameters<NonNullable<ReturnType<typeof portico>['hooks']['astro:config:setup']>>[0];

const root = pathToFileURL(fileURLToPath(new URL('./small-project/', import.meta.url)));

/** What the integration does with a project: the routes it adds, and what it warns of. */
function setUp(command: 'dev' | 'build', adapter?: AstroConfig['adapter']) {
  const routes: string[] = [];
  const warnings: string[] = [];
  const config = {
    root,
    srcDir: new URL('src/', root),
    base: '/',
    trailingSlash: 'ignore',
    security: { checkOrigin: true },
    adapter,
  } as unknown as AstroConfig;
  const setup = {
    config,
    command,
    updateConfig: () => config,
    addMiddleware: () => undefined,
    injectRoute: ({ pattern }: { pattern: string }) => void routes.push(pattern),
    logger: { warn: (message: string) => void warnings.push(message) },
  } as unknown as Setup;
  void portico({ paths: ['/mcp'] }).hooks['astro:config:setup']?.(setup);
  return { routes, warnings };
}

describe('a project without an adapter', () => {
  test('builds files alone, and is told what that means', () => {
    const { routes, warnings } = setUp('build');
    expect(routes).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('nobody answers forms')]);
    expect(warnings[0]).toContain('npx astro add node');
  });

  test('is answered by astro dev', () => {
    const { routes, warnings } = setUp('dev');
    expect(routes).toEqual([
      '/_actions/[...portico]',
      '/_portico/[...portico]',
      '/actions/[...portico]',
      '/mcp',
    ]);
    expect(warnings).toEqual([]);
  });
});

test('a project with an adapter builds without a warning', () => {
  const { routes, warnings } = setUp('build', { name: 'node' } as AstroConfig['adapter']);
  expect([routes.length, warnings]).toEqual([4, []]);
});

describe('paths that no route of Astro’s leads to', () => {
  const login = defineAction({ handler: () => 1 });
  const page = (): Response => new Response();
  // As Astro makes them of `/login`, `/posts/[slug]`, `/mcp` and `/docs/[...path]`.
  const patterns = [
    '^\\/login\\/?$',
    '^\\/posts\\/([^/]+?)\\/?$',
    '^\\/mcp\\/$',
    '^\\/docs(?:\\/(.*?))?\\/?$',
  ];

  test.each([
    [{ routes: { 'POST /login': login } }, []],
    [{ routes: { 'POST /logout': login } }, ['/logout']],
    [{ routes: { 'POST /posts/:id': login, 'POST /posts/:id/likes': login } }, ['/posts/[id]/likes']],
    [{ plugins: [{ endpoints: { '/mcp': page, '/api/*': page, '/docs/*': page } }] }, ['/api/[...path]']],
    [{ plugins: [{ pages: { '/verify': page, '/_portico/mail': page } }] }, ['/verify']],
    [{ plugins: [{ routes: { 'GET /verify': 'x', 'POST /verify': 'x' } }] }, ['/verify']],
  ])('%o', (options, missing) => {
    expect(missingPaths(options as unknown as Parameters<typeof missingPaths>[0], patterns)).toEqual(missing);
  });
});
