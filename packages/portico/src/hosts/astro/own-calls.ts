import type { Plugin } from 'vite';

const IN_PAGES = /\b(Astro)\.(getActionResult|callAction)\s*\(/;
const IN_CODE = /(?<![\w$.])(context)\.(getActionResult|callAction)\s*\(/;

/**
 * Warns of Astro's `getActionResult` and `callAction`, of `Astro` in pages and of `context` in endpoints and middleware, in a
 * file that has its actions from `portico:actions`. Both know Astro's own actions only: of Portico's the first gives
 * `undefined` and the second a TypeError that does not say why. `source`: the project's `src`, with slashes.
 */
export function warnOfOwnCalls(source: string): Plugin {
  return {
    name: 'portico:astro-own-calls',
    // Behind Astro's compiler, which keeps these calls as they are written.
    transform(code, id) {
      const pattern = patternFor(id, source);
      if (!pattern || !code.includes('portico:actions') || code.includes('astro:actions')) return;
      // A handler may call Portico's own context so, which has both.
      if (pattern === IN_CODE && code.includes('defineAction')) return;
      const [call, host, name] = pattern.exec(code) ?? [];
      if (call === undefined) return;
      this.warn(
        `${id} calls ${host}.${name}, which knows no action of portico:actions. Write ${host}.locals.portico.${name}(…).`,
      );
    },
  };
}

function patternFor(id: string, source: string): RegExp | undefined {
  if (id.endsWith('.astro')) return IN_PAGES;
  return id.startsWith(source) && /\.[cm]?[jt]s$/.test(id) ? IN_CODE : undefined;
}
