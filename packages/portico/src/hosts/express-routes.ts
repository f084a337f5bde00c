import type { Application, RequestHandler } from 'express';

/** What the `router` package keeps of each mounted handler. */
interface Layer {
  readonly handle: { readonly stack?: readonly Layer[]; readonly length: number };
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match?(path: string): false | { readonly path: string };
}

/**
 * Whether the routes behind Portico answer a GET for a path. `undefined` where something else might: middleware that is
 * mounted behind it, an app below a path, a parent app.
 */
export function hasRoute(
  app: Application & { readonly parent?: unknown },
  portico: RequestHandler,
  baseUrl: string,
  path: string,
): boolean | undefined {
  const stack = stackOf(app);
  // A router that Portico is mounted in sees paths without its own; whatever stands around it may answer, too.
  const home = stack && routerOf(stack, portico);
  if (!home || !path.startsWith(baseUrl)) return undefined;
  const behind = home.slice(home.findIndex(({ handle }) => handle === portico) + 1);
  const found = answers(behind, path.slice(baseUrl.length) || '/');
  if (found !== false) return found;
  return home === stack && app.parent === undefined ? false : undefined;
}

function stackOf(app: Application): readonly Layer[] | undefined {
  return (app.router as unknown as { readonly stack?: readonly Layer[] } | undefined)?.stack;
}

function routerOf(stack: readonly Layer[], portico: RequestHandler): readonly Layer[] | undefined {
  if (stack.some(({ handle }) => handle === portico)) return stack;
  for (const { handle } of stack) {
    const inner = handle.stack && routerOf(handle.stack, portico);
    if (inner) return inner;
  }
  return undefined;
}

function answers(stack: readonly Layer[], path: string): boolean | undefined {
  let found: boolean | undefined = false;
  for (const layer of stack) {
    const match = matches(layer, path);
    if (match === false) continue;
    const says = layer.route ? isForGet(layer.route) : mayAnswer(layer, path, match?.path);
    if (says === true) return true;
    if (says === undefined) found = undefined;
  }
  return found;
}

function matches(layer: Layer, path: string): false | undefined | { readonly path: string } {
  try {
    return layer.match?.(path);
  } catch {
    // A malformed percent-escape in a parameter: no route takes it.
    return false;
  }
}

function isForGet({ methods }: NonNullable<Layer['route']>): boolean {
  return methods['get'] === true || methods['_all'] === true;
}

function mayAnswer({ handle }: Layer, path: string, prefix: string | undefined): boolean | undefined {
  // Four parameters: it handles errors only.
  if (handle.length === 4) return false;
  if (!handle.stack || prefix === undefined) return undefined;
  return answers(handle.stack, path.slice(prefix.replace(/\/$/, '').length) || '/');
}
