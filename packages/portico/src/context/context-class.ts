import type { PorticoContext } from '../define/context.ts';
import type { Plugin } from '../define/options.ts';
import { asPublic, RequestContext } from './request-context.ts';

/**
 * The class of an app's contexts: the common one with what its plugins add. Throws a `TypeError` where an addition would
 * hide another property.
 */
export function contextClass(plugins: readonly Plugin[]): typeof RequestContext {
  const additions = plugins.flatMap((plugin) => Object.entries(plugin.context ?? {}));
  if (additions.length === 0) return RequestContext;
  const Context = class extends RequestContext {};
  for (const [name, make] of additions) {
    if (name in Context.prototype || OWN_PROPERTIES.has(name)) {
      throw new TypeError(
        `createPortico: a plugin adds ctx.${name}, and there is one already. Give it another name.`,
      );
    }
    addProperty(Context.prototype, name, make);
  }
  return Context;
}

// Fields of an instance do not stand on the prototype.
const OWN_PROPERTIES: ReadonlySet<string> = new Set(['action', 'params', 'message']);

/** Made when it is first read, and kept: most requests read none. */
function addProperty(prototype: object, name: string, make: (ctx: PorticoContext) => unknown): void {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: RequestContext): unknown {
      const value = make(asPublic(this));
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}
