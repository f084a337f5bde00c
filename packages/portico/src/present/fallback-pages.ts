import { asPublic } from '../context/request-context.ts';
import type { Plugin } from '../define/options.ts';
import type { Contexts, Pages } from './render-page.ts';

type FallbackPage = NonNullable<Plugin['pages']>[string];

/** The pages that plugins bring, by path below the base; of two for one path, the first. */
export function pluginPages(plugins: readonly Plugin[]): ReadonlyMap<string, FallbackPage> {
  return new Map(plugins.toReversed().flatMap((plugin) => Object.entries(plugin.pages ?? {})));
}

/** The host's pages, and those of plugins where the host has none. */
export function withFallbackPages(
  pages: Pages,
  fallbacks: ReadonlyMap<string, FallbackPage>,
  base: string,
  contexts: Contexts,
): Pages {
  const fallbackAt = (path: string): FallbackPage | undefined =>
    path.startsWith(base) ? fallbacks.get(path.slice(base.length)) : undefined;
  return {
    ...pages,
    has: (path) => (fallbackAt(path) ? true : pages.has?.(path)),
    async render(request) {
      const path = new URL(request.url).pathname;
      const fallback = fallbackAt(path);
      if (!fallback || (request.method !== 'GET' && request.method !== 'HEAD')) return pages.render(request);
      if (pages.has?.(path) !== false) {
        const response = await pages.render(request);
        if (response.status !== 404) return response;
        await response.body?.cancel();
      }
      const context = contexts.get(request);
      return context ? fallback(asPublic(context)) : pages.render(request);
    },
  };
}
