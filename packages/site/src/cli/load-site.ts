import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Site } from '../site.ts';

/** The site that a module of the app exports as `site`, with the app's own options. `path` is as of the working directory. */
export async function loadSite(path: string): Promise<Site> {
  const { href } = pathToFileURL(resolve(path));
  let exported: { readonly site?: unknown };
  try {
    exported = (await import(href)) as typeof exported;
  } catch (cause) {
    throw new Error(`The module ${path} cannot be loaded.`, { cause });
  }
  if (isSite(exported.site)) return exported.site;
  throw new Error(
    `The module ${path} exports no site. It is to say: export const site = createSite({ … }), and to start no server.`,
  );
}

function isSite(value: unknown): value is Site {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['services', 'migrate', 'start', 'close'].every((name) => name in value)
  );
}
