import { versions } from './versions.mjs';

/** @typedef {keyof typeof versions} Package */

// By its path: `npx portico doctor` reads no .env, and would look at another app than the one that `start` starts.
const doctor =
  'node --env-file-if-exists=.env --env-file=production.env node_modules/portico/dist/cli/portico.js doctor';

/** @type {Record<import('./choices.mjs').Host, { node: string, packages: Package[], scripts: Record<string, string> }>} */
const hosts = {
  hono: {
    node: '22.18', // runs TypeScript as it is
    packages: ['@hono/node-server', 'hono'],
    scripts: {
      dev: 'node --watch --env-file-if-exists=.env --env-file=development.env src/server.ts',
      start: 'node --env-file-if-exists=.env --env-file=production.env src/server.ts',
      doctor,
      test: 'vitest run',
      types: 'tsc',
    },
  },
  astro: {
    node: '22.12',
    packages: ['@astrojs/node', 'astro'],
    scripts: {
      dev: 'astro dev',
      build: 'astro build',
      start: 'node --env-file-if-exists=.env --env-file=production.env dist/server/entry.mjs',
      doctor,
      test: 'vitest run',
      types: 'astro sync && tsc --noEmit',
    },
  },
};

/** @type {Package[]} */
const development = ['@types/node', 'typescript', 'vite', 'vitest'];

/**
 * The oldest Node that runs the project.
 *
 * @param {Pick<import('./choices.mjs').Choices, 'host' | 'accounts'>} choices
 */
export function oldestNode({ host, accounts }) {
  return accounts ? '24' : hosts[host].node; // `@portico/site` uses node:sqlite
}

/**
 * The package.json of a project.
 *
 * @param {string} name
 * @param {Pick<import('./choices.mjs').Choices, 'host' | 'accounts'>} choices
 * @returns {string}
 */
export function packageJson(name, choices) {
  const { packages, scripts } = hosts[choices.host];
  /** @type {Package[]} */
  const site = choices.accounts ? ['@portico/site'] : [];
  const content = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: `>=${oldestNode(choices)}` },
    scripts,
    dependencies: pinned([...packages, ...site, 'portico', 'zod']),
    devDependencies: pinned(development),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** @param {Package[]} names */
function pinned(names) {
  return Object.fromEntries(names.toSorted().map((name) => [name, versions[name]]));
}
