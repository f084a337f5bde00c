import type { Plugin } from 'vite';

const CALL = /\bAstro\.(getActionResult|callAction)\s*\(/;

/**
 * Warns of `Astro.getActionResult` and `Astro.callAction` in a page that has its actions from `portico:actions`. Both know
 * Astro's own actions only: of Portico's the first gives `undefined` and the second a TypeError that does not say why.
 */
export function warnOfOwnCalls(): Plugin {
  return {
    name: 'portico:astro-own-calls',
    // Behind Astro's compiler, which keeps these calls as they are written.
    transform(code, id) {
      if (!id.endsWith('.astro') || !code.includes('portico:actions') || code.includes('astro:actions'))
        return;
      const [call, name] = CALL.exec(code) ?? [];
      if (call === undefined) return;
      this.warn(
        `${id} calls Astro.${name}, which knows no action of portico:actions. Write Astro.locals.portico.${name}(…).`,
      );
    },
  };
}
