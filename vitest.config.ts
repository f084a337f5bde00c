import { defaultClientConditions, defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Workspace packages are tested from source, as `npm start` runs them, so no test needs a build.
const source = 'portico-source';

// Rules without a world around them leave nothing behind: one process and its modules serve all of them. Files that replace a
// module (`vi.mock`) keep a process of their own.
const replacing = '(missing-converter|steady-time|reading-names|turns)';
const pure = [`packages/{portico,site}/test/unit/**/!${replacing}.test.ts`];

export default defineConfig({
  resolve: { conditions: [...defaultClientConditions, source] },
  ssr: { resolve: { conditions: [...defaultServerConditions, source] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: pure,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'portico',
          include: ['packages/portico/test/**/*.test.ts'],
          exclude: pure,
          globalSetup: ['packages/portico/test/hosts/print-table.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'community', include: ['examples/community/test/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'starter',
          include: ['packages/create-portico/test/**/*.test.ts'],
          globalSetup: 'packages/create-portico/test/support/packages.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'site', include: ['packages/site/test/**/*.test.ts'], exclude: pure },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});
