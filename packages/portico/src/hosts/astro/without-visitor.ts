import type { PorticoContext } from '../../define/context.ts';

const VISITORS = ['session', 'flash', 'user', 'cookies', 'clientAddress'] as const;

/** Has a context say why it cannot know who visits: a prerendered page is made once, before anybody does. */
export function withoutVisitor(ctx: PorticoContext, page: string): void {
  for (const name of VISITORS) {
    Object.defineProperty(ctx, name, {
      get() {
        throw new Error(
          `portico.${name} was read while ${page} is prerendered: there is no visitor yet. Read it in a server island ` +
            '(server:defer), or render the page on demand: export const prerender = false.',
        );
      },
    });
  }
}
