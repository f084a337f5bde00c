import type { PorticoOptions } from '../../define/options.ts';

/** What an app answers by itself, told by the options of `createPortico`. */
type Answering = Pick<PorticoOptions, 'routes' | 'plugins'>;

/**
 * Paths that an app answers where Astro has no route, spelled as Astro does: requests for them are Astro's 404. `patterns` are
 * the regular expressions of all of Astro's routes.
 */
export function missingPaths({ routes, plugins = [] }: Answering, patterns: readonly string[]): string[] {
  const known = patterns.map((pattern) => new RegExp(pattern));
  const paths = [
    routes ?? {},
    ...plugins.flatMap((plugin) => [plugin.routes, plugin.endpoints, plugin.pages]),
  ]
    .flatMap((table) => Object.keys(table ?? {}))
    .map((key) => key.replace(/^[A-Z]+ /, ''))
    // The integration has routes for these.
    .filter((path) => !path.startsWith('/_portico/'));
  return [...new Set(paths)]
    .filter((path) => {
      const example = path.replaceAll(/:\w+|\*$/g, 'x');
      return !known.some((pattern) => pattern.test(example) || pattern.test(`${example}/`));
    })
    .map((path) => path.replaceAll(/:(\w+)/g, '[$1]').replace(/\*$/, '[...path]'));
}
