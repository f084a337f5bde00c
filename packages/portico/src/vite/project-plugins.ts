import type { Plugin, ResolvedConfig } from 'vite';

// Vite makes its own for each environment, and ours are there already.
const OTHERS = /^(?:vite|builtin|native|rolldown|portico|alias|commonjs)(?::|$)/;

/**
 * What the project's other plugins make of imports (`virtual:settings`, `astro:env/server`) and of files, without what they
 * do around a build: they have been told of its configuration once.
 */
export function projectPlugins({ plugins }: ResolvedConfig): readonly Plugin[] {
  return plugins
    .filter(({ name, resolveId, load, transform }) => !OTHERS.test(name) && (resolveId ?? load ?? transform))
    .map(({ name, enforce, resolveId, load, transform }) => ({
      name,
      ...(enforce && { enforce }),
      ...(resolveId && { resolveId }),
      ...(load && { load }),
      ...(transform && { transform }),
    }));
}
