type Require = (specifier: string) => unknown;

/**
 * A module that the app may have installed, loaded at once: a schema is compiled when the action is defined, and a
 * definition cannot wait. `undefined` where it is not installed or the runtime has no `node:module`.
 */
export function optionalModule(specifier: string): unknown {
  try {
    const node = process.getBuiltinModule('node:module') as { createRequire(from: string): Require };
    return node.createRequire(import.meta.url)(specifier);
  } catch {
    return undefined;
  }
}
