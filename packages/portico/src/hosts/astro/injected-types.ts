import { actionsModuleTypes, type ModuleTypes } from '../../vite/module-types.ts';

/** What Astro adds to a project's types: `Astro.locals.portico`, and `portico:actions` as the file of actions has them. */
export async function injectedTypes(module: ModuleTypes): Promise<string> {
  return `${await actionsModuleTypes(module)}
declare namespace App {
  interface Locals {
    /** What this request is to Portico: results of forms, flash, session, user. */
    portico: import('portico').PorticoContext;
  }
}
`;
}

/**
 * Types `ctx.locals` of handlers as Astro's: it is the same object. A file of its own, because a module is what may add to
 * another module, and what declares `portico:actions` may be none.
 */
export const LOCALS_TYPES = `// Written by portico/astro.
import type {} from 'portico';

declare module 'portico' {
  interface PorticoLocals extends App.Locals {}
}
`;
