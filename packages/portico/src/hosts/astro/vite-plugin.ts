import { fileURLToPath } from 'node:url';
import type { AstroConfig } from 'astro';
import type { Plugin } from 'vite';
import type { AstroSettings } from './hosted-app.ts';

/** Modules that tie Portico's runtime to a project's file. */
export const MODULES = {
  app: 'virtual:portico/astro/app',
  before: 'virtual:portico/astro/before',
  after: 'virtual:portico/astro/after',
} as const;

// With what Portico itself needs: package managers need not put that where a project's bundle could find it.
const BUNDLED = [/^(?:@portico\/|portico(?:\/|$))/, 'cookie-es', 'devalue'];

export interface AstroModulesOptions {
  /** The project's file of actions, absolute. */
  readonly file: string;
  readonly settings: AstroSettings;
  /** Astro's `session` when its config is done: adapters bring one. */
  readonly sessions: () => AstroConfig['session'];
  /** In development, the regular expressions of Astro's routes, once they are known. */
  readonly patterns: () => readonly string[] | undefined;
}

/** Makes those modules, and has Vite take Portico into the server's bundle, where they and the project share one copy. */
export function astroModules({ file, settings, sessions, patterns }: AstroModulesOptions): Plugin {
  const isSource = import.meta.url.endsWith('.ts');
  const runtime = JSON.stringify(
    fileURLToPath(new URL(`./runtime${isSource ? '.ts' : '.js'}`, import.meta.url)).replaceAll('\\', '/'),
  );
  const codeOf = (id: string): string | undefined => {
    if (id === MODULES.after) return `export { after as onRequest } from ${runtime};`;
    if (id === MODULES.before) {
      return `import { createBefore } from ${runtime};
export const onRequest = createBefore(() => import('${MODULES.app}'));`;
    }
    if (id !== MODULES.app) return undefined;
    return `import driver from 'virtual:astro:session-driver';
import { hostApp, useSessionDriver } from ${runtime};
import * as project from ${JSON.stringify(file)};
useSessionDriver(driver, ${JSON.stringify(driverConfig(sessions()))});
export const app = hostApp(project, ${JSON.stringify({ ...settings, patterns: patterns() })});`;
  };
  return {
    name: 'portico:astro',
    enforce: 'pre',
    configEnvironment(name) {
      const conditions = isSource ? { conditions: ['portico-source'] } : {};
      return { resolve: name === 'client' ? conditions : { noExternal: [...BUNDLED], ...conditions } };
    },
    resolveId: (id) => (Object.values<string>(MODULES).includes(id) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith('\0') ? codeOf(id.slice(1)) : undefined),
  };
}

function driverConfig(session: AstroConfig['session']): unknown {
  if (!session || !session.driver) return {};
  return typeof session.driver === 'string' ? session.options : session.driver.config;
}
