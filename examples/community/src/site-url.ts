import type { Accounts } from './accounts/site.ts';

/** The whole address of a path of this site, whatever host somebody asked: `https://saltglaze.example/feed.atom`. */
export function absoluteUrl({ services }: Accounts, path: string): string {
  return new URL(path, services.settings.siteUrl).href;
}
